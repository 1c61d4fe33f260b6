"""Problems for people at a terminal, and as lines that editors can jump to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.cli.findings import Findings, one_line, printable
from toolkit.model import Problem, Severity

WIDTH: Final = 110


def show_concise(findings: Findings) -> Iterator[str]:
    """``path:line:col: severity: message (rule)``; errors go without the word."""
    for problem in findings.problems:
        yield _sentence(findings, problem, problem.severity.value) + "\n"


def show_full(findings: Findings) -> Iterator[str]:
    """The sentence, the line with carets below the place, and the fix."""
    for problem in findings.problems:
        yield _sentence(findings, problem, problem.severity.said()) + "\n"
        span = problem.span
        text = findings.line(problem.path, span.line)
        if text.strip():
            end = span.end_col if span.end_line == span.line else len(text) + 1
            yield "".join(f"{line}\n" for line in excerpt(text, span.line, span.col, end))
        if problem.fix is not None:
            command = "leitstand fix" if problem.fix.safe else "leitstand fix --unsafe"
            yield one_line(f"  = {problem.fix.title}: {command}") + "\n"
        yield "\n"


def show_line(findings: Findings) -> Iterator[str]:
    """``path:line:col:rule:message``."""
    for problem in findings.problems:
        yield one_line(f"{_place(findings, problem)}:{problem.rule}:{problem.message}") + "\n"


def _sentence(findings: Findings, problem: Problem, severity: str) -> str:
    word = "" if problem.severity is Severity.ERROR else f"{severity}: "
    return one_line(f"{_place(findings, problem)}: {word}{problem.message} ({problem.rule})")


def _place(findings: Findings, problem: Problem) -> str:
    return f"{findings.place(problem.path)}:{problem.span.line}:{problem.span.col}"


def excerpt(line: str, number: int, col: int, end: int) -> Iterator[str]:
    """The source line with its number, and carets below columns `col` to `end` (from 1, exclusive)."""
    from rich.cells import cell_len

    shift = max(0, col - 1 - WIDTH // 2) if len(line) > WIDTH else 0
    shown, lead = printable(line[shift : shift + WIDTH]), "…" if shift else ""
    before, marked = shown[: col - 1 - shift], shown[col - 1 - shift : end - 1 - shift]
    gutter = " " * len(str(number))
    yield f"{gutter} |"
    yield f"{number} | {lead}{shown}".rstrip()
    yield f"{gutter} | {' ' * (len(lead) + cell_len(before))}{'^' * max(1, cell_len(marked))}"
