"""Computing one KPI over a period, as a whole or by group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from toolkit.kpis.definitions import Kpi, Of
from toolkit.kpis.facts import Period
from toolkit.kpis.intervals import ENOUGH, Interval, median, ratio_interval, total_interval
from toolkit.model import Subject

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

GROUPS: Final = ("channel", "month", "weekday", "pillar", "format", "campaign")
_ABOUT: Final = ("pillar", "format", "campaign")


class Engine(Protocol):
    """What runs SQL over the observations; `toolkit.metrics.Store` is one."""

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table: ...


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One thing that was counted: a post, a day, an account."""

    unit: str
    channel: str
    at: datetime  # aware, UTC
    part: float | None
    base: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """A KPI of one group. `value` is None where nothing was delivered, which is not zero."""

    group: str
    value: float | None
    denominator: float | None  # None for totals
    n: int  # posts, days or accounts
    median: float | None  # over posts, of their own values
    interval: Interval | None

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH


def measure(
    kpi: Kpi,
    engine: Engine,
    period: Period,
    *,
    by: str = "",
    zone: ZoneInfo,
    subjects: Mapping[str, Subject] | None = None,
    channels: Iterable[str] = (),
) -> tuple[Result, ...]:
    """The KPI over `period`, one result per group; without `by` one result whose group is "".

    `by` is one of `GROUPS`; months and weekdays are those of `zone`, the rest is taken from `subjects`.
    """
    if by == "month":
        months = split_months(period, zone)
        each = [(name, unit_rows(kpi, engine, part, channels)) for name, part in months]
        return tuple(result_of(kpi, rows, name) for name, rows in each)
    rows = unit_rows(kpi, engine, period, channels)
    if not by:
        return (result_of(kpi, rows),)
    key = _key(by, zone, subjects or {})
    groups: dict[str, list[UnitRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return tuple(result_of(kpi, groups[name], name) for name in sorted(groups))


def unit_rows(kpi: Kpi, engine: Engine, period: Period, channels: Iterable[str] = ()) -> list[UnitRow]:
    """What the KPI counts in the period, in a stable order; only of `channels`, if any are named."""
    wanted = frozenset(channels)
    answer = engine.query(compile_sql(kpi.units(period)), {}).to_pylist()
    rows = [UnitRow(**{**row, "at": row["at"].replace(tzinfo=UTC)}) for row in answer]
    kept = (row for row in rows if not wanted or row.channel in wanted or kpi.of is Of.DAYS)
    return sorted(kept, key=lambda row: (row.at, row.channel, row.unit))


def compile_sql(expression: ir.Table, dialect: str = "duckdb") -> str:
    """The SQL of an expression for one engine."""
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect))


def result_of(kpi: Kpi, rows: Iterable[UnitRow], group: str = "") -> Result:
    """The value of the units together."""
    rows = list(rows)
    counted = [row for row in rows if row.part is not None]
    parts = [row.part for row in counted if row.part is not None]
    bases = [row.base for row in rows if row.base is not None]
    own = [row.base for row in counted if row.base is not None]
    whole = sum(bases) if bases else None
    if not parts or whole == 0:
        return Result(group, None, whole, len(parts), None, None)
    rate = bool(kpi.denominator)
    value = sum(parts) / whole if rate and whole else sum(parts)
    each = [part / base for part, base in zip(parts, own, strict=True) if base] if rate else parts
    interval = None
    if kpi.sampled:
        interval = ratio_interval(parts, own) if rate else total_interval(parts)
    middle = median(each) if kpi.of is Of.POSTS else None
    return Result(group, value, whole if rate else None, len(parts), middle, interval)


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


def _key(by: str, zone: ZoneInfo, subjects: Mapping[str, Subject]) -> Callable[[UnitRow], str]:
    if by == "channel":
        return lambda row: row.channel
    if by == "weekday":
        return lambda row: str(row.at.astimezone(zone).isoweekday())
    if by not in _ABOUT:
        raise ValueError(f"unknown group {by!r}")
    return lambda row: str(getattr(subjects[row.unit], by)) if row.unit in subjects else ""
