"""Messages in a CSV text or a workbook: one row each, the header names the columns.

Encodings, separators and workbooks are read as all other exports are: see `toolkit.importers.export`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.community.exports.records import NEEDED, RULE, Source, read_record
from toolkit.importers import Export
from toolkit.importers.problems import missing_columns
from toolkit.importers.rows import Cell, Row
from toolkit.importers.sheet import Sheet
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity

PREAMBLE = 10  # rows in which the header may stand


def read_sheets(export: Export, source: Source) -> Iterator[Message | Problem]:
    """The messages of every sheet that has some, and what is wrong with the others."""
    tables = [(sheet, number) for sheet in export.sheets if (number := _header(sheet, source)) is not None]
    for sheet, number in tables:
        yield from _rows(sheet, number, source)
    if not tables and export.sheets:
        sheet = export.sheets[0]
        yield _problem(sheet, _first_cell(sheet), _missing(sheet, source))


def _header(sheet: Sheet, source: Source) -> int | None:
    """The number of the first row that names everything that is needed."""
    for number, row in enumerate(sheet.rows[:PREAMBLE]):
        if set(NEEDED) <= set(_places(row, source)):
            return number
    return None


def _places(row: Row, source: Source) -> Mapping[str, int]:
    """Our name → number of the column; of two that mean the same the first."""
    places: dict[str, int] = {}
    for number, text in enumerate(row.texts):
        name = source.name_of(text)
        if name:
            places.setdefault(name, number)
    return places


def _rows(sheet: Sheet, header: int, source: Source) -> Iterator[Message | Problem]:
    places = _places(sheet.rows[header], source)
    width = len(sheet.rows[header].texts)
    for row in sheet.rows[header + 1 :]:
        if not any(text.strip() for text in row.texts):
            continue
        if row.broken is not None:
            stray = Cell("", row.broken, row.broken + 1)
            yield _problem(sheet, stray, _("a stray quote; double it and quote the whole cell"))
        elif len(row.texts) != width:
            message = _("{found} cells, but the header has {wanted}")
            yield _problem(sheet, row.cells[0], message.format(found=len(row.texts), wanted=width))
        else:
            yield from _row(sheet, row, places, source)


def _row(sheet: Sheet, row: Row, places: Mapping[str, int], source: Source) -> Iterator[Message | Problem]:
    complaints: list[tuple[str, str]] = []
    record = {name: row.texts[number].strip() for name, number in places.items()}
    message = read_record(record, source, lambda name, said: complaints.append((name, said)))
    for name, said in complaints:
        yield _problem(sheet, row.cells[places.get(name, 0)], said)
    if message is not None:
        yield message


def _missing(sheet: Sheet, source: Source) -> str:
    rows = [_places(row, source) for row in sheet.rows[:PREAMBLE]]
    best = max(rows, key=len, default={})
    remedy = _("say what they are called: --map text=COLUMN")
    return f"{missing_columns([name for name in NEEDED if name not in best])}; {remedy}"


def _first_cell(sheet: Sheet) -> Cell:
    cells = sheet.rows[0].cells if sheet.rows else ()
    return cells[0] if cells else Cell("", 0, 0)


def _problem(sheet: Sheet, cell: Cell, message: str) -> Problem:
    return Problem(sheet.path, sheet.span(cell), RULE, Severity.ERROR, message)
