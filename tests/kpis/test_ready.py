"""The store's values at age give the same KPIs as its snapshots, and are used only where they are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kpis.histories import AUTUMN, BERLIN, rich_history, subjects_of
from tests.kpis.sameness import largest_difference
from toolkit.kpis import GROUPS, KPIS, Period, measure_all, unit_rows
from toolkit.kpis.rows import is_ready
from toolkit.metrics import Store, open_store

if TYPE_CHECKING:
    import pyarrow as pa

POSTS = 120
RIPE = replace(AUTUMN, until=AUTUMN.end + timedelta(days=28))


class Raw:
    """The same store, without its values at age."""

    ages: tuple[float, ...] = ()

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[str] = []

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        self.asked.append(sql)
        return self.store.query(sql, tables)


class Listening(Raw):
    """A store that remembers what it was asked."""

    ages = (1.0, 24.0, 168.0, 672.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A rich history in several imports, one of which was taken back."""
    store = open_store(tmp_path_factory.mktemp("ready"))
    store.append(rich_history(POSTS), imported_at=AUTUMN.start)
    for name, gain, moment in (("correction", 5, AUTUMN.end), ("wrong", 70, AUTUMN.until)):
        again = [replace(row, value=row.value + gain, import_id=name) for row in rich_history(POSTS)[::3]]
        store.append(again, imported_at=moment)
    store.undo("wrong")
    return store


@pytest.mark.parametrize(
    ("by", "hours"), [*(("", hours) for hours in (1.0, 24.0, 672.0)), *((by, 168.0) for by in ("", *GROUPS))]
)
def test_values_at_age_are_the_snapshots(store: Store, by: str, hours: float) -> None:
    """For every KPI, every kind of groups and every age that is kept, nothing differs."""
    period, subjects = replace(RIPE, age_hours=hours), subjects_of(POSTS)
    here, there = (
        measure_all(KPIS.values(), engine, period, by=by, zone=BERLIN, subjects=subjects)
        for engine in (store, Raw(store))
    )
    assert largest_difference(here, there) <= 1e-9


@pytest.mark.parametrize(
    ("period", "ready"),
    [
        (RIPE, True),
        (replace(RIPE, until=RIPE.end + timedelta(hours=168)), True),
        (replace(RIPE, until=RIPE.end + timedelta(hours=167, minutes=59)), False),
        (replace(RIPE, age_hours=100.0), False),
        (replace(RIPE, age_hours=672.0), True),
    ],
)
def test_they_are_used_where_they_are_right(store: Store, period: Period, ready: bool) -> None:
    """Every post has its age at `until`, and the age is one of those that are kept; else the snapshots are asked."""
    assert is_ready(store, period) == ready
    listening = Listening(store)
    unit_rows(KPIS["likes"], listening, period)
    assert ("value_at_age" in listening.asked[0]) == ready


def test_before_its_age_a_post_counts_as_it_was(tmp_path: Path) -> None:
    """A question as of an earlier moment does not see what the ready values know since."""
    store = open_store(tmp_path)
    store.append(rich_history(40), imported_at=AUTUMN.start)
    early = replace(AUTUMN, until=AUTUMN.start + timedelta(days=12))
    here, there = (measure_all(KPIS.values(), engine, early, zone=BERLIN) for engine in (store, Raw(store)))
    assert largest_difference(here, there) <= 1e-9
    (then,), (now,) = (measure_all([KPIS["likes"]], store, period, zone=BERLIN)["likes"] for period in (early, RIPE))
    assert then.value is not None
    assert now.value is not None
    assert then.value < now.value


def test_the_running_month_is_read_ready_as_of_its_last_observation(tmp_path: Path) -> None:
    """Posts are younger than seven days, but nothing was observed later than the moment asked about; else it is not."""
    store = open_store(tmp_path)
    running = replace(AUTUMN, until=AUTUMN.end)
    rows = [row for row in rich_history(60) if row.observed_at <= running.until]
    store.append(rows, imported_at=AUTUMN.start)
    assert not running.ripe
    assert store.newest is not None
    assert is_ready(store, running)
    assert not is_ready(store, replace(running, until=store.newest - timedelta(seconds=1)))
    here, there = (measure_all(KPIS.values(), engine, running, zone=BERLIN) for engine in (store, Raw(store)))
    assert largest_difference(here, there) <= 1e-9
    assert here["likes"][0].value
