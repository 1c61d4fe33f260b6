"""KPIs that are summed inside the engine are those that are summed post by post."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kpis.histories import AUTUMN, BERLIN, CHANNELS, rich_history, subjects_of
from toolkit.kpis import (
    GROUPS,
    KPIS,
    Kpi,
    Of,
    Result,
    UnitRow,
    measure,
    measure_all,
    result_of,
    split_months,
    unit_rows,
)
from toolkit.kpis.facts import Posts
from toolkit.kpis.grouping import ABOUT
from toolkit.metrics import Store, open_store
from toolkit.model import Subject

POSTS = 160
SUBJECTS = subjects_of(POSTS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with a rich history."""
    store = open_store(tmp_path_factory.mktemp("tally"))
    store.append(rich_history(POSTS), imported_at=AUTUMN.until)
    return store


def one_by_one(kpi: Kpi, store: Store, by: str) -> tuple[Result, ...]:
    """The same question, answered in Python from the single rows."""
    if by == "month":
        months = split_months(AUTUMN, BERLIN)
        return tuple(result_of(kpi, unit_rows(kpi, store, period), name) for name, period in months)
    groups: dict[str, list[UnitRow]] = {} if by else {"": []}
    for row in unit_rows(kpi, store, AUTUMN):
        groups.setdefault(group_of(row, by), []).append(row)
    return tuple(result_of(kpi, groups[name], name) for name in sorted(groups))


def group_of(row: UnitRow, by: str) -> str:
    if by == "channel":
        return row.channel
    if by == "weekday":
        return str(row.at.astimezone(BERLIN).isoweekday())
    return str(getattr(SUBJECTS[row.unit], by)) if by in ABOUT and row.unit in SUBJECTS else ""


def near(one: float | None, other: float | None) -> bool:
    """Equal to twelve figures, or both missing."""
    return one is other if one is None or other is None else one == pytest.approx(other, rel=1e-9, abs=1e-9)


def same(found: tuple[Result, ...], wanted: tuple[Result, ...]) -> None:
    """Equal in everything; sums may differ by the order of their terms."""
    assert [(one.group, one.n) for one in found] == [(one.group, one.n) for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        for name in ("value", "denominator", "median"):
            assert near(getattr(one, name), getattr(other, name)), (name, one, other)
        assert (one.interval is None) == (other.interval is None), (one, other)
        if one.interval and other.interval:
            assert (one.interval.low, one.interval.high) == pytest.approx(
                (other.interval.low, other.interval.high), rel=1e-9, abs=1e-9
            )


@pytest.mark.parametrize("by", ["", *GROUPS])
def test_the_engines_sums_are_the_posts_sums(store: Store, by: str) -> None:
    """For every KPI and every kind of groups, value, denominator, n, median and interval agree; nearly all have data."""
    found = measure_all(KPIS.values(), store, AUTUMN, by=by, zone=BERLIN, subjects=SUBJECTS)
    assert list(found) == list(KPIS)
    for name, kpi in KPIS.items():
        same(found[name], one_by_one(kpi, store, by))
        assert any(one.value is not None for one in found[name]), f"{name} has no data to be compared"


@pytest.mark.parametrize(
    "name", ["likes", "engagement_rate_followers", "followers", "messages", "share_of_voice", "site_visits"]
)
def test_channels_narrow_a_question(store: Store, name: str) -> None:
    """Two of three channels give what these two have, whether in the engine or post by post."""
    (found,) = measure(KPIS[name], store, AUTUMN, zone=BERLIN, channels=CHANNELS[:2])
    rows = [row for row in unit_rows(KPIS[name], store, AUTUMN) if row.channel in CHANNELS[:2]]
    same((found,), (result_of(KPIS[name], rows),))
    same((found,), (result_of(KPIS[name], unit_rows(KPIS[name], store, AUTUMN, CHANNELS[:2])),))


def test_many_kpis_are_few_questions(store: Store) -> None:
    """All KPIs of a month are a dozen questions, not one per KPI and post; who asks for followers asks with the others."""
    asked = []

    class Counting:
        def query(self, sql: str, tables: dict[str, object]) -> object:
            asked.append(sql)
            return store.query(sql, tables)

    measure_all(KPIS.values(), Counting(), AUTUMN, zone=BERLIN)  # type: ignore[arg-type]  # counts and hands on
    facts = {kpi.units.facts for kpi in KPIS.values()} - {Posts()}
    drawn = {kpi.units.facts for kpi in KPIS.values() if kpi.sampled and kpi.of is Of.POSTS} - {Posts()}
    assert drawn == {Posts(followers=True)}
    assert len(asked) == len(facts) + len(drawn)
    assert len(asked) < len(KPIS) / 2


def test_many_posts_have_an_interval_from_their_variance(tmp_path: Path) -> None:
    """Above a thousand posts no post leaves the engine, and the interval is the one of the posts' variance."""
    store = open_store(tmp_path)
    store.append(rich_history(3000), imported_at=AUTUMN.until)
    for name in ("likes", "engagement_rate_reach"):
        (found,) = measure(KPIS[name], store, AUTUMN, zone=BERLIN)
        assert found.n > 1000
        same((found,), (result_of(KPIS[name], unit_rows(KPIS[name], store, AUTUMN)),))


def test_few_and_many_posts_side_by_side_have_their_own_intervals(tmp_path: Path) -> None:
    """Of groups of both sizes the small ones are drawn anew and the large ones are not, each as if it were alone."""
    store, subjects = open_store(tmp_path), {f"{n:06}": Subject(f"{n:06}", pillar="selten") for n in range(0, 2400, 40)}
    store.append(rich_history(2400), imported_at=AUTUMN.until)
    found = measure(KPIS["likes"], store, AUTUMN, by="pillar", zone=BERLIN, subjects=subjects)
    rows = unit_rows(KPIS["likes"], store, AUTUMN)
    rare, usual = ([row for row in rows if (row.unit in subjects) == inside] for inside in (True, False))
    assert len(rare) < 1000 < len(usual)
    same(found, (result_of(KPIS["likes"], usual, ""), result_of(KPIS["likes"], rare, "selten")))
