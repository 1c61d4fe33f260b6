"""CSV exports of other tools, line by line, each with its place; with a header, or without one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.importers.rows import Grammar, Row, find_delimiter
from toolkit.messages import _
from toolkit.migration.archive import RULE, problem_at
from toolkit.migration.jsonfile import text_of
from toolkit.model import Problem, Severity, SourceText
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A record: its cells by the names of the header in small letters, or by their numbers (``0``)."""

    source: SourceText
    row: Row
    names: tuple[str, ...]

    def text(self, *names: str) -> str:
        """The first of `names` that is not empty."""
        found = (self.row.texts[self.names.index(name)] for name in names if name in self.names)
        return next(filter(None, found), "")

    @property
    def place(self) -> str:
        """``export.csv:12``."""
        return f"{self.source.path}:{self.source.place(self.row.start)[0]}"

    def problem(self, message: str) -> Problem:
        """A problem of the line."""
        return Problem(self.source.path, self.source.span(self.row.start), RULE, Severity.ERROR, message)


def read_lines(path: Path, problems: list[Problem], *, header: bool = True) -> Sequence[Line]:
    """The records of a file; one that is broken or too short is a problem, and the others are read."""
    source = text_of(path, problems)
    if source is None:
        return ()
    delimiter, start = find_delimiter(source.text)
    rows = list(Grammar(source.text, delimiter).rows(start))
    names = tuple(text.lower() for text in rows[0].texts) if rows and header else ()
    found = []
    for row in rows[1:] if header else rows:
        own = names or tuple(map(str, range(len(row.texts))))
        if row.broken is not None:
            problems.append(problem_at(source, row.broken, _("a stray quote; double it and quote the whole cell")))
        elif len(row.texts) < len(own):
            message = _("{found} cells, but the header has {wanted}").format(found=len(row.texts), wanted=len(own))
            problems.append(problem_at(source, row.start, message))
        else:
            found.append(Line(source, row, own))
    return tuple(found)
