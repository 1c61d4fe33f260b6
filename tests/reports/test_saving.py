"""Saving an executed notebook: each save is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.reports.saving import WholeFile, save_whole


def test_a_save_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    """What cannot be written to its end takes nothing away and leaves nothing beside it."""
    path = tmp_path / "own.ipynb"
    WholeFile().write("first", str(path))
    with pytest.raises(UnicodeEncodeError):
        WholeFile().write("second \ud800", str(path))
    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_papermill_saves_a_report_so(tmp_path: Path) -> None:
    """Papermill writes the named notebook through it, and other files as ever."""
    from papermill.iorw import papermill_io

    path = tmp_path / "own.ipynb"
    save_whole(path)
    assert isinstance(papermill_io.get_handler(str(path)), WholeFile)
    assert not isinstance(papermill_io.get_handler(str(tmp_path / "other.ipynb")), WholeFile)
