"""CSV as RFC 4180 has it, with the place of every cell. Python's csv module keeps no columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from toolkit.model import SourceText, Span

DELIMITERS: Final = ",;\t"
LINES: Final = 30  # in which the delimiter shows itself
_SEP_LINE: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_END_OF_LINE: Final = re.compile(r"\r\n|\r|\n|\Z")
_QUOTED: Final = re.compile(r'"[^"]*"')
_LOOK: Final = 65536


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, trimmed, and where it stands: offsets in the text; in a workbook its row and column, from 1.

    `value` is what a workbook holds itself: a number or a time needs no reading.
    """

    text: str
    start: int
    end: int
    value: float | datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record; `broken` is the offset of a stray quote that makes it unreadable."""

    cells: tuple[Cell, ...]
    start: int
    broken: int | None = None

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    @property
    def empty(self) -> bool:
        return self.broken is None and not any(cell.text for cell in self.cells)


def find_delimiter(text: str) -> tuple[str, int]:
    """The delimiter and the offset at which the rows begin.

    A ``sep=`` line decides; else the character that most of the first lines have equally often outside quotes.
    """
    match = _SEP_LINE.match(text)
    if match:
        return match[1], match.end()
    lines = [line for line in re.split(r"\r\n|\r|\n", _QUOTED.sub("", text[:_LOOK])) if line.strip()]
    return max(DELIMITERS, key=lambda one: _regularity([line.count(one) for line in lines[:LINES]])), 0


def _regularity(counts: list[int]) -> tuple[int, int]:
    """How many lines have the same number of it, and that number."""
    common = Counter(count for count in counts if count).most_common()
    return max(((lines, count) for count, lines in common), default=(0, 0))


def read_rows(text: str, delimiter: str, start: int = 0) -> Iterator[Row]:
    """Every record from `start`; quoted cells may hold delimiters, doubled quotes and line ends."""
    plain = rf"[^{re.escape(delimiter)}\r\n\"]*"
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*|({plain})')
    at = start
    while at < len(text):
        row, at = _read_row(text, at, cell, delimiter)
        if not row.empty:
            yield row


def _read_row(text: str, start: int, cell: re.Pattern[str], delimiter: str) -> tuple[Row, int]:
    cells: list[Cell] = []
    at = start
    while True:
        match = cell.match(text, at)
        if match is None:  # the second alternative matches everywhere
            raise AssertionError(at)
        value = match[2].strip() if match[1] is None else match[1].replace('""', '"').strip()
        cells.append(Cell(value, at, match.end()))
        at = match.end()
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        end = _END_OF_LINE.match(text, at)
        if end is not None:
            return Row(tuple(cells), start), max(end.end(), at)
        # A quote inside an unquoted cell, or text after a closing one: only this line is lost.
        following = _END_OF_LINE.search(text, at)
        return Row(tuple(cells), start, broken=at), following.end() if following else len(text)


def span_of(source: SourceText, cell: Cell) -> Span:
    """The place of a cell of a text."""
    return source.span(cell.start, cell.end)
