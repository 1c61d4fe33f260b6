"""The next moment at which something may go out: the settings' hours, and a distance from what is planned already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.model import Existence, WallTime
from toolkit.settings import Account, Settings
from toolkit.values import dataclass

STEP: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Line:
    """What goes out one after another: moments (UTC) in order, at least so many minutes apart."""

    moments: Sequence[datetime]
    minutes: int

    def has_room(self, moment: datetime) -> bool:
        """Whether nothing in the line is too close to `moment`."""
        apart = timedelta(minutes=self.minutes)
        at = bisect_left(self.moments, moment)
        around = (self.moments[index] for index in (at - 1, at) if 0 <= index < len(self.moments))
        return all(abs(other - moment) >= apart for other in around)


def next_opening(after: datetime, account: Account, settings: Settings, lines: Sequence[Line] = ()) -> datetime | None:
    """The first moment after `after` (aware) in steps of five minutes, on the account's own clock; None within two weeks.

    It lies in the account's hours and has room in all of `lines`. Moments that a clock change makes doubtful are
    left out.
    """
    zone = ZoneInfo(account.timezone or settings.timezone)
    for moment in _steps(after):
        local = moment.astimezone(zone)
        if is_open(local, account, settings) and all(line.has_room(moment) for line in lines) and _is_plain(local):
            return local
    return None


def is_open(local: datetime, account: Account, settings: Settings) -> bool:
    """Whether the settings let the account post at this time of its own clock."""
    window = settings.window(account)
    quiet = any(hours.contains(local.time()) for hours in settings.policy.quiet_hours)
    return not quiet and (window is None or window.contains(local))


def _steps(after: datetime) -> Iterator[datetime]:
    start = after.astimezone(UTC).replace(second=0, microsecond=0)
    start -= timedelta(minutes=start.minute % 5)
    for step in range(1, LONGEST // STEP):
        yield start + step * STEP


def _is_plain(local: datetime) -> bool:
    zone = str(local.tzinfo)
    return WallTime(local.replace(tzinfo=None, fold=0), zone).existence() is Existence.ONCE
