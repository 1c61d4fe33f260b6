"""Writing approvals: only the bytes concerned, in the style that stands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.approval import content_hash, judge, sign
from toolkit.errors import ChangedError, LeitstandError
from toolkit.model import Approval
from toolkit.workspace import Workspace, load_workspace

Brand = Callable[..., Workspace]
AT = datetime.fromisoformat("2026-11-20T10:02:11.987654+01:00")
OLD = "{by: chefin, at: 2026-11-01T10:00:00+01:00, hash: sha256:0}"

# form of `approved` in the file → what stands there after `leitung` approved; H is the hash
FORMS = {
    "no key": ("", "approved:\n  - {by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}\n"),
    "an empty key": ("approved:\n", "approved:\n  - {by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}\n"),
    "an empty list": ("approved: []\n", "approved: [{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}]\n"),
    "an empty key with a comment": (
        "approved: # nobody yet\n",
        "approved:\n  - {by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H} # nobody yet\n",
    ),
    "a flow list": (
        f"approved: [{OLD}]\n",
        f"approved: [{OLD}, {{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}}]\n",
    ),
    "a flow list over lines with a last comma": (
        f"approved: [\n  {OLD},\n]\n",
        f"approved: [\n  {OLD}, {{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}},\n]\n",
    ),
    "a block list of flow entries": (
        f"approved:\n  - {OLD}  # first\n",
        f"approved:\n  - {OLD}  # first\n  - {{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}}\n",
    ),
    "a list without indentation": (
        f"approved:\n- {OLD}\n# about the language\nlanguage: de\n",
        f"approved:\n- {OLD}\n- {{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}}\n# about the language\nlanguage: de\n",
    ),
    "block entries": (
        "approved:\n  - by: chefin\n    at: 2026-11-01T10:00:00+01:00\n    hash: sha256:0\n",
        (
            "approved:\n  - by: chefin\n    at: 2026-11-01T10:00:00+01:00\n    hash: sha256:0\n"
            "  - by: leitung\n    at: 2026-11-20T10:02:11+01:00\n    hash: H\n"
        ),
    ),
    "a void entry of the same person": (
        f"approved:\n  - {OLD}\n  - {OLD.replace('chefin', 'leitung')} # mine\n",
        f"approved:\n  - {OLD}\n  - {{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}} # mine\n",
    ),
    "two void entries of the same person": (
        (
            "approved:\n"
            "  - by: leitung\n    at: 2026-11-01T10:00:00+01:00\n    hash: sha256:0\n"
            f"  - {OLD.replace('chefin', 'leitung')}\n"
            f"  - {OLD}\n"
        ),
        f"approved:\n  - by: leitung\n    at: 2026-11-20T10:02:11+01:00\n    hash: H\n  - {OLD}\n",
    ),
    "void entries in a flow list": (
        f"approved: [{OLD.replace('chefin', 'leitung')}, {OLD}, {OLD.replace('chefin', 'leitung')}]\n",
        f"approved: [{{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: H}}, {OLD}]\n",
    ),
}


def approve(workspace: Workspace, by: str = "leitung") -> bool:
    post = workspace.posts[0]
    return sign(workspace.root, post, Approval(by, AT, content_hash(post, workspace)), workspace.settings)


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", FORMS)
def test_only_the_list_changes(name: str, ending: str, brand: Brand) -> None:
    """An approval lands in the list that stands there, in its style; every other byte of the file stays."""
    before, after = FORMS[name]
    workspace = brand({"channels: [mastodon, bluesky]\n": f"channels: [mastodon, bluesky]\n{before}"})
    path = workspace.root / workspace.posts[0].path
    path.write_bytes(path.read_bytes().replace(b"\n", ending.encode()))
    workspace = load_workspace(workspace.root)
    written = path.read_bytes().decode()
    digest = content_hash(workspace.posts[0], workspace)
    assert approve(workspace)
    expected = written.replace(before.replace("\n", ending), after.replace("H", digest).replace("\n", ending))
    if not before:
        expected = written.replace(f"{ending}---{ending}Hinter", f"{ending}{after}---{ending}Hinter", 1)
        expected = expected.replace(after, after.replace("H", digest).replace("\n", ending))
    assert path.read_bytes().decode() == expected
    again = load_workspace(workspace.root)
    assert judge(again.posts[0], again.settings.accounts["mastodon"], again).granted


def test_front_matter_in_one_flow_table(brand: Brand) -> None:
    """Front matter written as one {…} takes the approval inside its braces."""
    workspace = brand()
    path = workspace.root / workspace.posts[0].path
    path.write_text("---\n{uid: A, author: redaktion, channels: [mastodon]}\n---\nHallo\n", encoding="utf-8")
    workspace = load_workspace(workspace.root)
    assert approve(workspace)
    again = load_workspace(workspace.root)
    assert [approval.by for approval in again.posts[0].approved] == ["leitung"]
    assert again.problems == ()


def test_approving_twice_writes_once(brand: Brand) -> None:
    """The same yes to the same content is written once."""
    assert approve(brand())
    workspace = load_workspace(brand().root)
    assert approve(workspace)
    again = load_workspace(workspace.root)
    before = (again.root / again.posts[0].path).read_bytes()
    assert not approve(again)
    assert (again.root / again.posts[0].path).read_bytes() == before


def test_the_author_is_refused(brand: Brand) -> None:
    """Nothing is written for an author, for unknown people and for people without the role."""
    workspace = brand({"author: redaktion": "author: chefin"})
    before = (workspace.root / workspace.posts[0].path).read_bytes()
    for name in ("chefin", "niemand", "redaktion"):
        with pytest.raises(LeitstandError, match=f"{name} is"):
            approve(workspace, name)
    assert (workspace.root / workspace.posts[0].path).read_bytes() == before


def test_somebody_elses_change_is_not_overwritten(brand: Brand) -> None:
    """A file that changed after it was shown is refused, and stays as the other person left it."""
    workspace = brand()
    path: Path = workspace.root / workspace.posts[0].path
    path.write_bytes(path.read_bytes() + b"\nPS")
    changed = path.read_bytes()
    with pytest.raises(ChangedError):
        approve(workspace)
    assert path.read_bytes() == changed


def test_a_form_we_cannot_write_is_refused(brand: Brand) -> None:
    """`approved` that is no list is a refusal with the place, not a broken file."""
    workspace = brand({"status: ready": "status: ready\napproved: yes"})
    path = workspace.root / workspace.posts[0].path
    before = path.read_bytes()
    with pytest.raises(LeitstandError, match=r"tuer.md:6:11: approved must be a list"):
        approve(workspace)
    assert path.read_bytes() == before


def test_names_that_yaml_would_misread_are_quoted(brand: Brand) -> None:
    """People's keys may hold anything TOML allows."""
    workspace = brand(settings={"[people.leitung]": '[people."a: b, {c}"]'})
    assert approve(workspace, "a: b, {c}")
    again = load_workspace(workspace.root)
    assert [approval.by for approval in again.posts[0].approved] == ["a: b, {c}"]
    assert again.posts[0].approved[0].at == AT.replace(microsecond=0)
