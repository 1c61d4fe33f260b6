"""Where a KPI's numbers come from: the imports whose observations count, how many, and how old the posts were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from toolkit.kpis.definitions import Kpi
from toolkit.kpis.period import Period
from toolkit.kpis.rows import Engine, dialect_of, is_ready, wanted_channels
from toolkit.kpis.sql import compile_sql, fill, make_sql
from toolkit.kpis.tally import Asked, Tally
from toolkit.values import dataclass

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Origin:
    """What one import gave to a KPI. Ages are hours after publication; None for what is not of posts."""

    import_id: str
    source: str
    observations: int
    subjects: int  # posts, or the one website, shop or account
    first: datetime  # aware, UTC, of the observations
    last: datetime
    youngest: float | None
    middle: float | None
    oldest: float | None


def trace(kpi: Kpi, engine: Engine, period: Period, channels: Iterable[str] = ()) -> tuple[Origin, ...]:
    """The imports behind a KPI, the one with most observations first."""
    rows = _used(kpi)
    wanted = wanted_channels(kpi, channels)
    rows = rows.filter(rows.channel.isin(wanted)) if wanted else rows
    sql = fill(compile_sql(_by_import(rows), dialect_of(engine)), period)
    found = [_origin(row) for row in engine.query(sql, {}).to_pylist()]
    return tuple(sorted(found, key=lambda one: (-one.observations, one.import_id)))


def question_of(kpi: Kpi, engine: Engine, period: Period, by: str = "", channels: Iterable[str] = ()) -> str:
    """The SQL that the engine is asked."""
    units = kpi.units.ready if is_ready(engine, period) else kpi.units
    by = "" if by == "month" else by
    asked = Asked(units.facts, (kpi,), by, wanted_channels(kpi, channels))
    return fill(make_sql(Tally(asked), dialect_of(engine)), period)


def _by_import(rows: ir.Table) -> ir.Table:
    hours = (rows.observed_at.epoch_seconds() - rows.published_at.epoch_seconds()).cast("float64") / 3600
    rows = rows.mutate(hours=hours)
    return rows.group_by(["import_id", "source"]).agg(
        observations=rows.count(),
        subjects=rows.subject.nunique(),
        first=rows.observed_at.min(),
        last=rows.observed_at.max(),
        youngest=rows.hours.min(),
        middle=rows.hours.quantile(0.5),
        oldest=rows.hours.max(),
    )


def _used(kpi: Kpi) -> ir.Table:
    """The observations that a KPI reads."""
    metrics: frozenset[str] = frozenset().union(*kpi.needs)
    rows = kpi.units.facts.rows().distinct()
    return rows.filter(rows.metric.isin(sorted(metrics))) if metrics else rows


def _origin(row: Mapping[str, object]) -> Origin:
    aware = partial(datetime.replace, tzinfo=UTC)
    times = {name: aware(moment) for name in ("first", "last") if isinstance(moment := row[name], datetime)}
    return Origin(**{**row, **times})  # type: ignore[arg-type]  # the columns of `_by_import`
