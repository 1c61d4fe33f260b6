"""The rows of a table, read column by column: numbers, days and times, and a problem at every cell that is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from toolkit.importers.figures import is_absent, proved_mark, read_figure
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Kind, Table, plain_header
from toolkit.importers.moments import plain_moment, proved_order
from toolkit.importers.rows import Cell, Row
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import Severity
from toolkit.values import dataclass

_DAY: Final = len("2026-07-14")
_KEYS: Final = frozenset({"id", "url", "day", "published_at"})
_TIMES: Final = frozenset({Kind.DAY, Kind.MOMENT, Kind.WHEN})
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
        own = {name: self._proved[name] for name in named}
        proved = {mark for mark in own.values() if mark}
        usual = proved.pop() if len(proved) == 1 else ""
        return {name: mark or usual for name, mark in own.items()}

    @cached_property
    def orders(self) -> dict[str, str]:
        """Each column of days: which of 07/08/2026 is the month."""
        slashes = self.table.layout.slashes
        return {
            name: self._proved[name] or slashes
            for name, kind in self.kinds.items()
            if kind in _TIMES and name in self._proved
        }

    @cached_property
    def _proved(self) -> dict[str, str]:
        """What each column of numbers or times proves as a whole."""
        layout, places = self.table.layout, self.table.places
        times = {one.name: proved_order for one in layout.columns if one.kind in _TIMES and one.name in places}
        counted = () if layout.decimal else layout.counted
        return self.table.sieve({**times, **{one.name: proved_mark for one in counted if one.name in places}})

    @cached_property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """The counted columns that are there, by our names, and where they are."""
        return tuple((name, self.table.places[name]) for name in self.marks)

    def zone_of(self, text: str) -> str:
        """The zone of a moment in ISO: bare days are the workspace's."""
        document = self.gathering.document
        return (self.zone or document.times or document.zone) if len(text) > _DAY else document.zone

    def records(self) -> Iterator[Record]:
        """Every row that is whole; the others are problems."""
        self._check_header()
        width = len(self.table.header.texts)
        for row in self.table.rows:
            if self._is_no_data(row):
                continue
            self.gathering.rows += 1
            if row.broken is not None:
                place = Cell("", row.broken, row.broken + 1)
                self._problem(place, _("a stray quote; double it and quote the whole cell"))
            elif len(row.texts) < width and self.table.sheet.source is not None:
                message = _(
                    "{found} cells, but the header has {wanted}; if it is the last row, the download was cut off"
                )
                self._problem(row.cells[0], message.format(found=len(row.texts), wanted=width))
            elif any(row.texts[width:]):
                message = _("{found} cells, but the header has {wanted}")
                self._problem(row.cells[width], message.format(found=len(row.texts), wanted=width))
            else:
                yield Record(self, row)

    def _is_no_data(self, row: Row) -> bool:
        """Whether the row is the header again, where files were put together, or sums the others up."""
        if row.texts == self.table.header.texts:
            self.gathering.problem(self.table.sheet, row.cells[0], _("the header stands here again"), Severity.HINT)
            return True
        width = len(row.texts)
        if not self._keys or any(row.texts[at].casefold() not in _TOTALS for at in self._keys if at < width):
            return False
        if not any(text and text.casefold() in _TOTALS for text in row.texts):
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
        at = self._at(name)
        return self.row.cells[at] if at is not None else None

    def _at(self, name: str) -> int | None:
        at = self.reading.table.places.get(name)
        return at if at is not None and at < len(self.row.texts) else None

    def place(self, *names: str) -> Cell:
        """The first of the columns' cells that is there, else the row's first: where a problem is shown."""
        return next((cell for name in names if (cell := self.cell(name)) is not None), self.row.cells[0])

    def text(self, name: str) -> str:
        """The text of a cell, "" where there is none."""
        at = self._at(name)
        return self.row.texts[at] if at is not None else ""

    def number(self, name: str) -> float | None:
        """The number in a cell."""
        at = self._at(name)
        if at is None or is_absent(self.row.texts[at]):
            return None
        whole = self.reading.kinds[name] is Kind.COUNT
        kept = self.row.value(at)
        if isinstance(kept, float) and (kept.is_integer() or not whole):
            return kept
        try:
            return read_figure(self.row.texts[at], self.reading.marks.get(name, ""), whole=whole)
        except UnreadableError as error:
            self.problem(self.row.cells[at], str(error))
            return None

    def numbers(self) -> dict[str, float]:
        """The numbers of all counted columns that are there, by our names."""
        texts = self.row.texts
        found: dict[str, float] = {}
        for name, at in self.reading.counted:
            text = texts[at] if at < len(texts) else ""
            value = float(text) if text.isdecimal() and text.isascii() else self.number(name)  # most cells are digits
            if value is not None:
                found[name] = value
        return found

    def moment(self, name: str) -> datetime | None:
        """The moment in a cell, aware and in UTC; a bare day means its noon where the column is one of days."""
        at = self._at(name)
        if at is None or is_absent(self.row.texts[at]):
            return None
        try:
            return self._moment(name, self.row.texts[at])
        except UnreadableError as error:
            self.problem(self.row.cells[at], str(error))
            return None

    def _moment(self, name: str, text: str) -> datetime:
        reading = self.reading
        serial = _SERIAL.fullmatch(text)
        if serial:
            message = _(
                "{text} is how spreadsheets keep a day, maybe {day}; format the column as a date and save it again"
            )
            raise UnreadableError(message.format(text=text, day=_FIRST_DAY + timedelta(days=int(serial[1]))))
        kind = reading.kinds[name]
        plain = plain_moment(text, reading.orders.get(name, ""))
        shown = plain[:_DAY] if kind is Kind.DAY else plain
        return read_moment(shown, reading.zone_of(shown), day_is_enough=kind is not Kind.MOMENT)

    def problem(self, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem at a cell."""
        self.reading.gathering.problem(self.reading.table.sheet, cell, message, severity)
