"""Problems as rows that JSON can say, for whoever remembers them; `dataclasses.asdict` is too slow for thousands."""

from __future__ import annotations

from typing import Any

from toolkit.model import Fix, Problem, Severity, Span


def write_problem(problem: Problem) -> list[object]:
    """The problem as a row."""
    span, fix = problem.span, problem.fix
    return [
        problem.path,
        [span.line, span.col, span.end_line, span.end_col],
        problem.rule,
        problem.severity.value,
        problem.message,
        fix and [fix.start, fix.end, fix.text, fix.safe, fix.title],
        problem.related,
    ]


def read_problem(row: Any) -> Problem:
    """The problem of a row; raises `TypeError` or `ValueError` when it is none, whoever wrote it."""
    path, (line, col, end_line, end_col), rule, severity, message, fix, related = row
    texts, numbers = [path, rule, message, related], [line, col, end_line, end_col]
    known = None
    if fix is not None:
        start, end, text, safe, title = fix
        texts += [text, title]
        numbers += [start, end]
        known = Fix(start, end, text, safe is True, title)
    if not all(isinstance(one, str) for one in texts) or not all(type(one) is int for one in numbers):
        raise TypeError
    return Problem(path, Span(line, col, end_line, end_col), rule, Severity(severity), message, known, related)
