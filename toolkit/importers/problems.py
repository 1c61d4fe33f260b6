"""The problems of imports: one rule name for all, and problems about a whole file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span

RULE: Final = "import"


def file_problem(path: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem that is the file's as a whole; it stands at its beginning."""
    return Problem(path, Span(), RULE, severity, message)


def missing_columns(names: Sequence[str]) -> str:
    """Half a sentence about columns that a file lacks."""
    sentence = _("the column {names} is missing") if len(names) == 1 else _("the columns {names} are missing")
    return sentence.format(names=", ".join(names))
