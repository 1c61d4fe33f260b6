"""The posts that a KPI leaves out, and why: nothing that went out and was counted is passed over without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from toolkit.kpis.comparing import group_of
from toolkit.kpis.definitions import Kpi
from toolkit.kpis.facts import Posts
from toolkit.kpis.period import Period
from toolkit.kpis.rows import Engine, UnitRow, unit_rows, wanted_channels
from toolkit.model import Subject
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Left:
    """Posts of one group: how many are in a KPI, how many of these not at its age, and how many are out, by reason."""

    group: str
    counted: int = 0
    young: int = 0  # counted, but younger than the age at which posts count: their numbers still grow
    early: int = 0  # counted, but last measured long before that age
    late: int = 0  # out: first measured after that age
    undelivered: int = 0  # out: nobody delivered what the KPI counts
    baseless: int = 0  # out: counted, but its denominator is not known or zero

    @property
    def out(self) -> int:
        return self.late + self.undelivered + self.baseless


@dataclass(frozen=True, slots=True)
class _Seen:
    """When a post was measured on a channel; ages are seconds after publication."""

    uid: str
    channel: str
    published: datetime  # aware, UTC
    inside: float | None  # of the last measurement up to the KPI's age
    part: bool  # whether what the KPI counts was ever measured
    part_inside: bool  # up to that age


def near(hours: float) -> float:
    """From which age on a measurement stands for one at `hours`: for seven days one of the sixth does.

    >>> near(168), near(28), near(2160)
    (144.0, 24.0, 2136.0)
    """
    return hours - min(24.0, hours / 7)


def left_out(
    kpi: Kpi,
    engine: Engine,
    period: Period,
    *,
    by: str = "",
    zone: ZoneInfo,
    subjects: Mapping[str, Subject] | None = None,
    channels: Iterable[str] = (),
) -> tuple[Left, ...] | None:
    """Each group's posts as `measure` groups them; None for a KPI that is not of posts."""
    if not isinstance(kpi.units.facts, Posts):
        return None
    channels = tuple(channels)
    counted = {(row.unit, row.channel) for row in unit_rows(kpi, engine, period, channels)}
    found: dict[str, dict[str, int]] = {}
    for seen in _seen(kpi, engine, period, channels):
        row = UnitRow(seen.uid, seen.channel, seen.published, None, None)
        group = group_of(row, by, zone, subjects or {}) if by else ""
        counts = found.setdefault(group, {})
        for kind in _kinds(seen, period, inside=(seen.uid, seen.channel) in counted):
            counts[kind] = counts.get(kind, 0) + 1
    return tuple(Left(group, **counts) for group, counts in sorted(found.items()))


def ripe_units(kpi: Kpi, engine: Engine, period: Period, channels: Iterable[str] = ()) -> frozenset[tuple[str, str]]:
    """(uid, channel) of the posts that were counted near the period's age: only these can be compared."""
    enough = near(period.age_hours) * 3600
    found = _seen(kpi, engine, period, tuple(channels))
    return frozenset((seen.uid, seen.channel) for seen in found if seen.inside is not None and seen.inside >= enough)


def _kinds(seen: _Seen, period: Period, *, inside: bool) -> tuple[str, ...]:
    if not inside:
        return ("undelivered",) if not seen.part else ("baseless",) if seen.part_inside else ("late",)
    if seen.inside is not None and seen.inside >= near(period.age_hours) * 3600:
        return ("counted",)
    old = period.until >= seen.published + timedelta(hours=period.age_hours)
    return ("counted", "early" if old else "young")


def _seen(kpi: Kpi, engine: Engine, period: Period, channels: Iterable[str]) -> list[_Seen]:
    """Every post that was published in the period and measured by its `until`; the same SQL on DuckDB and PostgreSQL."""
    blanks = period.blanks
    inside = f"observed_at <= published_at + INTERVAL '{blanks['age']} seconds'"
    part = _named("metric", kpi.needs[0]) if kpi.needs else "true"
    chosen = wanted_channels(kpi, channels)
    sql = f"""
        SELECT subject, channel, min(published_at) AS published,
               max(CASE WHEN {inside} THEN observed_at END) AS counted,
               max(CASE WHEN {part} THEN 1 ELSE 0 END) AS part,
               max(CASE WHEN {part} AND {inside} THEN 1 ELSE 0 END) AS part_inside
        FROM observations
        WHERE published_at >= TIMESTAMP '{blanks["start"]}' AND published_at < TIMESTAMP '{blanks["end"]}'
          AND observed_at >= published_at AND observed_at <= TIMESTAMP '{blanks["until"]}'
          AND {_named("channel", chosen) if chosen else "true"}
        GROUP BY subject, channel ORDER BY subject, channel
    """  # noqa: S608  # moments and names of metrics are ours, names of accounts are escaped
    return [_read(row) for row in engine.query(sql, {}).to_pylist()]


def _named(column: str, names: Iterable[str]) -> str:
    listed = ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(names))
    return f"{column} IN ({listed})"


def _read(row: Mapping[str, object]) -> _Seen:
    published, counted = row["published"], row["counted"]
    if not isinstance(published, datetime):
        raise TypeError(f"no moment: {published!r}")
    inside = (counted - published).total_seconds() if isinstance(counted, datetime) else None
    part, part_inside = bool(row["part"]), bool(row["part_inside"])
    return _Seen(str(row["subject"]), str(row["channel"]), published.replace(tzinfo=UTC), inside, part, part_inside)
