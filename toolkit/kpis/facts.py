"""Ibis tables from which the KPIs are built: one row per post, per account, per day. No engine is named here.

All times inside the tables are naive and UTC. What was not delivered is null, and null is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import ibis.expr.types as ir

POST_METRICS: Final = ("likes", "comments", "shares", "views", "reach", "view_time", "downloads", "clicks")
AGE_HOURS: Final = 7 * 24.0  # at which posts are compared


@dataclass(frozen=True, slots=True)
class Period:
    """What is asked about: from `start` until before `end`, as known at `until`; all aware."""

    start: datetime
    end: datetime
    until: datetime
    age_hours: float = AGE_HOURS

    @property
    def naive(self) -> tuple[datetime, datetime, datetime]:
        """Start, end and until as the tables write times."""
        start, end, until = (
            moment.astimezone(UTC).replace(tzinfo=None) for moment in (self.start, self.end, self.until)
        )
        return start, end, until


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in a zone, as periods begin and end."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


@cache
def observations() -> ir.Table:
    """The observations, as `toolkit.metrics` or any other database holds them."""
    import ibis

    texts = ("subject", "channel", "metric", "source", "import_id")
    times = ("observed_at", "published_at", "imported_at")
    columns = {**dict.fromkeys(texts, "string"), "value": "float64", **dict.fromkeys(times, "timestamp")}
    return ibis.table(columns, name="observations")


def newest(table: ir.Table, *keys: str) -> ir.Table:
    """For each combination of `keys` the row that was observed last; of equal ones the newer import's."""
    import ibis

    order = [table.observed_at.desc(), table.imported_at.desc()]
    rank = ibis.row_number().over(group_by=list(keys), order_by=order)
    return table.mutate(rank=rank).filter(lambda ranked: ranked["rank"] == 0).drop("rank")


def posts(period: Period) -> ir.Table:
    """One row per post and channel published in the period, a column per metric, as seen at equal age.

    `interactions` are likes, comments and shares, as far as the network delivers them; `followers` the account's
    last count before the post went out.
    """
    import ibis

    start, end, until = period.naive
    rows = observations()
    age = rows.observed_at.epoch_seconds() - rows.published_at.epoch_seconds()
    rows = rows.filter(
        rows.published_at >= start,
        rows.published_at < end,
        rows.observed_at <= until,
        age >= 0,
        age <= int(period.age_hours * 3600),
    )
    rows = newest(rows, "subject", "channel", "metric")
    wide = rows.group_by(["subject", "channel"]).agg(
        at=rows.published_at.min(), **{name: rows.value.max(where=rows.metric == name) for name in POST_METRICS}
    )
    likes, comments, shares = wide.likes, wide.comments, wide.shares
    known = likes.notnull() | comments.notnull() | shares.notnull()
    total = likes.coalesce(0.0) + comments.coalesce(0.0) + shares.coalesce(0.0)
    wide = wide.mutate(interactions=ibis.cases((known, total)))
    return wide.left_join(_followers_at(wide), ["subject", "channel"], rname="_{name}").drop("_subject", "_channel")


def _followers_at(wide: ir.Table) -> ir.Table:
    levels = account_levels().select("channel", "value", "observed_at", "imported_at")
    joined = wide.select("subject", "channel", "at").inner_join(
        levels, [wide.channel == levels.channel, levels.observed_at <= wide["at"]], rname="_{name}"
    )
    return newest(joined, "subject", "channel").select("subject", "channel", followers="value")


def account_levels() -> ir.Table:
    """Every follower count of every account."""
    rows = observations()
    return rows.filter(rows.subject == "account", rows.metric == "followers")


def daily(subject: str, metric: str, period: Period) -> ir.Table:
    """One row per day and channel of something that is counted by the day, such as the shop's orders."""
    start, end, until = period.naive
    rows = observations()
    rows = rows.filter(
        rows.subject.startswith(subject) if subject.endswith(":") else rows.subject == subject,
        rows.metric == metric,
        rows.observed_at >= start,
        rows.observed_at < end,
        rows.observed_at <= until,
    )
    return newest(rows, "subject", "channel", "observed_at")
