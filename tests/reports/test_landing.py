"""Where the goals of a campaign come out, from the rows that a report counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from toolkit.kpis import Period, UnitRow
from toolkit.kpis.pace import Course, Landing, Pace
from toolkit.reports.landing import find_landing, find_pace, is_sum, pace_mood, whole_days
from toolkit.reports.progress import Standing, campaign_standings, planned_period, standing_row
from toolkit.reports.scope import open_scope
from toolkit.reports.verdicts import pace_word
from toolkit.workspace import Campaign, Goal

if TYPE_CHECKING:
    from tests.reports.conftest import Filled

START = datetime(2026, 10, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def rows(days: int, value: float) -> list[UnitRow]:
    return [UnitRow(f"d{day}", "web", START + DAY * day + DAY / 2, value, None) for day in range(days)]


def period(length: int, over: float) -> Period:
    return Period(START, START + DAY * length, START + DAY * over)


def test_only_whole_days_count() -> None:
    """The running day is not over; a day without anything is a day with nothing; what lies outside is left out."""
    counted = [*rows(3, 5.0), UnitRow("early", "web", START - DAY, 99.0, None), UnitRow("x", "web", START, None, None)]
    assert whole_days(counted, period(20, 4.9)) == [5.0, 5.0, 5.0, 0.0]
    assert whole_days(rows(9, 1.0), period(4, 9)) == [1.0] * 4
    assert whole_days([], period(4, -1)) == []


def test_half_a_campaign_brings_about_half() -> None:
    """Ten even days of twenty come out near the double; three days say nothing."""
    landing = find_landing(rows(10, 5.0), period(20, 10), Course())
    assert landing is not None
    assert landing.value == pytest.approx(100, rel=0.1)
    assert find_landing(rows(3, 5.0), period(20, 3), Course()) is None


@pytest.mark.parametrize(
    ("metric", "summed"),
    [("orders", True), ("interactions", True), ("followers", False), ("click_rate", False), ("x", False)],
)
def test_rates_and_levels_have_no_pace(metric: str, summed: bool) -> None:
    """What is no sum says something at the end only, and then it does."""
    assert is_sum(metric) is summed
    if not summed:
        assert find_pace(metric, 1.0, 2.0, None, over=False) is Pace.OPEN
        assert find_pace(metric, 1.0, 2.0, None, over=True) is Pace.MISSED


def test_every_pace_has_its_words() -> None:
    """Different ones; only what is behind or missed is bad."""
    assert len({pace_word(pace) for pace in Pace}) == len(Pace)
    assert [pace for pace in Pace if pace_mood(pace) == "bad"] == [Pace.BEHIND, Pace.MISSED]


def standing(landing: Landing | None, elapsed: float) -> Standing:
    campaign = Campaign("herbst", "content/campaigns/herbst.md", "Herbst", "")
    return Standing(campaign, Goal("orders", 200), 80.0, True, elapsed, landing)


def test_a_chance_is_told_where_there_is_one() -> None:
    """Between reached and missed; before the first day it is too early."""
    landing = Landing(80.0, 90.0, 400.0)
    assert standing(landing, 0.5).chance == pytest.approx(landing.chance(200))
    assert standing(None, 0.5).chance is None
    assert [standing(landing, elapsed).pace for elapsed in (0.0, 0.5, 1.0)] == [Pace.EARLY, Pace.BEHIND, Pace.MISSED]


def test_a_running_campaign_of_the_sample_has_an_end(filled: Filled) -> None:
    """At half time the orders of the autumn campaign have an expected end with an interval around it, and a state."""
    scope = open_scope(filled.root, filled.state, "2026-10", now="2026-10-16T12:00:00+02:00", language="en")
    campaign = scope.workspace.campaigns["herbst"]
    span = planned_period(scope, campaign)
    assert span is not None
    orders = campaign_standings(scope, campaign, span)[0]
    assert orders.landing is not None
    assert orders.value is not None
    interval = orders.landing.interval()
    assert orders.landing.so_far <= orders.value
    assert orders.landing.so_far <= interval.low < interval.high
    assert len(standing_row(scope, orders)) == 6
