"""A table that comes back from a spreadsheet program: CSV in any encoding and with any delimiter, XLSX, ODS.

What the program could not keep is told at its cell and read as nothing else: `Row.faults` has the errors and the formulas
without a result, which would else be empty cells and take the text out of a post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from toolkit.importers.encoding import read_text
from toolkit.importers.export import OLE, ZIP
from toolkit.importers.moments import DAY_FIRST, MONTH_FIRST, proved_order
from toolkit.importers.rows import DELIMITERS, Cell, Grammar
from toolkit.importers.rows import Row as Record
from toolkit.importers.sheet import Sheet
from toolkit.importers.workbook import read_workbook
from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.planning.tables.columns import FRONT, MARKS, PATH, UID, Column, find_column
from toolkit.planning.tables.forms import Kind, plain, said, unguard
from toolkit.planning.tables.marks import read_marks
from toolkit.settings import Settings
from toolkit.values import dataclass

RULE: Final = "plan-table"
_DATES: Final = (Kind.DAY, Kind.MOMENT)
# What spreadsheet programs show for what they could not calculate, and for a date in a column that is too narrow.
_ERRORS: Final = re.compile(
    r"#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|N/A|NULL!|SPILL!|CALC!|BEZUG!|WERT!|ZAHL!|NV|ÜBERLAUF!|KALK!|##+)|Err:\d{3}"
)
_OWN: Final = (UID, PATH, MARKS)
_SEP: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells in their one form by name of their column, where they stand, and which post it is.

    `number` is how spreadsheet programs count it, the header being row 1; `faults` are column → what stands where no value does.
    """

    number: int
    cells: Mapping[str, str]
    spans: Mapping[str, Span]
    uid: str
    path: str
    marks: str
    faults: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class _Header:
    """The name of each column, "" for one that is not read; the columns of posts; and which number of a day is the month."""

    names: list[str]
    columns: dict[str, Column]
    order: str = ""


def read_table(path: str, data: bytes, settings: Settings) -> Table:
    """The rows of the table in `data`, a workbook or text; `path` stands in problems."""
    problems: list[Problem] = []
    narrow = False
    sheet: Sheet | None = None
    if data.startswith((ZIP, OLE)):
        sheets, found = read_workbook(path, data, faults=True)
        if sheets and data.startswith(OLE):  # whether its empty cells are errors cannot be told
            found, sheets = (
                [_file_problem(path, _("save the workbook as XLSX: the old XLS hides what went wrong in a cell"))],
                (),
            )
        sheet = _plan_of(sheets, settings, problems)
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


def _plan_of(sheets: tuple[Sheet, ...], settings: Settings, problems: list[Problem]) -> Sheet | None:
    """The sheet whose header is most a plan's; another such one is somebody's copy, and told."""
    known = [_known(sheet.rows[0].texts, settings) for sheet in sheets]
    sheet = sheets[known.index(max(known))] if sheets else None
    for other, count in zip(sheets, known, strict=True):
        if other is not sheet and count == max(known) >= 2:
            message = _("the sheet {other!r} is a table of posts too and is left out; only {name!r} is read")
            said = message.format(other=other.name, name=sheet.name if sheet else "")
            problems.append(_problem(other, other.rows[0].cells[0], said, Severity.WARNING))
    return sheet


def _known(texts: tuple[str, ...], settings: Settings) -> int:
    return sum(text.lower() in _OWN or find_column(text.lower(), settings) is not None for text in texts)


def _sheet(source: SourceText, settings: Settings) -> Sheet:
    """The rows, parted by whatever makes most of the header known: commas in texts prove nothing."""
    match = _SEP.match(source.text)
    start = match.end() if match else 0
    grammars = [Grammar(source.text, mark) for mark in ([match[1]] if match else DELIMITERS)]
    rows = [tuple(grammar.rows(start)) for grammar in grammars]
    best = max(rows, key=lambda one: _known(one[0].texts, settings) if one else 0)
    return Sheet(source.path, best, source=source)


def _read(sheet: Sheet, settings: Settings, problems: list[Problem]) -> Table:
    header = _header(sheet, settings, problems)
    names = header.names
    least = max((at for at, name in enumerate(names, 1) if name in header.columns), default=0)
    rows = []
    for number, record in _numbered(sheet):
        if record.broken is not None:
            cell = Cell("", record.broken, record.broken + 1)
            problems.append(_problem(sheet, cell, _("a stray quote; double it and quote the whole cell")))
        elif len(record.texts) < least or any(record.texts[len(names) :]):
            message = _("{found} cells, but the header has {wanted}; the row was cut or merged")
            wrong = message.format(found=len(record.texts), wanted=len(names))
            problems.append(_problem(sheet, record.cells[0], wrong))
        else:
            rows.append((number, record))
    header = replace(header, order=_order(header, [record for _number, record in rows]))
    read = tuple(_row(sheet, header, record, number) for number, record in rows)
    return Table(sheet.path, header.columns, read, tuple(problems))


def _order(header: _Header, records: list[Record]) -> str:
    """Which number of a day with slashes is the month: as some cell proves, or as one that nobody edited was written."""
    names, columns = header.names, header.columns
    dates = [(at, name) for at, name in enumerate(names) if name in columns and columns[name].kind in _DATES]
    cells = [(name, record.texts[at], record) for at, name in dates for record in records if "/" in record.texts[at]]
    proved = {proved_order(text) for _name, text, _record in cells} - {""}
    marks = names.index(MARKS) if MARKS in names else len(names)
    for name, text, record in cells if not proved else ():
        written = read_marks(record.texts[marks] if marks < len(record.texts) else "")
        fits = {
            order for order in (DAY_FIRST, MONTH_FIRST) if written.same(name, plain(columns[name].kind, text, order))
        }
        proved |= fits if len(fits) == 1 else set()
    return proved.pop() if len(proved) == 1 else ""


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


def _header(sheet: Sheet, settings: Settings, problems: list[Problem]) -> _Header:
    names: list[str] = []
    columns: dict[str, Column] = {}
    for at, cell in enumerate(sheet.rows[0].cells):
        name = " ".join(unguard(cell.text).split())
        column = find_column(name, settings) or find_column(name.lower(), settings)
        if column is not None:
            name, columns[column.name] = column.name, column
        elif name.lower() in _OWN:
            name = name.lower()
        elif name:
            close = get_close_matches(name.lower(), (*FRONT, "text", *_OWN), n=1)
            hint = _("; did you mean {close}?").format(close=close[0]) if close else ""
            message = _("the column {name!r} is none of a post's and is left out").format(name=name)
            problems.append(_problem(sheet, cell, message + hint, Severity.WARNING))
            name = ""
        elif any(at < len(record.texts) and record.texts[at] for record in sheet.rows[1:]):
            message = _("this column has no name and is left out; write into row 1 what it is, such as title or text")
            problems.append(_problem(sheet, cell, message, Severity.WARNING))
        if name and name in names:
            problems.append(_problem(sheet, cell, _("the column {name} stands here twice").format(name=name)))
        names.append(name)
    return _Header(names, columns)


def _row(sheet: Sheet, header: _Header, record: Record, number: int) -> Row:
    placed = {name: cell for name, cell in zip(header.names, record.cells, strict=False) if name}
    cells = {name: _form(column, placed[name], header.order) for name, column in header.columns.items()}
    own = {name: unguard(placed[name].text).strip() if name in placed else "" for name in _OWN}
    spans = {name: sheet.span(cell) for name, cell in placed.items()}
    faults = {
        name: cell.fault or cell.text for name, cell in placed.items() if cell.fault or _ERRORS.fullmatch(cell.text)
    }
    return Row(number, cells, spans, own[UID], own[PATH], own[MARKS], faults)


def _form(column: Column, cell: Cell, order: str) -> str:
    if isinstance(cell.value, datetime):
        return said(column.kind, cell.value)
    return plain(column.kind, unguard(cell.text or cell.fault), order)


def _problem(sheet: Sheet, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(sheet.path, sheet.span(cell), RULE, severity, message)


def _file_problem(path: str, message: str) -> Problem:
    return Problem(path, Span(), RULE, Severity.ERROR, message)
