"""The problems of imports: one rule name for all, and problems about a whole file."""

from __future__ import annotations

from typing import Final

from toolkit.model import Problem, Severity, Span

RULE: Final = "import"


def file_problem(path: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem that is the file's as a whole; it stands at its beginning."""
    return Problem(path, Span(), RULE, severity, message)
