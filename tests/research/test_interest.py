"""What is searched for: each word beside its own past, in its newest chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.research.interest import Interest, read_interests

NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


def weeks(values: list[float], *, until: datetime = NOW) -> list[tuple[datetime, float]]:
    return [(until - timedelta(weeks=len(values) - at - 1), value) for at, value in enumerate(values)]


def rows(word: str, values: list[float], chart: str, *, until: datetime = NOW) -> list[Observation]:
    return [
        Observation(f"trend:{word}: (Deutschland)", chart, "interest", value, at, None, "trends", chart)
        for at, value in weeks(values, until=until)
    ]


def test_the_chart_that_ends_last_counts_without_its_running_week(tmp_path: Path) -> None:
    """Two charts have two scales; the last value is of a week that is not over."""
    store = open_store(tmp_path)
    store.append(rows("kaffee", [50.0] * 12, "alt", until=NOW - timedelta(weeks=8)), imported_at=NOW)
    store.append(rows("kaffee", [10.0] * 11 + [30.0, 2.0], "neu"), imported_at=NOW)
    (found,) = read_interests(store, NOW)
    assert (found.word, found.place, found.chart) == ("kaffee", "Deutschland", "neu")
    assert (found.latest, found.usual, found.high) == (30.0, 10.0, True)


def test_a_correction_of_the_same_chart_replaces_its_values(tmp_path: Path) -> None:
    """The newer import's value of a week counts."""
    store = open_store(tmp_path)
    for values, later in (([10.0] * 9, 0), ([20.0] * 9, 1)):
        found = [replace(one, import_id=f"import-{later}") for one in rows("kaffee", values, "eins")]
        store.append(found, imported_at=NOW + timedelta(hours=later), name=f"{later}.csv")
    (interest,) = read_interests(store, NOW)
    assert {value for _at, value in interest.points} == {20.0}


def test_high_is_more_than_nine_of_ten_and_clearly_more_than_usual() -> None:
    """A steady word that is one up is not high, nor is a chart of seven values."""
    assert not Interest("a", "", "c", tuple(weeks([20.0] * 20 + [21.0]))).high
    assert Interest("a", "", "c", tuple(weeks([20.0] * 20 + [26.0]))).high
    assert not Interest("a", "", "c", tuple(weeks([5.0] * 6 + [90.0]))).high


def test_a_year_ago_is_told_where_the_chart_reaches_back() -> None:
    """To the nearest week."""
    values = [float(at) for at in range(56)]
    assert Interest("a", "", "c", tuple(weeks(values))).year_ago == 3.0
    assert Interest("a", "", "c", tuple(weeks(values[:40]))).year_ago is None


def test_without_charts_there_is_nothing(tmp_path: Path) -> None:
    """An empty store is no error."""
    assert read_interests(open_store(tmp_path), NOW) == []
