"""Files that were taken away, read from a real repository."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.source.test_revisions import git, save
from toolkit.source.removed import read_removed
from toolkit.source.revisions import read_revisions

if TYPE_CHECKING:
    from pathlib import Path

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def removed(root: Path, since: datetime = ALWAYS) -> dict[str, str]:
    found = read_removed(root, read_revisions(root), "guidelines", since)
    return {one.path: one.data.decode() for one in found}


def test_what_was_taken_away_is_read_as_it_was_last(tmp_path: Path) -> None:
    """Below a folder of its repository, with spaces and umlauts in its name, after a change, and once if it came back."""
    root = tmp_path / "die marke"
    root.mkdir()
    git(root, "init", "-q")
    save(root, "Eins", **{"Tür 1": "alt", "bleibt": "bleibt"})
    save(root, "Zwei", **{"Tür 1": "neu\nund mehr"})
    (root / "guidelines/Tür 1.md").unlink()
    save(root, "Weg")
    save(root, "Wieder da", **{"Tür 1": "anders"})
    (root / "guidelines/Tür 1.md").unlink()
    save(root, "Wieder weg")
    assert removed(root) == {"guidelines/Tür 1.md": "anders"}
    assert removed(root, datetime(2999, 1, 1, tzinfo=UTC)) == {}


def test_what_git_takes_for_a_move_is_among_them(tmp_path: Path) -> None:
    """One file deleted and one like it written in the same commit: git says that it was moved."""
    git(tmp_path, "init", "-q")
    text = "Viele Zeilen,\ndamit zwei Dateien\neinander gleichen.\n"
    save(tmp_path, "Eins", eins=text)
    (tmp_path / "guidelines/eins.md").unlink()
    save(tmp_path, "Statt dessen", zwei=f"{text}Fast.\n")
    assert removed(tmp_path) == {"guidelines/eins.md": text}


def test_an_incomplete_clone_and_no_git_at_all(tmp_path: Path) -> None:
    """What a clone does not hold is left out; a folder without history has nothing that is gone."""
    git(tmp_path, "init", "-q", "whole")
    whole = tmp_path / "whole"
    save(whole, "Eins", eins="eins", zwei="zwei")
    (whole / "guidelines/eins.md").unlink()
    save(whole, "Weg")
    git(tmp_path, "clone", "-q", "--depth=1", whole.as_uri(), "shallow")
    assert removed(tmp_path / "shallow") == {}
    git(tmp_path, "clone", "-q", "--filter=blob:none", "--no-checkout", whole.as_uri(), "sparse")
    assert removed(tmp_path / "sparse") in ({}, {"guidelines/eins.md": "eins"})
    assert removed(tmp_path) == {}
