"""Dropped folders: what is read, what is passed over and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.collect.folder import sort_files
from toolkit.importers.leftovers import Leftover, leftover


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_what_lies_beside_exports_is_passed_over_with_its_reason(tmp_path: Path) -> None:
    """Computers' files, notes for people, half downloads and pictures are counted; the exports are read in order."""
    make(
        tmp_path, "b/x.csv", "a.xlsx", "SOURCE.txt", "README", ".DS_Store", "Thumbs.db", "~$a.xlsx", "c.csv.crdownload"
    )
    make(tmp_path, "shot.png", "notes.md", ".git/config.csv", "__MACOSX/a.csv", ".~lock.a.xlsx#")
    dropped = sort_files([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in dropped.files] == ["a.xlsx", "b/x.csv"]
    assert {one.path.name: one.why for one in dropped.passed} == {
        "SOURCE.txt": Leftover.NOTE, "README": Leftover.NOTE, ".DS_Store": Leftover.COMPUTER,
        "Thumbs.db": Leftover.COMPUTER, "~$a.xlsx": Leftover.COMPUTER, "c.csv.crdownload": Leftover.UNFINISHED,
        "shot.png": Leftover.OTHER, "notes.md": Leftover.OTHER, ".~lock.a.xlsx#": Leftover.COMPUTER,
    }  # fmt: skip


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link points to what nobody dropped, or in a circle; one that is named itself is read."""
    make(tmp_path, "outside/secret.csv", "drop/a.csv")
    drop = tmp_path / "drop"
    (drop / "link.csv").symlink_to(tmp_path / "outside/secret.csv")
    (drop / "broken.csv").symlink_to(tmp_path / "gone.csv")
    (drop / "loop").symlink_to(drop)
    dropped = sort_files([drop])
    assert [path.name for path in dropped.files] == ["a.csv"]
    assert {(one.path.name, one.why) for one in dropped.passed} == {
        (name, Leftover.LINK) for name in ("link.csv", "broken.csv", "loop")
    }
    assert sort_files([drop / "link.csv"]).files == (drop / "link.csv",)


def test_a_mapping_belongs_to_its_table(tmp_path: Path) -> None:
    """It is neither an export nor passed over; one without its table is."""
    make(tmp_path, "a.csv", "a.csv.toml", "alone.csv.toml")
    dropped = sort_files([tmp_path])
    assert [path.name for path in dropped.files] == ["a.csv"]
    assert [one.path.name for one in dropped.passed] == ["alone.csv.toml"]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    """Only what lies in a folder is sorted out by its name; named twice it is one."""
    make(tmp_path, "SOURCE.txt", "readings.csv")
    assert sort_files([tmp_path / "SOURCE.txt", tmp_path, tmp_path / "readings.csv"]).files == (
        tmp_path / "SOURCE.txt",
        tmp_path / "readings.csv",
    )
    with pytest.raises(FileNotFoundError):
        sort_files([tmp_path / "gone"])


@given(st.sampled_from(["csv", "xlsx", "json", "zip"]), st.sampled_from(["readme", "source", "Quelle", "license", "x"]))
def test_no_table_is_taken_for_a_note(suffix: str, name: str) -> None:
    """Notes are written as text; a table may have any name."""
    assert leftover(f"{name}.{suffix}") is None
