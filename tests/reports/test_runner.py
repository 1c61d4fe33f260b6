"""Running a notebook: an interrupt ends it at once and leaves what was there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from toolkit.model import SystemClock
from toolkit.reports import Order, make_report
from toolkit.workspace import load_workspace


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_interrupt_leaves_the_earlier_report_whole(filled: Any, tmp_path: Path) -> None:
    """^C in the middle of a second run: no thread complains, the first run's notebook stands, nothing lies beside it."""
    (tmp_path / "monthly.ipynb").write_text("the first run's")

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    order = Order("monthly", "2026-10", output=tmp_path)
    with pytest.raises(KeyboardInterrupt):
        make_report(
            load_workspace(filled.root), filled.state, order, clock=SystemClock(), environ={}, progress=interrupt
        )
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"monthly.ipynb": "the first run's"}
