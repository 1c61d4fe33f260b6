"""A table of cells, wherever it came from: a CSV text or a sheet of a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from toolkit.importers.problems import RULE
from toolkit.importers.rows import Cell, Row, find_delimiter, read_rows, span_of
from toolkit.model import Problem, Severity, SourceText, Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table; without `source` the cells' places are rows and columns of a workbook."""

    path: str  # as problems show it; of a workbook with the sheet's name, ``report.xlsx#Metrics``
    rows: tuple[Row, ...]
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


def sheet_of_text(source: SourceText, most: int | None = None) -> Sheet:
    """The rows of a CSV text, or the first `most`, with a delimiter that the text itself shows."""
    delimiter, start = find_delimiter(source.text)
    return Sheet(source.path, tuple(islice(read_rows(source.text, delimiter, start), most)), source=source)
