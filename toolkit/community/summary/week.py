"""Calendar weeks (ISO 8601) in the workspace's zone: from Monday until before the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.values import dataclass

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")
DAYS: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week; `monday` is its first day."""

    monday: date

    @property
    def name(self) -> str:
        """``2026-W47``."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=DAYS - 1)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From its first moment until before the next week's, aware; 167 or 169 hours where clocks change."""
        return datetime.combine(self.monday, time(0), zone), datetime.combine(self.shift(1).monday, time(0), zone)

    def shift(self, weeks: int) -> Week:
        """So many weeks later; negative ones are earlier."""
        return Week(self.monday + timedelta(weeks=weeks))

    def days(self) -> Iterator[date]:
        """Monday to Sunday."""
        return (self.monday + timedelta(days=number) for number in range(DAYS))


def read_week(text: str) -> Week:
    """The week of a name such as ``2026-W47``. Raises `UsageError`."""
    found = _WEEK.fullmatch(text.strip().upper())
    try:
        return Week(date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else _refuse(text)
    except ValueError:
        return _refuse(text)


def week_of(now: datetime, zone: ZoneInfo) -> Week:
    """The week in which a moment lies."""
    day = now.astimezone(zone).date()
    return Week(day - timedelta(days=day.weekday()))


def _refuse(text: str) -> Week:
    raise UsageError(_("a week looks like {example}, not {text!r}").format(example="2026-W47", text=text))
