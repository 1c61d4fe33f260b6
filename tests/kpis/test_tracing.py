"""Every KPI can be traced to the imports whose observations count, and to the SQL that was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.kpis.histories import AUTUMN, BERLIN, rich_history
from toolkit.kpis import KPIS, measure, unit_rows
from toolkit.kpis.tracing import question_of, trace
from toolkit.metrics import Store, open_store
from toolkit.model import Observation

AT = datetime(2026, 10, 5, 10, tzinfo=UTC)


def likes(uid: str, value: float, age: float, import_id: str) -> Observation:
    return Observation(uid, "mastodon", "likes", value, AT + timedelta(hours=age), AT, "csv", import_id)


def test_only_what_counts_is_traced(tmp_path: Path) -> None:
    """An earlier snapshot and another metric are not part of the number; the import that won is."""
    store = open_store(tmp_path)
    store.append([likes("01", 3, 24, "early"), likes("02", 5, 24, "early")], imported_at=AT)
    late = [likes("01", 9, 100, "late"), replace(likes("03", 7, 100, "late"), metric="views")]
    store.append(late, imported_at=AUTUMN.end)
    early_one, late_one = sorted(trace(KPIS["likes"], store, AUTUMN), key=lambda one: one.import_id)
    assert (early_one.import_id, early_one.observations, early_one.subjects) == ("early", 1, 1)
    assert (late_one.import_id, late_one.observations, late_one.middle) == ("late", 1, 100)
    assert late_one.last == AT + timedelta(hours=100)
    (views,) = trace(KPIS["views"], store, AUTUMN)
    assert (views.import_id, views.observations) == ("late", 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("tracing"))
    store.append(rich_history(60), imported_at=AUTUMN.until)
    return store


@pytest.mark.parametrize("name", KPIS)
def test_every_kpi_is_traced(store: Store, name: str) -> None:
    """Each has an import behind it, no more observations than there are, and ages only within its age."""
    (origin,) = trace(KPIS[name], store, AUTUMN)
    assert origin.import_id == "rich"
    assert origin.observations >= origin.subjects > 0
    assert origin.last <= AUTUMN.until
    assert origin.oldest is None or 0 <= (origin.youngest or 0) <= (origin.middle or 0) <= origin.oldest <= 168


def test_the_posts_behind_a_total_are_its_n(store: Store) -> None:
    """As many observations as posts have the metric."""
    (origin,) = trace(KPIS["reach"], store, AUTUMN)
    assert origin.observations == len(unit_rows(KPIS["reach"], store, AUTUMN))


@pytest.mark.parametrize("name", ["likes", "follower_growth", "conversion_rate", "share_of_voice"])
def test_the_shown_sql_gives_the_number(store: Store, name: str) -> None:
    """Whoever runs the SQL that is shown gets the sums of the answer."""
    (result,) = measure(KPIS[name], store, AUTUMN, zone=BERLIN)
    (row,) = store.query(question_of(KPIS[name], store, AUTUMN), {}).to_pylist()
    assert row["n0"] == result.n
    assert row["part0"] / (row["base0"] if KPIS[name].denominator else 1) == pytest.approx(result.value)
