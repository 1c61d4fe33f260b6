"""Problems: findings in a file, as values with a place, a rule and, where there is one, a remedy."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cached_property

from toolkit.messages import _
from toolkit.values import dataclass


class Severity(StrEnum):
    """How much a problem matters. Only errors make `check` fail and hold a post back."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    def said(self) -> str:
        """The word for it in the language spoken; files and programs have the value."""
        return {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.HINT: _("hint")}[self]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: lines and columns from 1, columns in code points, the end exclusive."""

    line: int = 1
    col: int = 1
    end_line: int = 1
    end_col: int = 1


@dataclass(frozen=True, slots=True)
class Fix:
    """Replace the code points ``start:end`` of the file by `text`.

    A *safe* fix keeps the meaning of the post; an unsafe one needs a look afterwards.
    """

    start: int
    end: int
    text: str
    safe: bool
    title: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` is relative to the workspace, with forward slashes."""

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    fix: Fix | None = None
    # Another place the finding is about, e.g. the post that has the same uid.
    related: str = ""

    def __str__(self) -> str:
        """``path:line:col: message (rule)``, the form editors can jump to."""
        return f"{self.path}:{self.span.line}:{self.span.col}: {self.message} ({self.rule})"


class SourceText:
    """The decoded text of a file and the way from offsets to lines and columns.

    Lines end at LF, CRLF or CR only: U+2028 and NEL are text, as in editors and in git.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        text = self.text
        if "\r" not in text:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
            return starts
        for index, char in enumerate(text):
            if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
                starts.append(index + 1)
        return starts

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their endings."""
        # str.splitlines knows more endings than editors do.
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a code point offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, col: int) -> int:
        """The code point offset of a line and column, both from 1."""
        return self._starts[line - 1] + col - 1

    def span(self, start: int, end: int | None = None) -> Span:
        """The span of ``text[start:end]``; without `end`, the place of `start`."""
        line, col = self.place(start)
        if end is None or end <= start:
            return Span(line, col, line, col)
        return Span(line, col, *self.place(end))
