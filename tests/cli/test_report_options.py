"""What `leitstand report` refuses before it starts anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.cli import execute


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--language", "fr"), "unknown language 'fr'; known: de, en"),
        (("runz",), "unknown report 'runz'; did you mean 'runs'?"),
        (("--set", "campain=advent"), "unknown parameter of the report monthly 'campain'"),
        (("--set", "month=2026-09"), "--set: month is given by --month"),
        (("--age", "-3"), "--age must be more than 0 and at most 878400 hours"),
        (("--age", "nan"), "--set: age is a number, not 'nan'"),
        (("--workers", "-1"), "--workers must be 1 or more, or 0 for one per processor"),
    ],
)
def test_what_nobody_can_make_is_a_question_of_usage(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A language that reports do not speak and a negative number of workers end with 2, one sentence, and no report."""
    workspace = tmp_path / "marke"
    assert execute(["init", str(workspace)], os.environ) == 0
    assert execute(["report", "monthly", "--month", "2026-10", "-w", str(workspace), *arguments], os.environ) == 2
    assert said in capsys.readouterr().err
