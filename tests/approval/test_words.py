"""What was said at the desk: who can say it, what it is bound to, and that it counts like the front matter's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from toolkit.approval import Verdict, content_hash, judge, with_words
from toolkit.ledger import ApprovalRow
from toolkit.model import Approval
from toolkit.workspace import Workspace

Brand = Callable[..., Workspace]
AT = datetime(2026, 11, 20, 9, 2, 11, tzinfo=UTC)


def said(workspace: Workspace, person: str, *, granted: bool = True, minutes: int = 0, digest: str = "") -> ApprovalRow:
    post = workspace.posts[0]
    digest = digest or content_hash(post, workspace)
    note = "" if granted else "Das Datum stimmt nicht"
    return ApprovalRow(post.uid, person, AT + timedelta(minutes=minutes), digest, granted=granted, note=note)


def verdict(workspace: Workspace, *rows: ApprovalRow, account: str = "mastodon") -> Verdict:
    return judge(workspace.posts[0], workspace.settings.accounts[account], with_words(workspace, rows))


def test_a_yes_at_the_desk_counts(brand: Brand) -> None:
    """A row in the ledger is an approval exactly like a record of the front matter."""
    workspace = brand()
    found = verdict(workspace, said(workspace, "leitung"))
    assert (found.granted, [one.by for one in found.given]) == (True, ["leitung"])


def test_one_person_is_one_approval_wherever_it_stands(brand: Brand) -> None:
    """Approved in the file and at the desk by the same person: that is one of two, not two."""
    workspace = brand(settings={"approvals = 1": "approvals = 2"})
    row = said(workspace, "leitung")
    post = replace(workspace.posts[0], approved=(Approval("leitung", AT, row.hash),))
    found = judge(post, workspace.settings.accounts["mastodon"], with_words(workspace, [row]))
    assert (found.granted, len(found.given)) == (False, 1)


def test_the_author_cannot_approve_at_the_desk(brand: Brand) -> None:
    """Roles and the author's exclusion are judged when it counts, whatever stands in the ledger."""
    workspace = brand({"author: redaktion": "author: chefin"})
    assert not verdict(workspace, said(workspace, "chefin")).granted
    assert not verdict(workspace, said(workspace, "redaktion")).granted


def test_a_yes_is_for_one_content(brand: Brand) -> None:
    """After any change of the post what was said at the desk is void, and the verdict says whose."""
    workspace = brand()
    changed = brand({"Ein zweiter Teil.": "Ein anderer Teil."})
    found = verdict(changed, said(workspace, "leitung"))
    assert not found.granted
    assert "leitung's is void" in found.reason


def test_signed_approvals_come_from_commits_alone(brand: Brand) -> None:
    """Where signatures are demanded a yes at the desk is none."""
    workspace = brand(settings={"approvals = 1": "approvals = 1\nsigned_approvals = true"})
    assert not verdict(workspace, said(workspace, "leitung")).granted


def test_a_no_stops_it_whoever_approved(brand: Brand) -> None:
    """Sent back by one manager, a post approved by another goes nowhere, also where no approval is needed."""
    workspace = brand()
    rows = said(workspace, "chefin"), said(workspace, "leitung", granted=False)
    for account in ("mastodon", "news"):
        found = verdict(workspace, *rows, account=account)
        assert not found.granted
        assert found.reason == "leitung sent it back: Das Datum stimmt nicht"


def test_a_no_is_for_one_content(brand: Brand) -> None:
    """When the author has changed the post, the no is void and the other's new yes counts."""
    workspace = brand()
    changed = brand({"Ein zweiter Teil.": "Ein anderer Teil."})
    rows = said(workspace, "leitung", granted=False), said(changed, "chefin", minutes=5)
    assert verdict(changed, *rows).granted


def test_who_said_no_can_say_yes_later(brand: Brand) -> None:
    """Of one person the last word counts, at the desk and across desk and file."""
    workspace = brand()
    no, yes = said(workspace, "leitung", granted=False), said(workspace, "leitung", minutes=1)
    assert verdict(workspace, no, yes).granted
    assert not verdict(workspace, replace(yes, at=AT), replace(no, at=yes.at)).granted
    in_file = replace(workspace.posts[0], approved=(Approval("leitung", yes.at, yes.hash),))
    assert judge(in_file, workspace.settings.accounts["mastodon"], with_words(workspace, [no])).granted


def test_a_no_of_somebody_without_a_say_is_none(brand: Brand) -> None:
    """Whoever may not approve cannot stop a post this way either."""
    workspace = brand()
    rows = said(workspace, "leitung"), said(workspace, "vertretung", granted=False)
    assert verdict(workspace, *rows).granted
