"""Moments of the next weeks at which an account may post: the house's usual time in each cell, where the handbook allows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import median_low
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.learning.times.cells import CELLS, cell_of
from toolkit.learning.times.posts import TimedPost
from toolkit.model import Existence, WallTime
from toolkit.planning import Timetable, calendars, duty_of, free_slots, is_open, taken_slots
from toolkit.settings import Account
from toolkit.workspace import DayKind, Workspace

AHEAD: Final = timedelta(days=56)
_HALF: Final = 30  # minutes
_QUIET: Final = (DayKind.PUBLIC, DayKind.MOURNING)
# Where a cell has no posts yet: the middle of its part, of the morning its last working hours.
_MIDDLES: Final = {part: time((max(start, 7) + min(end, 21)) // 2) for part, (start, end) in DAY_PARTS.items()}


def find_openings(
    workspace: Workspace, account: Account, posts: Sequence[TimedPost], after: datetime
) -> Iterator[datetime]:
    """Moments later than the day of `after` on the account's clock, in order: one for each cell of each day.

    Where the handbook keeps a free posting slot in the cell it is that slot, else the house's usual time. Left out are
    quiet hours, times outside the account's window, public holidays, days of mourning, times at which nobody is on duty,
    moments too near to what is planned or to a posting slot, and wall times that a clock change makes doubtful.
    """
    timetable, now = Timetable(workspace), after.astimezone(UTC)
    zone, duty, taken = timetable.zone(account), duty_of(workspace, timetable), taken_slots(workspace, after)
    clocks = usual_clocks(posts)
    kept = calendars((), workspace.settings.policy)
    for slot in timetable.slots(account, now, now + AHEAD + timedelta(days=2)):
        kept.take(account.name, slot.at)
    first = after.astimezone(zone).date()
    for number in range(1, AHEAD.days + 1):
        day = first + timedelta(days=number)
        if any(one.kind in _QUIET for one in timetable.specials(day)):
            continue
        found = {cell_of(local): local for local in _usual(clocks, day, account, workspace)}
        found = {cell: local for cell, local in found.items() if kept.has_room(account.name, local.astimezone(UTC))}
        free = free_slots(timetable, taken, (day, day), now, (account.name,))
        kept_free = [slot.at.astimezone(zone) for slot in free]
        found |= {cell_of(local): local for local in reversed(kept_free)}
        for local in sorted(found.values()):
            moment = local.astimezone(UTC)
            if taken.has_room(account.name, moment) and not duty.cover(moment, account).missing:
                yield local


def posting_slots(workspace: Workspace, account: Account, after: datetime) -> frozenset[datetime]:
    """The moments (UTC) that the handbook keeps for posts of the account anyway, as far ahead as openings go."""
    slots = Timetable(workspace).slots(account, after, after + AHEAD + timedelta(days=2))
    return frozenset(slot.at for slot in slots)


def _usual(clocks: Mapping[str, time], day: date, account: Account, workspace: Workspace) -> Iterator[datetime]:
    """The house's usual times on a day, where the settings let the account post."""
    zone = account.timezone or workspace.settings.timezone
    for clock in sorted(clocks.values()):
        wall = WallTime(datetime.combine(day, clock), zone)
        local = wall.instant().astimezone(ZoneInfo(zone))
        plain = wall.existence() is Existence.ONCE and clocks[cell_of(local)] == clock
        if plain and is_open(local, account, workspace.settings):
            yield local


def usual_clocks(posts: Sequence[TimedPost]) -> Mapping[str, time]:
    """Cell → the middle time of the house's posts in it, to half an hour."""
    clocks = {}
    for cell in CELLS:
        minutes = [post.local.hour * 60 + post.local.minute for post in posts if post.cell == cell]
        clock = _MIDDLES[cell.partition(" ")[2]]
        if minutes:
            hour, minute = divmod(median_low(minutes) // _HALF * _HALF, 60)
            clock = time(hour, minute)
        clocks[cell] = clock
    return clocks
