"""Counts from a CSV file, as `leitstand crisis detect` takes them: rows ``timestamp,value``, told by line and column.

A header with the columns ``timestamp`` and ``value``, in any order and among others, or none and the two come first;
commas, semicolons or tabs. Times are ISO 8601; those without an offset are wall times of one zone. Where the clocks are
put back, rows that seem to go back an hour are its second run. A value is a whole number, and a time at which nothing
was counted has no row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.messages import _
from toolkit.model import Existence, Problem, Severity, SourceText, Span, WallTime, in_range
from toolkit.surprise.grid import Count
from toolkit.values import dataclass

RULE: Final = "counts"
COLUMNS: Final = ("timestamp", "value")
DELIMITERS: Final = (",", ";", "\t")
# Spreadsheets write whole numbers as 12.0 when one was missing.
WHOLE: Final = re.compile(r"([0-9]{1,15})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the timestamp as it stands there, and the count."""

    timestamp: str
    count: Count


class UnusableCellError(ValueError):
    """A cell that cannot be used: which column, and why."""

    def __init__(self, column: int, why: str) -> None:
        super().__init__(why)
        self.column = column


def read_rows(path: str, data: bytes, zone: ZoneInfo) -> tuple[list[Row], list[Problem]]:
    """The rows of a file in the order of time, and what is wrong with it; use no row while there is a problem.

    `zone` is that of times without an offset.
    """
    try:
        source = SourceText(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [], [_problem(path, Span(line, 1, line, 1), _("not UTF-8; save the file as UTF-8"))]
    lines = [(number, line) for number, line in enumerate(source.lines, 1) if line.strip()]
    if not lines:
        return [], [_problem(path, Span(), _("no rows; expected timestamp,value and a row for each count"))]
    try:
        reader = _Reader(path, lines[0][1], zone)
    except UnusableCellError as error:
        return [], [_problem(path, Span(lines[0][0], 1, lines[0][0], 1), str(error))]
    return reader.read(lines)


class _Reader:
    """One file's columns, and the row before."""

    def __init__(self, path: str, first: str, zone: ZoneInfo) -> None:
        self.path, self.zone = path, zone
        self.delimiter = max(DELIMITERS, key=first.count)
        names = [cell.strip() for cell in self._cells(first)]
        self.has_header = not any(map(_is_time, names))
        header = [name.lower() for name in names] if self.has_header else list(COLUMNS)
        self.missing = [name for name in COLUMNS if name not in header]
        self.timestamp, self.value = (header.index(name) if name in header else 0 for name in COLUMNS)
        self.last = max(self.timestamp, self.value)
        self.before: datetime | None = None

    def read(self, lines: list[tuple[int, str]]) -> tuple[list[Row], list[Problem]]:
        if self.missing:
            message = _("no column {name}; the first line names the columns: timestamp,value")
            top = lines[0][0]
            return [], [_problem(self.path, Span(top, 1, top, 1), message.format(name=", ".join(self.missing)))]
        rows: list[Row] = []
        problems: list[Problem] = []
        for number, line in lines[self.has_header :]:
            try:
                rows.append(self._row(line))
            except UnusableCellError as error:
                problems.append(_problem(self.path, self._span(number, line, error.column), str(error)))
        if not rows and not problems:
            problems.append(_problem(self.path, Span(), _("no rows under the header")))
        return rows, problems

    def _row(self, line: str) -> Row:
        cells = self._cells(line)
        if len(cells) <= self.last:
            why = _("this row has fewer than {number} columns; expected timestamp and value as in the first line")
            raise UnusableCellError(len(cells) - 1, why.format(number=self.last + 1))
        timestamp, value = cells[self.timestamp].strip(), cells[self.value].strip()
        at = self._instant(timestamp)
        number = WHOLE.fullmatch(value)
        if number is None:
            why = _("{value!r} is no count: write a whole number from 0; leave the row out when nothing was counted")
            raise UnusableCellError(self.value, why.format(value=_short(value)))
        self.before = at
        return Row(timestamp, Count(at, int(number[1])))

    def _cells(self, line: str) -> list[str]:
        # A timestamp and a number need no quotes; taking a line apart at once is ten times as fast.
        if '"' not in line:
            return line.split(self.delimiter)
        try:
            return next(csv.reader([line], delimiter=self.delimiter))
        except csv.Error as error:
            raise UnusableCellError(0, _("no CSV: {error}").format(error=error)) from None

    def _instant(self, text: str) -> datetime:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = None
        if at is None or not in_range(at):
            why = _("{text!r} is no time; write ISO 8601, such as 2026-11-21 14:05:00 or 2026-11-21T14:05+01:00")
            raise UnusableCellError(self.timestamp, why.format(text=_short(text)))
        at = self._local(at) if at.tzinfo is None else at.astimezone(UTC)
        if self.before is not None and at <= self.before:
            why = _("{text} does not come after the row before; sort the rows by time and keep each time once")
            raise UnusableCellError(self.timestamp, why.format(text=text))
        return at

    def _local(self, wall: datetime) -> datetime:
        """A wall time of the zone; of an hour that happens twice, the run that goes on from the row before."""
        if self.zone.key == "UTC":
            return wall.replace(tzinfo=UTC)
        existence = WallTime(wall, self.zone.key).existence()
        if existence is Existence.GAP:
            why = _("{wall} does not exist in {zone}; add an offset, or say in which zone the times are: --timezone")
            raise UnusableCellError(self.timestamp, why.format(wall=wall, zone=self.zone.key))
        first = wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)
        if existence is Existence.FOLD and self.before is not None and first <= self.before:
            return wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        return first

    def _span(self, line: int, text: str, column: int) -> Span:
        """The place of a cell; in a line with quotes, its beginning."""
        parts = [text] if '"' in text else text.split(self.delimiter)
        column = min(column, len(parts) - 1) if '"' not in text else 0
        start = sum(len(part) + 1 for part in parts[:column]) + 1
        return Span(line, start, line, start + len(parts[column]))


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _problem(path: str, span: Span, message: str) -> Problem:
    return Problem(path, span, RULE, Severity.ERROR, message)


def usual_step(rows: Sequence[Row]) -> float:
    """The usual seconds between rows: the median, in whole seconds where it is one or more; 0 for a single row."""
    instants = [row.count.at for row in rows]
    gaps = sorted((after - before).total_seconds() for before, after in pairwise(instants))
    if not gaps:
        return 0.0
    median = gaps[len(gaps) // 2]
    return float(round(median)) if median >= 1 else median
