"""A suggestion is written into the files: only its slots, and never over somebody else's change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.planning.brand import NOW, SETTINGS, draft_file, fence
from tests.probe import write_files
from toolkit.editorial import read_ideas
from toolkit.editorial.deciding import Decision
from toolkit.errors import ChangedError
from toolkit.planning.filling import fill
from toolkit.planning.suggesting import Span, Suggestion, suggest
from toolkit.strategy import read_strategy
from toolkit.workspace import Workspace, load_workspace

IDEA = "---\nid: I1\ntitle: Milch\nstatus: shortlisted\nchannels: [mastodon]\nby: mai\n---\nWarum Milch?\n"
DECISION = Decision("ole", date(2026, 11, 21), "passt")


def write(root: Path, name: str, text: str) -> Path:
    return write_files(root, {name: text}) / name


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "leitstand.toml", SETTINGS)
    write(tmp_path, "guidelines/zeiten.md", fence("slots", "channels: [mastodon]\ntimes: [tue 08:00]"))
    return tmp_path


def only(workspace: Workspace) -> Suggestion:
    ideas, _problems = read_ideas(workspace)
    span = Span(date(2026, 11, 21), date(2026, 11, 28))
    (one,) = suggest(workspace, read_strategy(workspace), ideas, span, NOW).suggestions
    return one


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("status: draft\npublish: next\n", "status: draft\npublish: next\nslots: {mastodon: 2026-11-24 08:00}\n"),
        ("status: draft\n", "status: draft\npublish: next\nslots: {mastodon: 2026-11-24 08:00}\n"),
        ("", "publish: next\nslots: {mastodon: 2026-11-24 08:00}\n"),
    ],
)
def test_a_draft_gets_its_slot_and_nothing_else(root: Path, before: str, after: str) -> None:
    """`publish: next` and the slot, below the status; every other byte stays, and the post goes out then."""
    path = write(root, "content/posts/a.md", draft_file(before))
    workspace = load_workspace(root)
    assert fill(workspace, (), only(workspace), DECISION, NOW) == path
    assert path.read_text("utf-8") == draft_file(after)
    (post,) = load_workspace(root).posts
    assert post.publish is not None
    assert f"{post.publish.wall:%a %d %H:%M}" == "Tue 24 08:00"


def test_an_idea_becomes_a_draft_with_its_slot(root: Path) -> None:
    """Both name each other; whoever looks after the idea writes it."""
    write(root, "content/ideas/milch.md", IDEA)
    workspace = load_workspace(root)
    ideas, _problems = read_ideas(workspace)
    path = fill(workspace, ideas, only(workspace), DECISION, NOW)
    (post,) = load_workspace(root).posts
    assert (post.title, post.author, post.publish_next) == ("Milch", "mai", True)
    assert list(post.slots) == ["mastodon"]
    again, _problems = read_ideas(load_workspace(root))
    assert again[0].posts == (post.uid,)
    assert path == root / post.path


def test_somebody_elses_change_is_not_overwritten(root: Path) -> None:
    """A file that changed since it was read is refused and stays as it is."""
    path = write(root, "content/posts/a.md", draft_file("status: draft\n"))
    workspace = load_workspace(root)
    path.write_text("anders", encoding="utf-8")
    with pytest.raises(ChangedError):
        fill(workspace, (), only(workspace), DECISION, NOW)
    assert path.read_text("utf-8") == "anders"
