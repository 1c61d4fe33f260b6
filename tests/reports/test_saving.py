"""Saving an executed notebook: each save is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from toolkit.reports.saving import ENGINE, WholeFile, make_final, save_whole


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


def test_what_a_run_that_broke_off_left_gets_the_form_of_notebooks(tmp_path: Path) -> None:
    """Between cells a notebook is saved in one line; made final it has the bytes of any other, and the same outputs."""
    from papermill.engines import papermill_engines

    save_whole(path := tmp_path / "own.ipynb")
    cell = v4.new_code_cell("1", metadata={"papermill": {}})  # type: ignore[no-untyped-call]  # nbformat has no types
    notebook = v4.new_notebook(cells=[cell], metadata={"papermill": {}})  # type: ignore[no-untyped-call]  # see above

    class Breaking(papermill_engines.get_engine(ENGINE)):  # type: ignore[misc]  # papermill has no types
        """Reaches one output."""

        @classmethod
        def execute_managed_notebook(cls, saver: Any, _kernel: str, **_rest: Any) -> None:
            saver.nb.cells[0].outputs = [v4.new_output("stream", name="stdout", text="a\nb\n")]  # type: ignore[no-untyped-call]  # see above
            raise RuntimeError

    with pytest.raises(RuntimeError):
        Breaking.execute_notebook(notebook, "python3", str(path))
    saved = path.read_text()
    assert len(saved.splitlines()) == 1
    make_final(path)
    assert path.read_text() == nbformat.writes(nbformat.reads(saved, as_version=4))  # type: ignore[no-untyped-call]  # see above
    assert "a\\n" in path.read_text()
    assert len(path.read_text().splitlines()) > 10
