"""What a kind of export looks like, as data: its columns by the names that networks give them in German and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final

from toolkit.importers.base import Columns, Match
from toolkit.importers.export import Export
from toolkit.importers.rows import Row
from toolkit.importers.sheet import Sheet
from toolkit.values import dataclass

PREAMBLE: Final = 40  # rows in which a header is looked for
# The same header has „these“ quotes in one file and "those" in another.
_QUOTES: Final = {**dict.fromkeys(map(ord, "\"'„“”‚‘’«»"), None), ord("\u00a0"): " "}  # noqa: RUF001  # quotes as they are written
_NO_ROW: Final = Row((), 0)
_SPACE: Final = re.compile(r"\s+")
# Part of a header's words → the column is about a person and is not taken over.
_PERSONAL: Final = re.compile(
    r"e-?mail|\bphone\b|telefon|\bmobile? ?(?:number|nummer|\Z)|handy|\bfirst name|\blast name|vorname|nachname|posted by|published by|"
    r"gepostet von|veröffentlicht von|\baddress|\badresse|anschrift|\bstreet|straße|strasse|\bzip\b|postal|"
    r"\bplz\b|\bip\b|customer|kunde|birthday|geburt|\bbilling|\bshipping (?!method|cost|price)|note attributes"
)


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    COUNT = "count"  # whole numbers
    NUMBER = "number"  # with decimals; per cent become a share of 1, clocks seconds
    MOMENT = "moment"  # with a time of day
    WHEN = "when"  # with one where it is there; a bare day is its noon
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by our name, and the headers under which it is known; case and spaces do not matter."""

    name: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    needed: bool = False

    @property
    def counts(self) -> bool:
        return self.kind in (Kind.COUNT, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of file. Others that it has are ignored, and said so."""

    columns: tuple[Column, ...]
    slashes: str = ""  # `moments.MONTH_FIRST` where the network documents it
    foreign: tuple[str, ...] = ()  # headers that prove that it is another kind of file
    any_of: tuple[str, ...] = ()  # our names, one of which has to be there; default: every counted column
    decimal: str = ""  # the decimal mark, where it is known beforehand

    def column(self, name: str) -> Column:
        """The column by our name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def counted(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.counts)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header was found: where our columns are, and the rows below."""

    sheet: Sheet
    layout: Layout
    header: Row
    places: dict[str, int] = field(default_factory=dict)  # our name → index of the cell
    rows: Sequence[Row] = ()

    @property
    def columns(self) -> Columns:
        """What became of the file's columns."""
        taken = {index: name for name, index in self.places.items()}
        used = {text: taken[index] for index, text in enumerate(self.header.texts) if index in taken}
        others = [text for index, text in enumerate(self.header.texts) if index not in taken and text]
        dropped = tuple(text for text in others if is_personal(text))
        return Columns(used, tuple(text for text in others if text not in dropped), dropped)

    def sieve(self, wanted: Mapping[str, Callable[[str], str]]) -> dict[str, str]:
        """What the cells of each column prove, each asked alone; "" where none proves anything, or two contradict each other.

        The rows are walked over once.
        """
        found: dict[str, set[str]] = {name: set() for name in wanted}
        columns = [(self.places[name], prove, found[name]) for name, prove in wanted.items()]
        for row in self.rows if columns else ():
            for at, prove, some in columns:
                if at < len(row.texts):
                    some.add(prove(row.texts[at]))
        return {name: "".join(some) if len(some - {""}) == 1 else "" for name, some in found.items()}


def plain_header(text: str) -> str:
    """A header as it is compared: lower case, single spaces, no quotes, no marks around it."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip(" :*").casefold()


def is_personal(header: str) -> bool:
    """Whether a column is about people."""
    return _PERSONAL.search(plain_header(header)) is not None


def match_layout(export: Export, layout: Layout) -> Match:
    """What of the layout the export's best sheet has."""
    matches = [_match(row, layout) for sheet in export.sheets for row in sheet.rows[:PREAMBLE]]
    return max(
        matches, key=lambda match: (match.fits, len(match.found) > 1, match.nearness), default=_match(_NO_ROW, layout)
    )


def find_tables(export: Export, layout: Layout) -> list[Table]:
    """Every sheet of the export that has the layout's needed columns."""
    return [table for sheet in export.sheets if (table := find_table(sheet, layout)) is not None]


def find_table(sheet: Sheet, layout: Layout) -> Table | None:
    """The table whose header stands within the first rows of the sheet."""
    for index, row in enumerate(sheet.rows[:PREAMBLE]):
        if _match(row, layout).fits:
            return Table(sheet, layout, row, _places(row, layout), sheet.rows[index + 1 :])
    return None


def _match(row: Row, layout: Layout) -> Match:
    places = _places(row, layout)
    headers = [plain_header(text) for text in row.texts]
    foreign = {plain_header(text) for text in layout.foreign}
    missing = [column.headers[0] for column in layout.columns if column.needed and column.name not in places]
    either = layout.any_of or tuple(column.name for column in layout.counted)
    if either and not any(name in places for name in either):
        either_one = layout.column(either[0]).headers[0]
        missing += [either_one] if either_one not in missing else []
    if any(header in foreign for header in headers):
        return Match()
    return Match(tuple(row.texts[at] for at in places.values()), tuple(missing))


def _places(row: Row, layout: Layout) -> dict[str, int]:
    """Our name → cell, by the first of the column's headers that is there."""
    headers = [plain_header(text) for text in row.texts]
    places: dict[str, int] = {}
    for column in layout.columns:
        at = _first(headers, [plain_header(text) for text in column.headers])
        if at is not None and at not in places.values():
            places[column.name] = at
    return places


def _first(headers: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((headers.index(one) for one in wanted if one in headers), None)
