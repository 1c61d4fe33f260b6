"""A day's spans of wall time as moments: open is when the clock on the wall says so, also where it was moved.

In the spring the hour that does not exist is not worked, in the autumn the one that comes twice is worked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.settings import Hours

_DAY: Final = timedelta(days=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


def ticks(moment: datetime) -> int:
    """Microseconds since 1970; raises `TypeError` for a moment without a zone."""
    return (moment - _EPOCH) // MICROSECOND


def moment_of(at: int) -> datetime:
    """The moment in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def spans_of(day: date, hours: Iterable[Hours], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Begin and end, in `ticks`, of every span that begins on `day`; what follows midnight belongs to it."""
    for span in hours:
        if day.weekday() in span.days:
            first = datetime.combine(day, span.start)
            last = datetime.combine(day if span.start < span.end else day + _DAY, span.end)
            yield from _pieces(first, last, zone)


def _pieces(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The moments at which the clock on the wall shows ``first <= wall < last``."""
    before, after = _offset(first, zone, 0), _offset(last, zone, 1)
    early = _ticks(first - before), _ticks(last - before)
    if before == after and _offset(first, zone, 1) == before == _offset(last, zone, 0):
        yield early
        return
    # A day on which the clock is moved, or one beside it: before the change by one offset, after it by the other.
    before, after = _offset(first - _DAY, zone, 0), _offset(last + _DAY, zone, 0)
    change = _change(_ticks(first - _DAY - before), _ticks(last + _DAY - after), before, zone)
    yield from _piece(_ticks(first - before), min(_ticks(last - before), change))
    yield from _piece(max(_ticks(first - after), change), _ticks(last - after))


def _piece(begin: int, end: int) -> Iterator[tuple[int, int]]:
    if begin < end:
        yield begin, end


def _offset(wall: datetime, zone: ZoneInfo, fold: int) -> timedelta:
    return wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)


def _ticks(naive_utc: datetime) -> int:
    return ticks(naive_utc.replace(tzinfo=UTC))


def _change(left: int, right: int, offset: timedelta, zone: ZoneInfo) -> int:
    """The moment between the two from which on the zone's offset is no longer `offset`."""
    while right - left > 1:
        middle = (left + right) // 2
        if moment_of(middle).astimezone(zone).utcoffset() == offset:
            left = middle
        else:
            right = middle
    return right
