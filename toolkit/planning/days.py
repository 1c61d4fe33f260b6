"""Which slots lie in a span of days, and the days on which clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from toolkit.planning.slots import Slot
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The moment (UTC) at which a zone's clocks jump, and by how much: positive is forward, into summer time."""

    at: datetime
    by: timedelta
    before: str  # the zone's abbreviation until then, such as CET
    after: str


def between(planned: Iterable[Slot], first: date | None, last: date | None, zone: tzinfo) -> tuple[Slot, ...]:
    """The slots from the day `first` to the day `last` in `zone`, both included; None is no limit.

    Slots without a moment lie ahead: they are left out only when `last` is given.
    """

    def inside(slot: Slot) -> bool:
        if slot.due is None:
            return last is None
        day = slot.due.astimezone(zone).date()
        return (first is None or first <= day) and (last is None or day <= last)

    return tuple(slot for slot in planned if inside(slot))


def clock_changes(zone: tzinfo, start: datetime, end: datetime) -> tuple[ClockChange, ...]:
    """Every change of the zone's offset after `start` and up to `end` (both aware), to the second."""
    changes = []
    at, last = start.astimezone(UTC), end.astimezone(UTC)
    before = _offset(zone, at)
    while at < last:
        step = min(at + timedelta(days=1), last)
        offset = _offset(zone, step)
        if offset != before:
            changes.append(_change(zone, at, step))
        at, before = step, offset
    return tuple(changes)


def _change(zone: tzinfo, early: datetime, late: datetime) -> ClockChange:
    """The change between two moments, found by halving."""
    before = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    at = late.replace(microsecond=0)
    local = at.astimezone(zone)
    return ClockChange(at, _offset(zone, at) - before, f"{early.astimezone(zone):%Z}", f"{local:%Z}")


def _offset(zone: tzinfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
