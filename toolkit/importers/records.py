"""The rows of a table, read column by column: numbers, days and times, and a problem at every cell that is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from toolkit.importers.figures import decimal_mark, is_absent, read_figure
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Kind, Table, plain_header
from toolkit.importers.moments import plain_moment, slash_order
from toolkit.importers.rows import Cell, Row
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import Severity

_DAY: Final = len("2026-07-14")
_KEYS: Final = frozenset({"id", "url", "day", "published_at"})
_TOTALS: Final = frozenset({"", "total", "totals", "grand total", "gesamt", "gesamtsumme", "gesamtwert", "summe"})
_SERIAL: Final = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")  # days since 1899-12-30, of 1954 to 2118
_FIRST_DAY: Final = date(1899, 12, 30)


@dataclass(frozen=True)
class Reading:
    """A table that is being read, with what its columns as a whole say about their cells."""

    table: Table
    gathering: Gathering
    zone: str = ""  # of times of day, where it is known better than from the workspace

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """How each column is read, by our names."""
        return {column.name: column.kind for column in self.table.layout.columns}

    @cached_property
    def marks(self) -> dict[str, str]:
        """Each counted column's decimal mark; one that proves none has that of the others, if they agree."""
        layout = self.table.layout
        named = [column.name for column in layout.counted if column.name in self.table.places]
        if layout.decimal:
            return dict.fromkeys(named, layout.decimal)
        own = {name: decimal_mark(self.table.texts(name)) for name in named}
        proved = {mark for mark in own.values() if mark}
        usual = proved.pop() if len(proved) == 1 else ""
        return {name: mark or usual for name, mark in own.items()}

    @cached_property
    def orders(self) -> dict[str, str]:
        """Each column of days: which of 07/08/2026 is the month."""
        kinds = (Kind.DAY, Kind.MOMENT, Kind.WHEN)
        named = [one.name for one in self.table.layout.columns if one.kind in kinds and one.name in self.table.places]
        return {name: slash_order(self.table.texts(name)) or self.table.layout.slashes for name in named}

    def zone_of(self, text: str) -> str:
        """The zone of a moment in ISO: bare days are the workspace's."""
        document = self.gathering.document
        return (self.zone or document.times or document.zone) if len(text) > _DAY else document.zone

    def records(self) -> Iterator[Record]:
        """Every row that is whole; the others are problems."""
        self._check_header()
        width = len(self.table.header.cells)
        for row in self.table.rows:
            if self._is_no_data(row):
                continue
            self.gathering.rows += 1
            if row.broken is not None:
                place = Cell("", row.broken, row.broken + 1)
                self._problem(place, _("a stray quote; double it and quote the whole cell"))
            elif len(row.cells) < width and self.table.sheet.source is not None:
                message = _(
                    "{found} cells, but the header has {wanted}; if it is the last row, the download was cut off"
                )
                self._problem(row.cells[0], message.format(found=len(row.cells), wanted=width))
            elif any(cell.text for cell in row.cells[width:]):
                message = _("{found} cells, but the header has {wanted}")
                self._problem(row.cells[width], message.format(found=len(row.cells), wanted=width))
            else:
                yield Record(self, row)

    def _is_no_data(self, row: Row) -> bool:
        """Whether the row is the header again, where files were put together, or sums the others up."""
        header = self.table.header
        if row.cells[0].text == header.cells[0].text and row.texts == header.texts:
            self.gathering.problem(self.table.sheet, row.cells[0], _("the header stands here again"), Severity.HINT)
            return True
        width = len(row.cells)
        if not self._keys or any(row.cells[at].text.casefold() not in _TOTALS for at in self._keys if at < width):
            return False
        if not any(cell.text and cell.text.casefold() in _TOTALS for cell in row.cells):
            return False
        message = _("a row of totals; it is not added to the others")
        self.gathering.problem(self.table.sheet, row.cells[0], message, Severity.HINT)
        return True

    @cached_property
    def _keys(self) -> list[int]:
        """Where a row says what it is about, and of when."""
        return [at for name, at in self.table.places.items() if name in _KEYS]

    def _check_header(self) -> None:
        """Of two columns with one name only the first is read, and nobody should have to find that out."""
        cells = self.table.header.cells
        for name, at in self.table.places.items():
            for cell in cells[at + 1 :]:
                if plain_header(cell.text) == plain_header(cells[at].text):
                    message = _("the column {header} stands here twice; the first counts as {name}")
                    said = message.format(header=cell.text, name=name)
                    self.gathering.problem(self.table.sheet, cell, said, Severity.WARNING)

    def _problem(self, cell: Cell, message: str) -> None:
        self.gathering.problem(self.table.sheet, cell, message)


@dataclass(frozen=True)
class Record:
    """One row. What cannot be read is None, and a problem is noted; what is empty is None and no problem."""

    reading: Reading
    row: Row

    def cell(self, name: str) -> Cell | None:
        """The cell of a column by our name; None where the file has no such column."""
        at = self.reading.table.places.get(name)
        return self.row.cells[at] if at is not None and at < len(self.row.cells) else None

    def place(self, *names: str) -> Cell:
        """The first of the columns' cells that is there, else the row's first: where a problem is shown."""
        return next((cell for name in names if (cell := self.cell(name)) is not None), self.row.cells[0])

    def text(self, name: str) -> str:
        """The text of a cell, "" where there is none."""
        cell = self.cell(name)
        return cell.text if cell else ""

    def number(self, name: str) -> float | None:
        """The number in a cell."""
        cell = self.cell(name)
        if cell is None or is_absent(cell.text):
            return None
        whole = self.reading.kinds[name] is Kind.COUNT
        if isinstance(cell.value, float) and (cell.value.is_integer() or not whole):
            return cell.value
        try:
            return read_figure(cell.text, self.reading.marks.get(name, ""), whole=whole)
        except UnreadableError as error:
            self.problem(cell, str(error))
            return None

    def moment(self, name: str) -> datetime | None:
        """The moment in a cell, aware and in UTC; a bare day means its noon where the column is one of days."""
        cell = self.cell(name)
        if cell is None or is_absent(cell.text):
            return None
        reading = self.reading
        kind = reading.kinds[name]
        serial = _SERIAL.fullmatch(cell.text)
        if serial:
            message = _(
                "{text} is how spreadsheets keep a day, maybe {day}; format the column as a date and save it again"
            )
            day = _FIRST_DAY + timedelta(days=int(serial[1]))
            self.problem(cell, message.format(text=cell.text, day=day))
            return None
        try:
            plain = plain_moment(cell.text, reading.orders.get(name, ""))
            text = plain[:_DAY] if kind is Kind.DAY else plain
            return read_moment(text, reading.zone_of(text), day_is_enough=kind is not Kind.MOMENT)
        except UnreadableError as error:
            self.problem(cell, str(error))
            return None

    def problem(self, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem at a cell."""
        self.reading.gathering.problem(self.reading.table.sheet, cell, message, severity)
