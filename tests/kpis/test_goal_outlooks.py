"""Goals and what the store knows of their months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.kpis.goals import goal_outlooks
from toolkit.kpis.outlook import Realism
from toolkit.metrics import open_store
from toolkit.metrics.store import Store
from toolkit.model import Observation
from toolkit.workspace import Goal

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Ten visits a day from the 10th of January on; a hundred on each day of June."""
    found = open_store(tmp_path_factory.mktemp("goals") / "state")
    day, seen = date(2026, 1, 10), []
    while day < date(2026, 11, 21):
        at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        seen.append(Observation("site", "web", "visits", 100.0 if day.month == 6 else 10.0, at, None, "test", "1"))
        day += timedelta(days=1)
    found.append(seen, imported_at=NOW, name="visits.csv")
    return found


def test_months_are_complete_ones_of_the_goal(store: Store) -> None:
    """The running month does not count, nor the first one, which was not counted from its first day."""
    [one] = goal_outlooks([Goal("visits", 311)], store, BERLIN, NOW)
    assert [month for month, _value in one.months] == [f"2026-{month:02}" for month in range(2, 11)]
    assert dict(one.months)["2026-10"] == 310
    assert (len(one.known), one.reached) == (9, 1)


def test_a_day_of_the_goal_makes_it_a_later_month(store: Store) -> None:
    """December is two months after October; a day that is over means the next month."""
    goals = [Goal("visits", 300, deadline=day) for day in (None, date(2026, 12, 31), date(2026, 1, 31))]
    found = goal_outlooks(goals, store, BERLIN, NOW)
    assert [one.outlook.ahead for one in found if one.outlook] == [1, 2, 1]
    assert {one.realism for one in found} <= {Realism.SAFE, Realism.OPEN, Realism.BOLD}


def test_what_nobody_counts_has_no_outlook(store: Store) -> None:
    """A KPI without data is too early to say; one that does not exist is left out."""
    found = goal_outlooks([Goal("orders", 1), Goal("ordres", 1)], store, BERLIN, NOW)
    assert [(one.goal.metric, one.chance, one.realism, one.known) for one in found] == [
        ("orders", None, Realism.UNKNOWN, ())
    ]


def test_a_month_whose_posts_are_too_young_is_named_so(tmp_path: Path) -> None:
    """A post of the 30th counts with its first days on the 2nd, and with its week on the 8th; only then is the month ripe."""
    store = open_store(tmp_path / "state")
    posts = [datetime(2026, month, 30, 8, tzinfo=UTC) for month in range(6, 11)]
    store.append(
        [
            Observation(f"p{at.month}", "web", "likes", likes, at + timedelta(days=age), at, "test", "1")
            for at in posts
            for age, likes in ((1, 10.0), (7, 40.0))
        ],
        imported_at=NOW,
        name="likes.csv",
    )
    young, ripe = (
        goal_outlooks([Goal("likes", 20)], store, BERLIN, datetime(2026, 11, day, tzinfo=BERLIN))[0] for day in (2, 8)
    )
    assert (dict(young.months)["2026-10"], young.unripe) == (10, True)
    assert (dict(ripe.months)["2026-10"], ripe.unripe) == (40, False)
    assert young.reached + 1 == ripe.reached
