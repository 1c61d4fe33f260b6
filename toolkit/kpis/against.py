"""A KPI beside what it was before, and beside its goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.definitions import Better, Kpi
from toolkit.kpis.period import Period, midnight
from toolkit.kpis.rows import Result
from toolkit.values import dataclass

EARLIER: Final = ("previous", "year")
GOAL: Final = "goal"
AGAINST: Final = (*EARLIER, GOAL)


@dataclass(frozen=True, slots=True)
class Beside:
    """One group's value beside another one: an earlier value, or a target."""

    group: str
    value: float | None
    other: float | None
    n: int | None  # of the earlier value; None for a target
    change: float | None  # relative; of a target: the share that is reached
    good: bool | None  # None where there is nothing to compare


def earlier_period(period: Period, which: str, zone: ZoneInfo) -> Period:
    """The period before of the same length, or the same days a year ago; whole months stay whole months.

    >>> from datetime import UTC, datetime
    >>> zone = ZoneInfo("Europe/Berlin")
    >>> march = Period(midnight(date(2026, 3, 1), zone), midnight(date(2026, 4, 1), zone), datetime(2026, 5, 1, tzinfo=UTC))
    >>> before = earlier_period(march, "previous", zone)
    >>> f"{before.start:%Y-%m-%d} {before.end:%Y-%m-%d}"
    '2026-02-01 2026-03-01'
    """
    first, last = (moment.astimezone(zone).date() for moment in (period.start, period.end))
    if which == "year":
        start, end = _months_before(first, 12), _months_before(last, 12)
    elif first.day == last.day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month
        start, end = _months_before(first, months), first
    else:
        start, end = first - (last - first), first
    return Period(midnight(start, zone), midnight(end, zone), period.until, period.age_hours)


def beside_earlier(kpi: Kpi, now: Iterable[Result], then: Iterable[Result]) -> tuple[Beside, ...]:
    """Each group beside what it was; a group that is new or gone has nothing to be compared with."""
    today, before = ({result.group: result for result in results} for results in (now, then))
    return tuple(_beside(kpi, group, today.get(group), before.get(group)) for group in sorted({*today, *before}))


def _beside(kpi: Kpi, group: str, now: Result | None, then: Result | None) -> Beside:
    value, other = (result.value if result else None for result in (now, then))
    change = value / other - 1 if value is not None and other else None
    good = None if not change else (change > 0) == (kpi.better is Better.HIGHER)
    return Beside(group, value, other, then.n if then else 0, change, good)


def beside_goal(kpi: Kpi, results: Iterable[Result], targets: Mapping[str, float]) -> tuple[Beside, ...]:
    """Each group that has a target: attainment is value over target, or target over value where less is better."""
    values = {result.group: result.value for result in results}
    return tuple(_attained(kpi, group, values.get(group), target) for group, target in sorted(targets.items()))


def _attained(kpi: Kpi, group: str, value: float | None, target: float) -> Beside:
    parts = (value, target) if kpi.better is Better.HIGHER else (target, value)
    reached = parts[0] / parts[1] if parts[0] is not None and parts[1] else None
    return Beside(group, value, target, None, reached, None if reached is None else reached >= 1)


def _months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last one of a month that is too short.

    >>> _months_before(date(2024, 2, 29), 12)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
