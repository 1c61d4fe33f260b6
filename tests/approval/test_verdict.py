"""Who may approve, how many are needed, and what is void."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from toolkit.approval import Verdict, content_hash, judge, people_to_ask
from toolkit.model import Approval
from toolkit.workspace import Workspace

Brand = Callable[..., Workspace]
AT = datetime(2026, 11, 20, 9, 2, 11, tzinfo=UTC)


def verdict(workspace: Workspace, *people: str, account: str = "mastodon", void: tuple[str, ...] = ()) -> Verdict:
    """The verdict when these people approved the post as it is, and `void` ones approved something else."""
    post = workspace.posts[0]
    digest = content_hash(post, workspace)
    approvals = [Approval(name, AT, digest) for name in people]
    approvals += [Approval(name, AT, "sha256:0") for name in void]
    approved = replace(post, approved=tuple(approvals))
    return judge(approved, workspace.settings.accounts[account], workspace)


def test_nobody_approved(brand: Brand) -> None:
    """Without an approval the verdict says how many are missing and who may give them."""
    found = verdict(brand())
    assert not found.granted
    assert found.reason == "needs 1 approval (manager), has 0"


def test_a_manager_approves(brand: Brand) -> None:
    """One approval of somebody with the role is enough where one is required."""
    found = verdict(brand(), "leitung")
    assert (found.granted, found.required, found.reason) == (True, 1, "")
    assert [approval.by for approval in found.given] == ["leitung"]


def test_the_author_never_counts(brand: Brand) -> None:
    """An author who is a manager too cannot approve their own post."""
    found = verdict(brand({"author: redaktion": "author: chefin"}), "chefin")
    assert not found.granted
    assert "chefin is the author" in found.reason


def test_without_an_author_nobody_counts(brand: Brand) -> None:
    """Leaving the author out is no way around the rule: nobody could be ruled out as the author."""
    found = verdict(brand({"author: redaktion\n": ""}), "chefin", "leitung")
    assert not found.granted
    assert "author" in found.reason


def test_unknown_people_do_not_count(brand: Brand) -> None:
    """A name that is not in leitstand.toml is no approval."""
    found = verdict(brand(), "niemand")
    assert not found.granted
    assert "niemand is nobody in leitstand.toml" in found.reason


def test_roles_decide(brand: Brand) -> None:
    """Only the roles in [policy] approvers count."""
    assert not verdict(brand(), "vertretung").granted
    assert verdict(brand(settings={"approvals = 1": 'approvals = 1\napprovers = ["community"]'}), "vertretung").granted


def test_a_person_counts_once(brand: Brand) -> None:
    """Two approvals of one person are one approval."""
    two = brand(settings={"approvals = 1": "approvals = 2"})
    assert not verdict(two, "leitung", "leitung").granted
    assert verdict(two, "leitung", "chefin").granted


def test_an_account_may_ask_for_more_or_less(brand: Brand) -> None:
    """`approvals` of an account wins over the policy, downwards too."""
    workspace = brand(settings={'network = "bluesky"': 'network = "bluesky"\napprovals = 2'})
    assert verdict(workspace, account="news").granted
    assert verdict(workspace, "leitung", account="mastodon").granted
    assert not verdict(workspace, "leitung", account="bluesky").granted


def test_a_void_approval_is_named(brand: Brand) -> None:
    """An approval of other content does not count, and the verdict says whose it was."""
    found = verdict(brand(), void=("leitung",))
    assert not found.granted
    assert [approval.by for approval in found.void] == ["leitung"]
    assert "leitung's is void: the post changed since" in found.reason


def test_no_approvals_is_a_supported_mode(brand: Brand) -> None:
    """With approvals = 0 a post goes out without anybody's yes, without an author, and void ones do not hold it."""
    workspace = brand({"author: redaktion\n": ""}, {"approvals = 1": "approvals = 0"})
    assert verdict(workspace).granted
    assert verdict(workspace, void=("leitung",)).granted


def test_approvals_from_elsewhere_count(brand: Brand) -> None:
    """An approval that stands in the ledger counts like one in the front matter."""
    workspace = brand()
    post = workspace.posts[0]
    given = Approval("leitung", AT, content_hash(post, workspace))
    assert judge(post, workspace.settings.accounts["mastodon"], workspace, also=[given]).granted


def test_deputies_are_asked_with_their_own_rights_only(brand: Brand) -> None:
    """While a manager is away the deputy is asked, but only one who may approve."""
    workspace = brand()
    post, settings = workspace.posts[0], workspace.settings
    away, back = date(2026, 11, 20), date(2026, 12, 1)
    assert [person.key for person in people_to_ask(post, settings, away)] == ["chefin"]
    assert [person.key for person in people_to_ask(post, settings, back)] == ["leitung", "chefin"]
    by_chef = replace(post, author="chefin")
    assert [person.key for person in people_to_ask(by_chef, settings, back)] == ["leitung"]


def test_deputies_in_a_circle_end(brand: Brand) -> None:
    """Two absent people who stand in for each other are nobody to ask, not an endless search."""
    absent = "absences = [{from = 2026-11-01, to = 2026-11-30}]"
    circle = {"[people.chefin]": f'[people.chefin]\ndeputy = "leitung"\n{absent}', '"vertretung"\n': '"chefin"\n'}
    workspace = brand(settings=circle)
    assert people_to_ask(workspace.posts[0], workspace.settings, date(2026, 11, 20)) == ()
