"""The shapes that a KPI can have, each as one Ibis expression.

An expression yields *units*, the things that are counted together: posts, days or accounts. Columns: `unit`,
`channel`, `at` (naive UTC), `part` and `base`. The value of a group is ``sum(part) / sum(base)``, or ``sum(part)``
where `base` is null. A unit without `part` only adds to the base.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from toolkit.kpis.facts import Period, account_levels, daily, newest, posts

if TYPE_CHECKING:
    import ibis.expr.types as ir

Units = Callable[[Period], "ir.Table"]


def post_total(metric: str) -> Units:
    """The sum of a metric over the period's posts."""

    def units(period: Period) -> ir.Table:
        import ibis

        table = posts(period)
        table = table.filter(table[metric].notnull())
        return table.select("channel", "at", unit="subject", part=metric, base=ibis.null("float64"))

    return units


def post_rate(part: str, base: str) -> Units:
    """One metric over another, over the posts that have both."""

    def units(period: Period) -> ir.Table:
        table = posts(period)
        table = table.filter(table[part].notnull(), table[base] > 0)
        return table.select("channel", "at", unit="subject", part=part, base=base)

    return units


def daily_total(subject: str, metric: str) -> Units:
    """The sum over the period's days."""

    def units(period: Period) -> ir.Table:
        import ibis

        table = daily(subject, metric, period)
        return table.select("channel", at="observed_at", unit="subject", part="value", base=ibis.null("float64"))

    return units


def account_level(period: Period) -> ir.Table:
    """Each account's last follower count in the period."""
    import ibis

    table = _last_level(period)
    return table.select("channel", at="observed_at", unit="channel", part="value", base=ibis.null("float64"))


def account_growth(period: Period) -> ir.Table:
    """Each account's gain in the period over what it had when the period began."""
    start, _end, _until = period.naive
    before = account_levels()
    before = newest(before.filter(before.observed_at < start), "channel").select("channel", start="value")
    table = _last_level(period).inner_join(before, "channel")
    return table.filter(table["start"] > 0).select(
        "channel", at="observed_at", unit="channel", part=table["value"] - table["start"], base="start"
    )


def _last_level(period: Period) -> ir.Table:
    start, end, until = period.naive
    rows = account_levels()
    return newest(rows.filter(rows.observed_at >= start, rows.observed_at < end, rows.observed_at <= until), "channel")


def voices(period: Period) -> ir.Table:
    """Own posts' interactions among all: competitors' days add to the base of the channels where they are known."""
    import ibis

    others = daily("competitor:", "interactions", period)
    others = others.select("channel", at="observed_at", unit="subject", part=ibis.null("float64"), base="value")
    own = post_total("interactions")(period)
    own = own.semi_join(others, "channel").mutate(base=own.part)
    return own.select(*_COLUMNS).union(others.select(*_COLUMNS))


_COLUMNS = ("unit", "channel", "at", "part", "base")
