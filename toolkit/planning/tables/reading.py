"""A table that comes back from a spreadsheet program: CSV in any encoding and with any delimiter, XLSX, ODS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from toolkit.importers.encoding import read_text
from toolkit.importers.rows import DELIMITERS, Cell, Grammar
from toolkit.importers.rows import Row as Record
from toolkit.importers.sheet import Sheet
from toolkit.importers.workbook import read_workbook
from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.planning.tables.columns import FRONT, MARKS, PATH, UID, Column, find_column
from toolkit.planning.tables.forms import plain, said, unguard
from toolkit.settings import Settings

RULE: Final = "plan-table"
BOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_OWN: Final = (UID, PATH, MARKS)
_SEP: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells in their one form by name of their column, where they stand, and which post it is.

    `number` is how spreadsheet programs count it, the header being row 1.
    """

    number: int
    cells: Mapping[str, str]
    spans: Mapping[str, Span]
    uid: str
    path: str
    marks: str


@dataclass(frozen=True, slots=True)
class Table:
    """What was read; `problems` name the file, the row and the column."""

    path: str
    columns: Mapping[str, Column]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    narrow: bool = False  # saved as Windows-1252, which has a question mark for everything that it lacks

    def problem(self, row: Row, column: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """A problem at a cell; at the row's first one where the table has no such column."""
        span = row.spans.get(column) or next(iter(row.spans.values()), Span())
        place = _("row {row}, {column}") if column in row.spans else _("row {row}")
        said = f"{place.format(row=row.number, column=column)}: {message}"
        return Problem(self.path, span, RULE, severity, said)


def read_table(path: str, data: bytes, settings: Settings) -> Table:
    """The rows of the table in `data`; `path` decides between workbook and text, and stands in problems."""
    problems: list[Problem] = []
    narrow = False
    if path.lower().endswith(BOOKS):
        sheets, found = read_workbook(path, data)
        sheet = max(sheets, key=lambda one: _known(one.rows[0].texts, settings), default=None)
    else:
        source, found = read_text(path, data)
        narrow = any(problem.severity is Severity.WARNING for problem in found)
        sheet = None if source is None else _sheet(source, settings)
    problems += found
    if sheet is None or not sheet.rows or _known(sheet.rows[0].texts, settings) < 2:
        if not any(problem.severity is Severity.ERROR for problem in problems):
            message = _("no table of posts: the first row must name columns such as title, publish, text; see {verb}")
            problems.append(_file_problem(path, message.format(verb="leitstand plan export")))
        return Table(path, {}, (), tuple(problems))
    return replace(_read(sheet, settings, problems), narrow=narrow)


def _known(texts: tuple[str, ...], settings: Settings) -> int:
    return sum(text in _OWN or find_column(text, settings) is not None for text in texts)


def _sheet(source: SourceText, settings: Settings) -> Sheet:
    """The rows, parted by whatever makes most of the header known: commas in texts prove nothing."""
    match = _SEP.match(source.text)
    start = match.end() if match else 0
    grammars = [Grammar(source.text, mark) for mark in ([match[1]] if match else DELIMITERS)]
    rows = [tuple(grammar.rows(start)) for grammar in grammars]
    best = max(rows, key=lambda one: _known(one[0].texts, settings) if one else 0)
    return Sheet(source.path, best, source=source)


def _read(sheet: Sheet, settings: Settings, problems: list[Problem]) -> Table:
    names, columns = _header(sheet, settings, problems)
    rows = []
    for number, record in _numbered(sheet):
        if record.broken is not None:
            cell = Cell("", record.broken, record.broken + 1)
            problems.append(_problem(sheet, cell, _("a stray quote; double it and quote the whole cell")))
        elif len(record.texts) != len(names):
            message = _("{found} cells, but the header has {wanted}; the row was cut or merged")
            wrong = message.format(found=len(record.texts), wanted=len(names))
            problems.append(_problem(sheet, record.cells[0], wrong))
        else:
            rows.append(_row(sheet, record, names, columns, number))
    return Table(sheet.path, columns, tuple(rows), tuple(problems))


def _numbered(sheet: Sheet) -> Iterator[tuple[int, Record]]:
    """The records below the header with their numbers; empty ones are passed over and count."""
    number, at = 1, sheet.rows[0].cells[-1].end
    for record in sheet.rows[1:]:
        cells = record.cells
        if sheet.source is None:
            number = record.start
        else:
            ends = sheet.source.text[at : record.start].replace("\r\n", "\n")
            number += ends.count("\n") + ends.count("\r")
            at = cells[-1].end
        yield number, record


def _header(sheet: Sheet, settings: Settings, problems: list[Problem]) -> tuple[list[str], dict[str, Column]]:
    """The name of each column, "" for one that is not read; and the columns of posts."""
    names: list[str] = []
    columns: dict[str, Column] = {}
    for cell in sheet.rows[0].cells:
        name = " ".join(unguard(cell.text).split())
        column = find_column(name, settings)
        if column is not None:
            name, columns[column.name] = column.name, column
        elif name and name not in _OWN:
            close = get_close_matches(name, (*FRONT, "text", *_OWN), n=1)
            hint = _("; did you mean {close}?").format(close=close[0]) if close else ""
            message = _("the column {name!r} is none of a post's and is left out").format(name=name)
            problems.append(_problem(sheet, cell, message + hint, Severity.WARNING))
            name = ""
        if name and name in names:
            problems.append(_problem(sheet, cell, _("the column {name} stands here twice").format(name=name)))
        names.append(name)
    return names, columns


def _row(sheet: Sheet, record: Record, names: list[str], columns: Mapping[str, Column], number: int) -> Row:
    placed = {name: cell for name, cell in zip(names, record.cells, strict=True) if name}
    cells = {name: _form(columns[name], cell) for name, cell in placed.items() if name in columns}
    own = {name: unguard(placed[name].text).strip() if name in placed else "" for name in _OWN}
    spans = {name: sheet.span(cell) for name, cell in placed.items()}
    return Row(number, cells, spans, own[UID], own[PATH], own[MARKS])


def _form(column: Column, cell: Cell) -> str:
    if isinstance(cell.value, datetime):
        return said(column.kind, cell.value)
    return plain(column.kind, unguard(cell.text))


def _problem(sheet: Sheet, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(sheet.path, sheet.span(cell), RULE, severity, message)


def _file_problem(path: str, message: str) -> Problem:
    return Problem(path, Span(), RULE, Severity.ERROR, message)
