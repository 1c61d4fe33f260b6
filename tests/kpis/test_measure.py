"""KPIs over real observations in a real store: equal age, missing is not zero, denominators, intervals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.kpis import KPIS, Better, Interval, Period, Result, measure
from toolkit.kpis.sql import compile_sql
from toolkit.metrics import Store, open_store
from toolkit.model import Observation, Subject

BERLIN = ZoneInfo("Europe/Berlin")
OCTOBER = Period(
    datetime(2026, 10, 1, tzinfo=BERLIN), datetime(2026, 11, 1, tzinfo=BERLIN), datetime(2026, 11, 21, tzinfo=UTC)
)
NOON = datetime(2026, 10, 5, 10, tzinfo=UTC)


class History:
    """A store and short ways to write into it."""

    def __init__(self, state: Path) -> None:
        self.store: Store = open_store(state)
        self.rows: list[Observation] = []

    def post(
        self, uid: str, at: datetime = NOON, *, age: float = 24, channel: str = "mastodon", **metrics: float
    ) -> None:
        for metric, value in metrics.items():
            self.rows.append(Observation(uid, channel, metric, value, at + timedelta(hours=age), at, "csv", "one"))

    def level(self, subject: str, metric: str, value: float, at: datetime, channel: str = "mastodon") -> None:
        self.rows.append(Observation(subject, channel, metric, value, at, None, "csv", "one"))

    def measure(
        self, name: str, period: Period = OCTOBER, by: str = "", subjects: Mapping[str, Subject] | None = None
    ) -> tuple[Result, ...]:
        if not self.store.imports():
            self.store.append(self.rows, imported_at=NOON)
        return measure(KPIS[name], self.store, period, by=by, zone=BERLIN, subjects=subjects)

    def value(self, name: str, period: Period = OCTOBER) -> float | None:
        return self.measure(name, period)[0].value


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def test_missing_is_not_zero(history: History) -> None:
    """Without data every KPI has no value, n = 0 and no interval; a delivered zero is a zero."""
    for name in KPIS:
        assert history.measure(name) == (Result("", None, None, 0, None, None),), name
    history.post("01A", likes=0)
    assert history.value("likes") == 0
    assert history.value("shares") is None


def test_a_post_counts_at_seven_days(history: History) -> None:
    """Of several snapshots the last one within seven days counts, however many come later."""
    for age, likes in ((1, 3), (150, 20), (169, 90), (900, 400)):
        history.post("01A", age=age, likes=likes)
    assert history.value("likes") == 20


def test_only_what_was_known_counts(history: History) -> None:
    """A report as of an earlier moment does not know later observations."""
    history.post("01A", age=24, likes=3)
    history.post("01A", age=120, likes=9)
    early = Period(OCTOBER.start, OCTOBER.end, NOON + timedelta(hours=48))
    assert (history.value("likes", early), history.value("likes")) == (3, 9)


def test_the_month_is_the_workspaces(history: History) -> None:
    """A post at 00:30 on 1 October in Berlin is October's, though it is September in UTC."""
    history.post("01A", datetime(2026, 9, 30, 22, 30, tzinfo=UTC), likes=1)
    history.post("01B", datetime(2026, 10, 31, 23, 30, tzinfo=UTC), likes=10)
    assert history.value("likes") == 1


def test_interactions_are_what_the_network_delivers(history: History) -> None:
    """Likes, comments and shares are added; one that was never delivered does not hide the others."""
    history.post("01A", likes=5, comments=2, shares=1)
    history.post("01B", likes=4)
    history.post("01C", views=900)
    (result,) = history.measure("interactions")
    assert (result.value, result.n, result.median) == (12, 2, 6)


def test_a_rate_is_a_ratio_of_sums_over_posts_that_have_both(history: History) -> None:
    """The denominator stands beside the value; a post without views is in neither sum."""
    history.post("01A", likes=10, views=100)
    history.post("01B", likes=10, views=900)
    history.post("01C", likes=500)
    (result,) = history.measure("engagement_rate_views")
    assert (result.value, result.denominator, result.n) == (20 / 1000, 1000, 2)
    assert result.median == pytest.approx((0.1 + 10 / 900) / 2)


def test_followers_are_those_at_publication(history: History) -> None:
    """The rate over followers uses the account's last count before the post, never a later one."""
    history.level("account", "followers", 100, NOON - timedelta(days=3))
    history.level("account", "followers", 200, NOON - timedelta(hours=1))
    history.level("account", "followers", 900, NOON + timedelta(days=1))
    history.level("account", "followers", 5, NOON - timedelta(hours=1), channel="bluesky")
    history.post("01A", likes=10)
    assert history.value("engagement_rate_followers") == 10 / 200


def test_follower_growth_starts_before_the_period(history: History) -> None:
    """Growth is the last count of the period over the last one before it; the level is summed over accounts."""
    for day, count in ((-1, 100), (3, 110), (25, 130), (40, 500)):
        history.level("account", "followers", count, OCTOBER.start + timedelta(days=day))
    history.level("account", "followers", 70, NOON, channel="bluesky")
    assert history.value("followers") == 200
    (growth,) = history.measure("follower_growth")
    assert (growth.value, growth.denominator, growth.n, growth.interval) == (0.3, 100, 1, None)


def test_days_are_summed_and_corrections_replace(history: History) -> None:
    """Orders are the days' sum; a day that is delivered again counts once, with the newer import's value."""
    for day in range(3):
        history.level("shop", "orders", 10, NOON + timedelta(days=day), channel="")
    assert history.value("orders") == 30
    again = [Observation("shop", "", "orders", 4, NOON, None, "csv", "two")]
    history.store.append(again, imported_at=NOON + timedelta(days=9))
    assert history.value("orders") == 24


def test_share_of_voice_needs_competitors_on_the_channel(history: History) -> None:
    """Own interactions over everybody's, only where competitors are tracked; without them there is no share."""
    history.post("01A", likes=30)
    history.post("01B", channel="linkedin", likes=999)
    history.level("competitor:Röstwerk", "interactions", 50, NOON)
    history.level("competitor:Bohne", "interactions", 20, NOON)
    (result,) = history.measure("share_of_voice")
    assert (result.value, result.denominator, result.n) == (0.3, 100, 1)


def test_groups_are_channels_months_weekdays_and_what_is_said_about_posts(history: History) -> None:
    """Each group has its own n; a post nobody describes is in the group ""."""
    history.post("01A", likes=1)
    history.post("01B", NOON + timedelta(days=1), channel="bluesky", likes=2)
    named = {"01A": Subject("01A", pillar="wissen")}
    assert [(one.group, one.value) for one in history.measure("likes", by="channel")] == [
        ("bluesky", 2),
        ("mastodon", 1),
    ]
    assert [(one.group, one.value) for one in history.measure("likes", by="weekday")] == [("1", 1), ("2", 2)]
    assert [(one.group, one.value) for one in history.measure("likes", by="pillar", subjects=named)] == [
        ("", 2),
        ("wissen", 1),
    ]
    quarter = Period(datetime(2026, 9, 1, tzinfo=BERLIN), OCTOBER.end, OCTOBER.until)
    months = [(one.group, one.value) for one in history.measure("likes", quarter, by="month")]
    assert months == [("2026-09", None), ("2026-10", 3)]


def test_few_posts_have_no_interval(history: History) -> None:
    """Three posts are a normal answer: a value, and no pretence of knowing how sure it is; with more, the interval holds it."""
    for number in range(3):
        history.post(f"01{number}", likes=number + 1)
    (few,) = history.measure("likes")
    assert (few.value, few.n, few.interval, few.enough) == (6, 3, None, False)
    more = [
        Observation(f"02{n}", "mastodon", "likes", 10 + n, NOON + timedelta(hours=1), NOON, "csv", "x")
        for n in range(20)
    ]
    history.store.append(more, imported_at=NOON)
    (many,) = history.measure("likes")
    assert many.value is not None
    assert many.interval is not None
    assert many.interval.low < many.value < many.interval.high
    assert history.measure("likes")[0] == many, "the same question has the same answer"


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
@pytest.mark.parametrize("name", KPIS)
def test_every_kpi_compiles_for_every_engine(name: str, dialect: str) -> None:
    """The expressions name no engine: the same ones become SQL for DuckDB and for PostgreSQL."""
    sql = compile_sql(KPIS[name].units(), dialect)
    assert "observations" in sql or "series" in sql


def test_every_kpi_is_explained() -> None:
    """Each KPI has a title, a definition and a formula; each rate names its denominator."""
    for kpi in KPIS.values():
        assert kpi.title
        assert kpi.definition.endswith(".")
        assert kpi.formula
        assert bool(kpi.denominator) == (" / " in kpi.formula)


def test_intervals_contain_the_middle() -> None:
    """An interval type is two numbers in order."""
    assert Interval(1, 2).low < Interval(1, 2).high


def test_searches_are_weighed_by_how_often_the_site_was_shown(history: History) -> None:
    """A position is never added: a day with many impressions counts more; less is better."""
    for day, shown, place in ((0, 900, 2.0), (1, 100, 12.0)):
        for metric, value in (("impressions", shown), ("clicks", shown / 10), ("position", place)):
            history.level("search", metric, value, NOON + timedelta(days=day), channel="")
    assert history.value("search_position") == (900 * 2 + 100 * 12) / 1000
    assert KPIS["search_position"].better is Better.LOWER
    assert (history.value("search_clicks"), history.value("search_click_rate")) == (100, 0.1)


def test_visits_from_links_and_from_elsewhere_are_parts_of_all(history: History) -> None:
    """Accounts' links brought some, nothing of ours brought others; the website's visits are counted once."""
    history.level("site", "visits", 100, NOON, channel="")
    history.level("site", "visits_unattributed", 60, NOON, channel="")
    history.level("account", "site_visits", 30, NOON)
    history.level("account", "site_visits", 10, NOON, channel="bluesky")
    assert (history.value("visits"), history.value("visits_unattributed"), history.value("site_visits")) == (
        100,
        60,
        40,
    )
    assert history.value("unattributed_rate") == 0.6
    assert [(one.group, one.value) for one in history.measure("site_visits", by="channel")] == [
        ("bluesky", 10),
        ("mastodon", 30),
    ]


def test_newsletters_that_were_sent_count_where_nobody_tells_what_arrived(history: History) -> None:
    """Opens over deliveries; of a program that only tells what it sent, over that."""
    history.post("01A", opens=40, sent=110, delivered=100)
    history.post("01B", opens=20, sent=100)
    (rate,) = history.measure("open_rate")
    assert (rate.value, rate.denominator, rate.n) == (60 / 200, 200, 2)
