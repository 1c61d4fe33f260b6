from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.bench import NOW, POST, make_workspace
from toolkit.model import SetClock
from toolkit.workspace.keeping import LOOK_EVERY, Keeper

OTHER = "content/posts/alt.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace; see `tests.lsp.bench`."""
    return make_workspace(tmp_path)


def test_unsaved_text_wins_and_what_did_not_change_stays(root: Path) -> None:
    """The editor's text overlays the disk's; other posts are the very objects that they were, and so is the whole."""
    keeper = Keeper(root, SetClock(NOW))
    first = keeper.workspace({POST: "---\ntitle: Eins\n---\n"})
    second = keeper.workspace({POST: "---\ntitle: Zwei\n---\n"})
    titles = [{post.path: post.title for post in one.posts} for one in (first, second)]
    assert [one[POST] for one in titles] == ["Eins", "Zwei"]
    assert first.find_post(OTHER) is second.find_post(OTHER)
    assert keeper.workspace({POST: "---\ntitle: Zwei\n---\n"}) is second


def test_files_are_looked_at_again_after_a_moment(root: Path) -> None:
    """A file that changes on disk is read again a second later, or at once when somebody says so."""
    clock = SetClock(NOW)
    keeper = Keeper(root, clock)
    post = keeper.workspace({}).find_post(OTHER)
    assert post is not None
    assert post.title == "Alt"
    (root / OTHER).write_text("---\ntitle: Neuer Titel\n---\n", encoding="utf-8")
    (root / POST).write_text("---\ntitle: Dazu\n---\n", encoding="utf-8")
    assert len(keeper.workspace({}).posts) == 1
    clock.seconds += LOOK_EVERY
    assert [post.title for post in keeper.workspace({}).posts] == ["Neuer Titel", "Dazu"]
    (root / OTHER).unlink()
    keeper.forget()
    assert [post.title for post in keeper.workspace({}).posts] == ["Dazu"]


def test_settings_change_everything(root: Path) -> None:
    """leitstand.toml, saved or only typed, is read again with all that depends on it."""
    keeper = Keeper(root, SetClock(NOW))
    text = (root / "leitstand.toml").read_text(encoding="utf-8")
    typed = text.replace("Jule Hansen", "Jule Petersen")
    assert keeper.workspace({"leitstand.toml": typed}).settings.people["jule"].name == "Jule Petersen"
    assert keeper.workspace({}).settings.people["jule"].name == "Jule Hansen"
    (root / "leitstand.toml").write_text(typed, encoding="utf-8")
    keeper.forget()
    assert keeper.workspace({}).settings.people["jule"].name == "Jule Petersen"
