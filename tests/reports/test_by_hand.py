"""The month's numbers once more, in plain SQL over the stored observations, as an analyst would check them."""

from __future__ import annotations

from typing import Protocol

import pytest

from toolkit.metrics import Store, open_store
from toolkit.reports.monthly import MonthlyReport, open_report

# October in Berlin, on the clock of UTC; followers are counted at noon, posts as they stood after seven days.
MONTH = "BETWEEN TIMESTAMP '2026-09-30 22:00' AND TIMESTAMP '2026-10-31 22:59:59'"
POSTS = f"""
    WITH seen AS (
        SELECT subject, channel, metric, arg_max(value, (observed_at, imported_at)) AS value, min(published_at) AS out
        FROM observations
        WHERE published_at {MONTH} AND observed_at BETWEEN published_at AND published_at + INTERVAL 168 HOUR
        GROUP BY ALL
    ), posts AS (
        SELECT subject, channel, out, sum(value) FILTER (metric IN ('likes', 'comments', 'shares')) AS interactions,
               sum(value) FILTER (metric = 'views') AS views, sum(value) FILTER (metric = 'reach') AS reach
        FROM seen GROUP BY ALL
    ), sized AS (
        SELECT *, (SELECT arg_max(value, observed_at) FROM observations AS f WHERE f.subject = 'account'
                   AND f.metric = 'followers' AND f.channel = posts.channel AND f.observed_at <= posts.out) AS followers
        FROM posts
    )
"""
DAYS = f"""
    WITH days AS (
        SELECT subject, channel, metric, observed_at, arg_max(value, imported_at) AS value
        FROM observations WHERE published_at IS NULL AND observed_at {MONTH} GROUP BY ALL
    )
"""
LEVELS = """
    SELECT sum(value) FROM (SELECT channel, arg_max(value, observed_at) AS value FROM observations
    WHERE subject = 'account' AND metric = 'followers' AND observed_at < TIMESTAMP '{until}' GROUP BY channel)
"""
NOW_LEVELS, THEN_LEVELS = (LEVELS.format(until=text) for text in ("2026-10-31 23:00", "2026-09-30 22:00"))
BY_HAND = {
    "posts": f"{POSTS} SELECT count(*) FROM posts",
    "interactions": f"{POSTS} SELECT sum(interactions) FROM posts",
    "likes": f"{POSTS} SELECT sum(value) FROM seen WHERE metric = 'likes'",
    "comments": f"{POSTS} SELECT sum(value) FROM seen WHERE metric = 'comments'",
    "shares": f"{POSTS} SELECT sum(value) FROM seen WHERE metric = 'shares'",
    "applause": f"{POSTS} SELECT avg(value) FROM seen WHERE metric = 'likes'",
    "conversation": f"{POSTS} SELECT avg(value) FROM seen WHERE metric = 'comments'",
    "amplification": f"{POSTS} SELECT avg(value) FROM seen WHERE metric = 'shares'",
    "views": f"{POSTS} SELECT sum(views) FROM posts",
    "engagement_rate_views": f"{POSTS} SELECT sum(interactions) / sum(views) FROM posts WHERE interactions IS NOT NULL",
    "engagement_rate_followers": f"""{POSTS} SELECT sum(interactions) / sum(followers) FROM sized
        WHERE interactions IS NOT NULL AND followers IS NOT NULL""",
    "followers": NOW_LEVELS,
    "visits": f"{DAYS} SELECT sum(value) FROM days WHERE subject = 'site' AND metric = 'visits'",
    "page_views": f"{DAYS} SELECT sum(value) FROM days WHERE subject = 'site' AND metric = 'page_views'",
    "orders": f"{DAYS} SELECT sum(value) FROM days WHERE subject = 'shop' AND metric = 'orders'",
    "revenue": f"{DAYS} SELECT sum(value) FROM days WHERE subject = 'shop' AND metric = 'revenue'",
    "order_value": f"""{DAYS} SELECT sum(value) FILTER (metric = 'revenue') / sum(value) FILTER (metric = 'orders')
        FROM days WHERE subject = 'shop'""",
    "conversion_rate": f"""{DAYS} SELECT sum(value) FILTER (metric = 'orders') / sum(value) FILTER (metric = 'visits')
        FROM days WHERE subject IN ('shop', 'site')""",
    "messages": f"{DAYS} SELECT sum(value) FROM days WHERE subject = 'inbox' AND metric = 'messages'",
    "response_rate": f"""{DAYS} SELECT sum(value) FILTER (metric = 'answered') / sum(value) FILTER (metric = 'answerable')
        FROM days WHERE subject = 'inbox'""",
    "response_time": f"{DAYS} SELECT median(value) FROM days WHERE metric = 'response_time'",
    "response_time_p90": f"{DAYS} SELECT quantile_cont(value, 0.9) FROM days WHERE metric = 'response_time'",
    "sentiment": f"""{DAYS} SELECT (sum(value) FILTER (metric = 'positive') - sum(value) FILTER (metric = 'negative'))
        / sum(value) FILTER (metric IN ('positive', 'neutral', 'negative')) FROM days WHERE subject = 'inbox'""",
    "share_of_voice": f"""{POSTS}, theirs AS (
            SELECT channel, subject, observed_at, arg_max(value, imported_at) AS value FROM observations
            WHERE subject LIKE 'competitor:%' AND metric = 'interactions' AND observed_at {MONTH} GROUP BY ALL
        ), ours AS (SELECT sum(interactions) AS n FROM posts WHERE channel IN (SELECT channel FROM theirs))
        SELECT n / (n + (SELECT sum(value) FROM theirs)) FROM ours""",
}  # fmt: skip


class Filled(Protocol):
    """What the fixture of that name gives."""

    root: object
    state: object


@pytest.fixture(scope="module")
def store(filled: Filled) -> Store:
    return open_store(filled.state)  # type: ignore[arg-type]  # it is a path


@pytest.fixture(scope="module")
def report(filled: Filled) -> MonthlyReport:
    return open_report(str(filled.root), str(filled.state), "2026-10", now="2026-11-21T19:00:00+01:00", language="en")


@pytest.mark.parametrize("name", list(BY_HAND))
def test_a_key_figure_is_what_an_analyst_gets(name: str, store: Store, report: MonthlyReport) -> None:
    """The value in the report's table, to the last digit that counts."""
    (row,) = store.query(BY_HAND[name], {}).to_pylist()
    (own,) = row.values()
    (figure,) = [one.month.value for one in report.compared if one.kpi.name == name]
    assert own
    assert figure == pytest.approx(own, rel=1e-9)
