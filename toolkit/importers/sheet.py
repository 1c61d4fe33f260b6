"""A table of cells, wherever it came from: a CSV text or a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final, overload

from toolkit.importers.problems import RULE
from toolkit.importers.rows import Cell, Grammar, Row, find_delimiter, span_of
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.values import dataclass

HEAD: Final = 64  # rows of a text that are kept, in which a header is looked for


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table; without `source` the cells' places are rows and columns of a workbook."""

    path: str  # as problems show it; of a workbook with the sheet's name, ``report.xlsx#Metrics``
    rows: Sequence[Row]
    name: str = ""  # "" for CSV
    source: SourceText | None = None

    def span(self, cell: Cell) -> Span:
        """The place of a cell, line and column from 1."""
        if self.source is not None:
            return span_of(self.source, cell)
        return Span(cell.start, cell.end, cell.start, cell.end + 1)

    def problem(self, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """A problem at a cell."""
        return Problem(self.path, self.span(cell), RULE, severity, message)


class TextRows(Sequence[Row]):
    """The rows of a text from an offset on. Whoever walks over them has one at a time; only the first are kept.

    Any other place than the first ones, or their number, takes a walk, and the rows are kept from then on.
    """

    def __init__(self, grammar: Grammar, start: int) -> None:
        self.grammar = grammar
        self.start = start

    def __iter__(self) -> Iterator[Row]:
        return self.grammar.rows(self.start)

    def __bool__(self) -> bool:
        return bool(self._head)

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, int):
            return self._head[at] if 0 <= at < len(self._head) else self._all[at]
        first, last = at.start or 0, at.stop
        if at.step is None and last is None and 0 <= first < len(self._head):
            return TextRows(self.grammar, self._head[first].start)
        if at.step is None and last is not None and 0 <= first <= last <= HEAD:
            return self._head[at]
        return self._all[at]

    @cached_property
    def _head(self) -> tuple[Row, ...]:
        return tuple(islice(self, HEAD))

    @cached_property
    def _all(self) -> tuple[Row, ...]:
        return tuple(self.grammar.rows(self.start))


def sheet_of_text(source: SourceText, most: int | None = None) -> Sheet:
    """The rows of a CSV text, or the first `most`, with a delimiter that the text itself shows."""
    delimiter, start = find_delimiter(source.text)
    rows = TextRows(Grammar(source.text, delimiter), start)
    return Sheet(source.path, rows if most is None else tuple(islice(rows, most)), source=source)
