"""Calendar months in the workspace's zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from toolkit.errors import UsageError
from toolkit.kpis import AGE_HOURS, Period, midnight
from toolkit.messages import _


def read_month(text: str) -> date:
    """The first day of a month such as ``2026-10``; raises `UsageError`."""
    try:
        year, month = text.split("-")
        return date(int(year), int(month), 1)
    except ValueError:
        raise UsageError(_("a month looks like 2026-10, not {text!r}").format(text=text)) from None


def shift(first: date, months: int) -> date:
    """The first day of the month that many months later.

    >>> shift(date(2026, 1, 1), -1), shift(date(2026, 10, 1), -12), shift(date(2026, 12, 1), 1)
    (datetime.date(2025, 12, 1), datetime.date(2025, 10, 1), datetime.date(2027, 1, 1))
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def month_period(
    first: date, zone: ZoneInfo, until: datetime, *, months: int = 1, age_hours: float = AGE_HOURS
) -> Period:
    """The `months` months that end with the month of `first`; posts count at `age_hours`."""
    return Period(midnight(shift(first, 1 - months), zone), midnight(shift(first, 1), zone), until, age_hours)


def last_month(now: datetime, zone: str) -> str:
    """The last month that is over in a zone, such as ``2026-10``."""
    return f"{shift(now.astimezone(ZoneInfo(zone)).date().replace(day=1), -1):%Y-%m}"
