"""The period that a KPI is asked about, and as known at which moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.values import dataclass

AGE_HOURS: Final = 7 * 24.0  # at which posts are compared
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Period:
    """What is asked about: from `start` until before `end`, as known at `until`; all aware."""

    start: datetime
    end: datetime
    until: datetime
    age_hours: float = AGE_HOURS

    @property
    def naive(self) -> tuple[datetime, datetime, datetime]:
        """Start, end and until as the tables write times."""
        start, end, until = (
            moment.astimezone(UTC).replace(tzinfo=None) for moment in (self.start, self.end, self.until)
        )
        return start, end, until

    @property
    def ripe(self) -> bool:
        """Whether every post of the period had reached its age at `until`."""
        return self.until >= self.end + timedelta(hours=self.age_hours)

    @property
    def blanks(self) -> dict[str, str]:
        """What is filled into the blanks of an expression; see `toolkit.kpis.facts`."""
        start, end, until = self.naive
        seen = min(until, end + timedelta(hours=self.age_hours))
        moments = {"start": start, "end": end, "until": until, "seen": seen}
        texts = {name: moment.isoformat(" ", "microseconds") for name, moment in moments.items()}
        return {**texts, "age": str(int(self.age_hours * 3600)), "hours": str(int(self.age_hours))}


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in a zone, as periods begin and end."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def ripe_year(seen: datetime, age_hours: float = AGE_HOURS) -> Period:
    """The 365 days of posts that had all reached their age at `seen`: what "a year of posts" means wherever groups are compared.

    >>> year = ripe_year(datetime(2026, 11, 8, tzinfo=UTC))
    >>> f"{year.start:%Y-%m-%d} {year.end:%Y-%m-%d}"
    '2025-11-01 2026-11-01'
    """
    end = seen - timedelta(hours=age_hours)
    return Period(end - YEAR, end, seen, age_hours)


def split_months(period: Period, zone: ZoneInfo) -> list[tuple[str, Period]]:
    """The period's months, such as ``2026-10``, cut at the period's ends."""
    months = []
    start = period.start.astimezone(zone)
    while start < period.end:
        year, month = divmod(start.year * 12 + start.month, 12)
        following = datetime(year, month + 1, 1, tzinfo=zone)
        end = min(following, period.end.astimezone(zone))
        months.append((f"{start:%Y-%m}", Period(start, end, period.until, period.age_hours)))
        start = following
    return months
