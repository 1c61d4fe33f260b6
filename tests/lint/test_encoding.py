from __future__ import annotations

import pytest

from tests.lint.conftest import Desk
from toolkit.model import Severity, Span


def test_utf8_is_fine(desk: Desk) -> None:
    """UTF-8 with umlauts and emoji has no problem."""
    desk.post("---\ntitle: Tür ☕\n---\nÄhm 👍\n")
    assert desk.check("encoding") == []


@pytest.mark.parametrize(
    ("data", "line", "col", "said"),
    [
        ("---\ntitle: Tür\n---\n".encode("latin-1"), 2, 9, "byte 0xfc is not UTF-8"),
        ("---\ntitle: Tür\n---\n".encode("utf-16"), 1, 1, "this is UTF-16"),
        (b"---\ntitle: a\0b\n---\n", 2, 9, "a NUL character"),
    ],
)
def test_other_bytes_are_said_where_they_stand(desk: Desk, data: bytes, line: int, col: int, said: str) -> None:
    """The first wrong byte is named with line and column, and the remedy is UTF-8."""
    desk.write("content/posts/post.md", data)
    (problem,) = desk.check()
    assert (problem.rule, problem.span.line, problem.span.col) == ("encoding", line, col)
    assert said in problem.message


def test_a_byte_order_mark_is_a_hint(desk: Desk) -> None:
    """A byte order mark is no error and shifts no column."""
    desk.write("content/posts/post.md", "\ufeff---\ntitle: x\nstatus: redy\n---\n".encode())
    (hint,) = desk.check("encoding")
    (error,) = desk.check("front-matter")
    assert hint.severity is Severity.HINT
    assert error.span == Span(3, 9, 3, 13)
