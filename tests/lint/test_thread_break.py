from __future__ import annotations

import pytest

from tests.lint.conftest import Desk

HEAD = "---\ntitle: x\n---\n"


@pytest.mark.parametrize(
    "text", ["Eins\n\n---\n\nZwei\n", "Eins\n\n- - -\nZwei\n", "```\nCode\n---\n```\n", "> Zitat\n---\n"]
)
def test_breaks_are_fine(desk: Desk, text: str) -> None:
    """Dashes below a blank line, in code or below a quote break nothing by accident."""
    assert desk.messages("thread-break", HEAD + text) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Eins\n«---»\nZwei\n", "Eins\n\n---\nZwei\n"),
        ("Eins\r\n«---»\r\nZwei\r\n", "Eins\r\n\r\n---\r\nZwei\r\n"),
        ("Eins\nnoch eins\n  «-----»\nZwei\n", "Eins\nnoch eins\n\n  -----\nZwei\n"),
    ],
)
def test_the_fix_inserts_a_blank_line(desk: Desk, text: str, fixed: str) -> None:
    """Dashes directly below text are an error at the dashes; the fix keeps every other byte."""
    assert len(desk.messages("thread-break", HEAD + text)) == 1
    (problem,) = desk.check("thread-break")
    fix = problem.fix
    assert fix is not None
    assert fix.safe
    before = HEAD + text.replace("«", "").replace("»", "")
    assert before[: fix.start] + fix.text + before[fix.end :] == HEAD + fixed
    assert desk.messages("thread-break", HEAD + fixed) == []


def test_two_dashes_are_no_break(desk: Desk) -> None:
    """A line that is no break either way has no fix."""
    assert len(desk.messages("thread-break", f"{HEAD}Eins\n«--»\nZwei\n")) == 1
    assert [problem.fix for problem in desk.check("thread-break")] == [None]
