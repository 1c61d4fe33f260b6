"""An account for which the handbook keeps no slots goes along with another channel of the same post."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from toolkit.model import Existence, WallTime
from toolkit.planning.calendars import Calendars
from toolkit.planning.openings import is_open
from toolkit.planning.timetable import PostingSlot, Timetable
from toolkit.settings import Account


def follow(
    at: datetime, account: Account, timetable: Timetable, taken: Calendars, campaign: str = ""
) -> PostingSlot | None:
    """The moment `at` (aware) as a slot of the account; None where it may not post then or something is too close."""
    zone = timetable.zone(account)
    local = at.astimezone(zone)
    wall = plain_wall(local, zone)
    open_then = is_open(local, account, timetable.workspace.settings)
    if wall is None or not open_then or not taken.has_room(account.name, at, campaign):
        return None
    return PostingSlot(account, at.astimezone(UTC), wall, None, timetable.specials(local.date()))


def plain_wall(local: datetime, zone: ZoneInfo) -> WallTime | None:
    """The wall time of a moment; None where the clocks show it twice."""
    wall = WallTime(local.replace(tzinfo=None, fold=0), str(zone))
    return wall if wall.existence() is Existence.ONCE else None
