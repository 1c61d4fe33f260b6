"""The rows of a table, read column by column: numbers, days and times, and a problem at every cell that is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from toolkit.importers.figures import decimal_mark, is_absent, read_figure
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Kind, Table, plain_header
from toolkit.importers.moments import plain_moment, slash_order
from toolkit.importers.rows import Cell, Row
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import Severity


@dataclass(frozen=True)
class Reading:
    """A table that is being read, with what its columns as a whole say about their cells."""

    table: Table
    gathering: Gathering

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

    def records(self) -> Iterator[Record]:
        """Every row that is whole; the others are problems."""
        self._check_header()
        width = len(self.table.header.cells)
        for row in self.table.rows:
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
        if isinstance(cell.value, float):
            return cell.value
        whole = self.reading.kinds[name] is Kind.COUNT
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
        try:
            plain = plain_moment(cell.text, reading.orders.get(name, ""))
            text = plain[:10] if kind is Kind.DAY else plain
            return read_moment(text, reading.gathering.document.zone, day_is_enough=kind is not Kind.MOMENT)
        except UnreadableError as error:
            self.problem(cell, str(error))
            return None

    def problem(self, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem at a cell."""
        self.reading.gathering.problem(self.reading.table.sheet, cell, message, severity)
