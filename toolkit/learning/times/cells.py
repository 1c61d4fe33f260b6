"""The cells of a week in which posting times are compared: few enough that each has posts.

Seven weekdays by twenty-four hours are 168 cells, and whoever takes the best of them takes the luckiest: on a real page
such a cell promised three and a half times as much as usual and delivered nothing. Eight are what a year of posts can carry.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.kpis.dayparts import DAY_PARTS, part_of_day
from toolkit.kpis.titles import part_title
from toolkit.messages import _

WEEK: Final = "week"
WEEKEND: Final = "weekend"
SATURDAY: Final = 6
CELLS: Final = tuple(f"{days} {part}" for days in (WEEK, WEEKEND) for part in DAY_PARTS)


def cell_of(local: datetime) -> str:
    """The cell of a local time.

    >>> from datetime import datetime
    >>> cell_of(datetime(2026, 11, 20, 9, 59)), cell_of(datetime(2026, 11, 21, 18, 0))
    ('week morning', 'weekend evening')
    """
    days = WEEKEND if local.isoweekday() >= SATURDAY else WEEK
    return f"{days} {part_of_day(local.hour)}"


def cell_title(cell: str) -> str:
    """How people call it."""
    days, _space, part = cell.partition(" ")
    start, end = part_hours(part)
    title = (
        _("Monday to Friday, {part} ({start} to {end})") if days == WEEK else _("weekend, {part} ({start} to {end})")
    )
    return title.format(part=part_title(part), start=start, end=end)


def part_hours(part: str) -> tuple[str, str]:
    """Where a part of the day begins and ends, on the clock.

    >>> part_hours("midday"), part_hours("evening")
    (('10:00', '14:00'), ('18:00', '24:00'))
    """
    start, end = DAY_PARTS[part]
    return f"{start:02}:00", f"{end:02}:00"


def cell_name(cell: str) -> str:
    """The same in few letters, for the edge of a chart."""
    days, _space, part = cell.partition(" ")
    name = _("Mon to Fri, {part}") if days == WEEK else _("weekend, {part}")
    return name.format(part=part_title(part))
