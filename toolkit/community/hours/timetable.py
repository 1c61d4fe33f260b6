"""Business time: how much of the time between two moments somebody answered, and when so much of it will have passed.

All spans of the years that were asked for stand in one list with the open time before each, so that every question is
two look-ups. Adding up whole microseconds, it is exact: parts make up the whole, and `deadline` undoes `business_time`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.hours.spans import MICROSECOND, moment_of, spans_of, ticks
from toolkit.settings import Hours
from toolkit.values import dataclass

# What `in_range` of the model calls a year.
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True)
class _Years:
    """The spans of some years: begins, ends, and the open time before each of them, in microseconds."""

    first: int
    last: int
    begins: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]

    def passed(self, at: int) -> int:
        """The open time until `at`."""
        index = bisect_right(self.begins, at) - 1
        return self.before[index] + min(at, self.ends[index]) - self.begins[index] if index >= 0 else 0

    def reached(self, amount: int) -> int | None:
        """The first moment at which so much open time has passed; None when it lies behind."""
        index = bisect_right(self.before, amount - 1) - 1
        if index < 0:
            return None
        at = self.begins[index] + amount - self.before[index]
        return at if at <= self.ends[index] else None


@dataclass(slots=True, eq=False)
class Timetable:
    """When somebody answers. `hours_of` says which spans begin on a day, `until` the last year in which any does."""

    zone: ZoneInfo
    hours_of: Callable[[date], Sequence[Hours]]
    until: int = LAST_YEAR
    always: bool = False
    _years: _Years | None = field(default=None, repr=False)

    def is_open(self, at: datetime) -> bool:
        """Whether somebody answers at this moment (aware)."""
        if self.always:
            return True
        moment = ticks(at)
        known = self._covering(moment, moment)
        index = bisect_right(known.begins, moment) - 1
        return index >= 0 and moment < known.ends[index]

    def business_time(self, start: datetime, end: datetime) -> timedelta:
        """The open time between two moments; negative when `end` is before `start`."""
        first, last = ticks(start), ticks(end)
        if self.always:
            return end - start
        known = self._covering(min(first, last), max(first, last))
        return (known.passed(last) - known.passed(first)) * MICROSECOND

    def deadline(self, start: datetime, allowance: timedelta) -> datetime | None:
        """The first moment, in UTC, at which so much open time has passed since `start`; None when it never has.

        An allowance of nothing is over at once. What ends with a day's service ends in its evening.
        """
        first, wanted = ticks(start), allowance // MICROSECOND
        if wanted <= 0 or self.always:
            return moment_of(first + max(wanted, 0))
        last = first
        while True:
            known = self._covering(first, last)
            found = known.reached(known.passed(first) + wanted)
            if found is not None or known.last > min(self.until, LAST_YEAR):
                return moment_of(found) if found is not None else None
            # Twice as many years: what nobody ever reaches is not looked for year by year.
            last = ticks(datetime(min(2 * known.last - known.first, LAST_YEAR), 1, 1, tzinfo=UTC))

    def _covering(self, first: int, last: int) -> _Years:
        """The known years, after making sure that all from `first` to `last` are among them, and their neighbours."""
        known = self._years
        begin, end = max(_year(first) - 1, FIRST_YEAR), min(_year(last), LAST_YEAR) + 2
        if known is not None:
            if known.first <= begin and end <= known.last:
                return known
            begin, end = min(begin, known.first), max(end, known.last)
        made = self._years = self._build(begin, end)
        return made

    def _build(self, first: int, last: int) -> _Years:
        begins: list[int] = []
        ends: list[int] = []
        before: list[int] = []
        for begin, end in sorted(self._spans(first, last)):
            if ends and begin <= ends[-1]:
                ends[-1] = max(ends[-1], end)
                continue
            before.append(before[-1] + ends[-1] - begins[-1] if ends else 0)
            begins.append(begin)
            ends.append(end)
        return _Years(first, last, begins, ends, before)

    def _spans(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        day, end = date(first, 1, 1), date(last, 1, 1)
        while day < end:
            yield from spans_of(day, self.hours_of(day), self.zone)
            day += timedelta(days=1)


def _year(at: int) -> int:
    return min(max(moment_of(at).year, FIRST_YEAR), LAST_YEAR)


ALWAYS: Final = Timetable(ZoneInfo("UTC"), lambda _day: (), always=True)
