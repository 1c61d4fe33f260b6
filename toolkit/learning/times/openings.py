"""Moments of the next weeks at which an account may post: the house's usual time in each cell, where the handbook allows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from statistics import median_low
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.learning.times.cells import CELLS, cell_of
from toolkit.learning.times.posts import TimedPost
from toolkit.model import Existence, WallTime
from toolkit.planning import calendars, is_open, slots, special_days
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
    """Moments later than the day of `after` on the account's clock, in order.

    Left out are quiet hours, times outside the account's window, public holidays, days of mourning, moments too near to planned posts, and
    wall times that a clock change makes doubtful.
    """
    settings = workspace.settings
    zone = ZoneInfo(account.timezone or settings.timezone)
    taken, clocks = calendars(slots(workspace), settings.policy), usual_clocks(posts)
    first = after.astimezone(zone).date()
    years = tuple({(first + timedelta(days=number)).year for number in range(AHEAD.days + 1)})
    special = special_days(settings.region, years, settings.interface, workspace.occasions[0])
    for number in range(1, AHEAD.days + 1):
        day = first + timedelta(days=number)
        if any(one.kind in _QUIET for one in special.get(day, ())):
            continue
        for clock in sorted(clocks.values()):
            wall = WallTime(datetime.combine(day, clock), str(zone))
            local = wall.instant().astimezone(zone)
            plain = wall.existence() is Existence.ONCE and clocks[cell_of(local)] == clock
            room = taken.has_room(account.name, local.astimezone(UTC))
            if plain and room and is_open(local, account, settings):
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
