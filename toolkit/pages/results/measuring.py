"""Measuring the last complete months for the KPI pages, once for each state of the store.

Counting takes seconds, a build of the site should not; the answer is kept in the state's cache until an import comes
or goes, or a month is over.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.kpis import KPIS, Period, Result, measure_all, midnight
from toolkit.kpis.rows import one_state
from toolkit.pages.kept import digest, kept, known_store
from toolkit.pages.results.figures import Figure, Figures

if TYPE_CHECKING:
    from toolkit.metrics import Store


NAME: Final = "kpi-pages.json"
MONTHS: Final = 7


def read_figures(state: Path, zone: ZoneInfo, now: datetime) -> Figures:
    """KPI → its last complete months; nothing without observations or where the extra for them is not installed."""
    store = known_store(state)
    if store is None:
        return {}
    period = last_months(zone, now)
    said = [
        __version__,
        sorted(KPIS),
        period.start.isoformat(),
        period.end.isoformat(),
        min(now, _ripe(period)).isoformat(),
    ]
    key = digest(json.dumps([said, [one.id for one in store.imports()]]))
    return kept(state / "cache" / NAME, key, lambda: count(store, period, zone), _plain, _read)


def last_months(zone: ZoneInfo, now: datetime) -> Period:
    """The months that are over, as known now."""
    here = now.astimezone(zone).date().replace(day=1)
    number = here.year * 12 + here.month - 1 - MONTHS
    first = date(number // 12, number % 12 + 1, 1)
    return Period(midnight(first, zone), midnight(here, zone), now)


def count(store: Store, period: Period, zone: ZoneInfo) -> Figures:
    """Every KPI, month by month, from one state of the store."""
    with one_state(store) as still:
        found = measure_all(KPIS.values(), still, period, by="month", zone=zone)
    return {name: tuple(map(_figure, results)) for name, results in found.items()}


def _figure(one: Result) -> Figure:
    """An interval of too few is none."""
    if one.interval is None or not one.enough:
        return Figure(one.group, one.value, one.n)
    return Figure(one.group, one.value, one.n, one.interval.low, one.interval.high)


def _ripe(period: Period) -> datetime:
    """From when on time alone changes nothing: then the last posts are as old as they are compared at."""
    return period.end + timedelta(hours=period.age_hours)


def _plain(figures: Figures) -> object:
    return {name: [[one.month, one.value, one.n, one.low, one.high] for one in ones] for name, ones in figures.items()}


def _read(raw: Any) -> Figures:
    return {name: tuple(Figure(*one) for one in ones) for name, ones in raw.items()}
