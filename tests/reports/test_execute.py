"""What is left of a run whose own process is gone: what it reached, whole, and never called complete."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4, write

from toolkit.errors import ReportError
from toolkit.reports.execute import rescue
from toolkit.reports.runner import Front, Job

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")


@pytest.fixture
def job(filled: Any, tmp_path: Path) -> Job:
    """A job whose files go into an empty folder."""
    return Job(tmp_path / "own.ipynb", {}, tmp_path, Front(filled.root, "own", "2026-10", "en", NOW), ())


def test_a_rescued_report_says_why_it_is_not_complete(job: Job) -> None:
    """The reason is in the outcome, so in the manifest, and on the page; halves of other files are gone."""
    reached = v4.new_code_cell("1", outputs=[v4.new_output("stream", name="stdout", text="reached")])  # type: ignore[no-untyped-call]  # nbformat has no types
    write(v4.new_notebook(cells=[reached]), job.executed)  # type: ignore[no-untyped-call]  # see above
    (job.folder / "own-2026-10.pdf").touch()
    (job.folder / "own.part").write_text("{")
    assert rescue(job, "it was ended").failures == ("it was ended",)
    html = (job.folder / "index.html").read_text()
    assert "reached" in html
    assert "<li>it was ended</li>" in html
    assert {path.name for path in job.folder.iterdir()} == {"index.html", "own.ipynb"}


def test_a_run_that_never_began_is_no_report(job: Job) -> None:
    """The sentence names the notebook and the reason, and nothing is written."""
    with pytest.raises(ReportError, match=r"own\.ipynb could not be run: it was ended"):
        rescue(job, "it was ended")
    assert list(job.folder.iterdir()) == []
