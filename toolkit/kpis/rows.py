"""The single things that a KPI counts, for whoever looks at posts and not only at sums, and the result of some of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from toolkit.kpis.chance import ENOUGH, Interval, median, quantile, ratio_interval, total_interval
from toolkit.kpis.definitions import Fold, Kpi, Of
from toolkit.kpis.dictionary import are_known
from toolkit.kpis.facts import Days
from toolkit.kpis.period import Period
from toolkit.kpis.sql import DUCKDB, fill, make_sql
from toolkit.metrics.tables import AGES
from toolkit.values import dataclass

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


class Engine(Protocol):
    """What runs SQL over the tables ``observations`` and ``value_at_age``; `toolkit.metrics.Store` is one."""

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table: ...


@runtime_checkable
class Speaking(Protocol):
    """An engine that speaks another SQL than DuckDB's."""

    dialect: str  # as Ibis calls it


@runtime_checkable
class Readable(Protocol):
    """An engine that can answer many questions over one state, whatever is imported meanwhile, and opens files once."""

    def reading(self) -> AbstractContextManager[Engine]: ...


@contextmanager
def one_state(engine: Engine) -> Iterator[Engine]:
    """The engine, holding still where it can."""
    if isinstance(engine, Readable):
        with engine.reading() as reader:
            yield reader
    else:
        yield engine


@runtime_checkable
class Aged(Protocol):
    """An engine that offers ``value_at_age`` for other ages than a store does; () for none."""

    ages: Collection[float]  # hours


@runtime_checkable
class Dated(Protocol):
    """An engine that knows when its last observation was made."""

    newest: datetime | None  # aware


@runtime_checkable
class Keeping(Protocol):
    """An engine that makes a table once and keeps it for further questions."""

    def keeping(self, name: str, sql: str) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One thing that was counted: a post, a day, an account, a message."""

    unit: str
    channel: str
    at: datetime  # aware, UTC
    part: float | None
    base: float | None
    doubt: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A KPI of one group. `value` is None where nothing was delivered, which is not zero."""

    group: str
    value: float | None
    denominator: float | None  # None for totals
    n: int  # posts, days, accounts or messages
    median: float | None  # over posts, of their own values
    interval: Interval | None

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class _Rows:
    """The question for the units of a KPI on some channels."""

    kpi: Kpi
    ready: bool
    channels: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"rows {self.kpi.name} {self.ready} {self.channels}" if are_known([self.kpi]) else ""

    def __call__(self) -> ir.Table:
        units = self.kpi.units.ready if self.ready else self.kpi.units
        table = units()
        return table.filter(table.channel.isin(self.channels)) if self.channels else table


def dialect_of(engine: Engine) -> str:
    """The SQL that an engine speaks, as Ibis calls it."""
    return engine.dialect if isinstance(engine, Speaking) else DUCKDB


def is_ready(engine: Engine, period: Period) -> bool:
    """Whether the engine keeps posts' values at the period's age, and they are what was known at its `until`.

    They are when every post had its age by then, or when nothing was observed later: so also of the running month.
    """
    if period.age_hours not in (engine.ages if isinstance(engine, Aged) else AGES):
        return False
    newest = engine.newest if not period.ripe and isinstance(engine, Dated) else None
    return period.ripe or (newest is not None and newest <= period.until)


def wanted_channels(kpi: Kpi, channels: Iterable[str]) -> tuple[str, ...]:
    """The channels that narrow a KPI; a website and a shop have none."""
    facts = kpi.units.facts
    narrow = kpi.of is not Of.DAYS or (isinstance(facts, Days) and facts.of_accounts)
    return tuple(sorted(set(channels))) if narrow else ()


def unit_rows(kpi: Kpi, engine: Engine, period: Period, channels: Iterable[str] = ()) -> list[UnitRow]:
    """What the KPI counts in the period, in a stable order; only of `channels`, if any are named."""
    with one_state(engine) as still:
        question = _Rows(kpi, is_ready(still, period), wanted_channels(kpi, channels))
        answer = still.query(fill(make_sql(question, dialect_of(still)), period), {}).to_pylist()
    rows = (UnitRow(**{**row, "at": row["at"].replace(tzinfo=UTC)}) for row in answer)
    return sorted(rows, key=lambda row: (row.at, row.channel, row.unit))


def first_known(engine: Engine) -> datetime | None:
    """When the first post went out or the first count was made, whichever is earlier; None without observations."""
    sql = "SELECT min(published_at) AS published, min(observed_at) AS observed FROM observations"
    (row,) = engine.query(sql, {}).to_pylist()
    known = [moment.replace(tzinfo=UTC) for moment in row.values() if isinstance(moment, datetime)]
    return min(known, default=None)


def result_of(kpi: Kpi, rows: Iterable[UnitRow], group: str = "") -> Result:
    """The value of the units together."""
    rows = list(rows)
    counted = [row for row in rows if row.part is not None]
    bases = [row.base for row in rows if row.base is not None]
    whole = sum(bases) if bases else None
    if not counted or whole == 0:
        return Result(group, None, whole, len(counted), None, None)
    each = own_values(kpi, counted)
    value = _fold(kpi, each, sum(row.part or 0.0 for row in counted), whole)
    middle = median(each) if kpi.of is Of.POSTS else None
    doubts = [row.doubt for row in counted if row.doubt is not None]
    interval = doubtful(value, sum(doubts) / whole) if doubts and whole else interval_of(kpi, counted)
    return Result(group, value, whole if kpi.denominator else None, len(counted), middle, interval)


def own_values(kpi: Kpi, rows: Iterable[UnitRow]) -> list[float]:
    """What each unit has by itself; those without a base of their own are left out of rates."""
    if kpi.denominator:
        return [row.part / row.base for row in rows if row.part is not None and row.base]
    return [row.part for row in rows if row.part is not None]


def doubtful(value: float, doubt: float) -> Interval:
    """What a classifier's errors can make of a balance between -1 and 1."""
    return Interval(max(-1.0, value - doubt), min(1.0, value + doubt))


def interval_of(kpi: Kpi, rows: Iterable[UnitRow]) -> Interval | None:
    """The interval over posts; the channels of one post are drawn together, because they share its luck."""
    if not kpi.sampled or kpi.fold is not Fold.RATIO:
        return None
    parts: dict[str, float] = {}
    bases: dict[str, float] = {}
    for row in rows:
        parts[row.unit] = parts.get(row.unit, 0.0) + (row.part or 0.0)
        bases[row.unit] = bases.get(row.unit, 0.0) + (row.base or 0.0)
    return cluster_interval(kpi, [parts[unit] for unit in sorted(parts)], [bases[unit] for unit in sorted(parts)])


def cluster_interval(kpi: Kpi, parts: list[float], bases: list[float]) -> Interval | None:
    """The interval of one part and one base per post, in the order of the posts' ids."""
    return ratio_interval(parts, bases) if kpi.denominator else total_interval(parts)


def _fold(kpi: Kpi, each: list[float], part: float, whole: float | None) -> float:
    if kpi.fold is Fold.MEDIAN:
        return median(each) or 0.0
    if kpi.fold is Fold.P90:
        return quantile(each, 0.9) or 0.0
    return part / whole if whole and kpi.denominator else part
