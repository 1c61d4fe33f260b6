"""CSV as RFC 4180 has it, read row by row, with the place of every cell for whoever asks. Python's csv module keeps none.

The rows of a text are not kept: an export of 200,000 posts has more cells than anybody has memory for. Each walk over
them reads the text again, which costs less than one look at every cell.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import Final

from toolkit.model import SourceText, Span
from toolkit.values import dataclass

DELIMITERS: Final = ",;\t"
LINES: Final = 30  # in which the delimiter shows itself
_SEP_LINE: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_END_OF_LINE: Final = re.compile(r"\r\n|\r|\n|\Z")
_QUOTED: Final = re.compile(r'"[^"]*"')
_LOOK: Final = 65536


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, trimmed, and where it stands: offsets in the text; in a workbook its row and column, from 1.

    `value` is what a workbook holds itself: a number or a time needs no reading. `fault` is what stands in a cell that has
    none though it is not empty, such as ``#NAME?``; only who asks for it is told.
    """

    text: str
    start: int
    end: int
    value: float | datetime | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one record; `broken` is the offset of a stray quote that makes it unreadable."""

    texts: tuple[str, ...]
    start: int
    broken: int | None = None
    grammar: Grammar | None = field(default=None, repr=False, compare=False)  # of the text that it stands in
    known: tuple[Cell, ...] = ()  # of a workbook

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells with their places; those of a text are looked up in it again."""
        return self.known or (self.grammar.cells(self.start) if self.grammar else ())

    def value(self, at: int) -> float | datetime | None:
        """What a workbook's cell holds itself."""
        return self.known[at].value if self.known else None

    @property
    def empty(self) -> bool:
        return self.broken is None and not any(self.texts) and not any(cell.fault for cell in self.known)


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


@dataclass(frozen=True)
class Grammar:
    """A text and what parts its cells; quoted cells may hold delimiters, doubled quotes and line ends."""

    text: str
    delimiter: str

    def rows(self, start: int = 0) -> Iterator[Row]:
        """Every record from `start` that is not empty."""
        at = start
        while at < len(self.text):
            row, at = self._next(at)
            if not row.empty:
                yield row

    def cells(self, start: int) -> tuple[Cell, ...]:
        """The cells of the record that begins at `start`."""
        return self._look_closely(start)[0]

    def _next(self, start: int) -> tuple[Row, int]:
        """The record at `start` and where it ends: the short ways first, the sure one for what they do not know."""
        if self._usual:
            end = self._line_end(start)
            line = self.text[start:end].removesuffix("\n").removesuffix("\r")
            cells = self._split(line)
            if cells is not None:
                return Row(tuple(map(str.strip, cells)), start, None, self), end
        found, broken, end = self._look_closely(start)
        return Row(tuple(cell.text for cell in found), start, broken, self), end

    def _line_end(self, start: int) -> int:
        """Behind the first line end that no open quote holds."""
        text, at, quotes = self.text, start, 0
        while (end := text.find("\n", at)) >= 0:
            quotes += text.count('"', at, end)
            if quotes % 2 == 0:
                return end + 1
            at = end + 1
        return len(text)

    def _split(self, line: str) -> list[str] | None:
        """The cells of a record in which every quote opens or closes a whole cell; None for any other."""
        if '"' not in line:
            return line.split(self.delimiter)
        if self._whole is None or '"' in self._whole.sub("", line):
            return None
        try:
            rows = list(csv.reader([line], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    @cached_property
    def _usual(self) -> bool:
        """Whether every carriage return ends a line together with a line feed."""
        return self.text.count("\r") == self.text.count("\r\n")

    @cached_property
    def _whole(self) -> re.Pattern[str] | None:
        """A quoted cell between its delimiters; None where the delimiter is none that Python's csv module takes."""
        if self.delimiter in '" \r\n':
            return None
        mark = re.escape(self.delimiter)
        return re.compile(rf'(?:\A|(?<={mark}))"[^"]*(?:""[^"]*)*"(?={mark}|\Z)')

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        plain = rf"[^{re.escape(self.delimiter)}\r\n\"]*"
        return re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*|({plain})')

    def _look_closely(self, start: int) -> tuple[tuple[Cell, ...], int | None, int]:
        """The cells at `start`, the offset of a stray quote, and where the record ends."""
        cells: list[Cell] = []
        text, at = self.text, start
        while True:
            match = self._cell.match(text, at)
            if match is None:  # the second alternative matches everywhere
                raise AssertionError(at)
            value = match[2].strip() if match[1] is None else match[1].replace('""', '"').strip()
            cells.append(Cell(value, at, match.end()))
            at = match.end()
            if text[at : at + 1] == self.delimiter:
                at += 1
                continue
            end = _END_OF_LINE.match(text, at)
            if end is not None:
                return tuple(cells), None, max(end.end(), at)
            # A quote inside an unquoted cell, or text after a closing one: only this line is lost.
            following = _END_OF_LINE.search(text, at)
            return tuple(cells), at, following.end() if following else len(text)


def read_rows(text: str, delimiter: str, start: int = 0) -> Iterator[Row]:
    """Every record from `start`; empty ones are passed over."""
    return Grammar(text, delimiter).rows(start)


def span_of(source: SourceText, cell: Cell) -> Span:
    """The place of a cell of a text."""
    return source.span(cell.start, cell.end)
