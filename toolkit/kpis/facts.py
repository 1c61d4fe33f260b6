"""Ibis tables from which the KPIs are built: one row per post, account, day or message. No engine is named here.

All times inside the tables are naive and UTC. What was not delivered is null, and null is not zero. The period stands in
the expressions as blanks (`blank_moment`), so that one expression is made into SQL once and asked about every period;
`toolkit.kpis.sql` fills them in.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.values import dataclass

if TYPE_CHECKING:
    import ibis.expr.types as ir

# What is counted of a post; totals so far.
POST_METRICS: Final = (
    "likes",
    "comments",
    "shares",
    "saves",
    "views",
    "impressions",
    "reach",
    "video_views",
    "completed_views",
    "view_time",
    "clicks",
    "link_clicks",
    "downloads",
    "engaged_users",
    "consumers",
    "opens",
    "sent",
    "delivered",
)
# What is counted of a website, a shop, an inbox, in search engines and of what accounts bring; amounts of a day.
DAY_METRICS: Final[dict[str, tuple[str, ...]]] = {
    "site": ("page_views", "visits", "visitors", "visits_unattributed", "leads", "conversions", "downloads"),
    "shop": ("orders", "revenue"),
    "inbox": ("messages", "answerable", "answered", "positive", "neutral", "negative", "sentiment_error"),
    "search": ("impressions", "clicks", "position"),
    "account": ("site_visits",),
}
RESPONSE: Final = "response_time"  # seconds of service hours until the answer, one observation per message

KEPT: Final = "facts"

TEXTS: Final = ("subject", "channel", "metric", "source", "import_id")
NUMBERS: Final = ("value",)
READ: Final = ("subject", "channel", "metric", "observed_at", "published_at", "source", "import_id")
TIMES: Final = ("observed_at", "published_at", "imported_at")


class Facts(Protocol):
    """A table with the columns `unit`, `channel`, `at` (naive UTC) and one per metric.

    Equal facts hash equal, and their repr says all that their SQL depends on: they are frozen dataclasses.
    """

    def __call__(self) -> ir.Table: ...

    def rows(self) -> ir.Table:
        """The observations that it is made from, with the columns `READ`."""


@cache
def observations() -> ir.Table:
    """The observations, as `toolkit.metrics` or any other database holds them."""
    return _snapshots("observations")


@cache
def series() -> ir.Table:
    """Those of what is not a post: accounts, website, shop, inbox, campaigns and competitors."""
    return _snapshots("series")


def _snapshots(name: str) -> ir.Table:
    import ibis

    columns = {
        **dict.fromkeys(TEXTS, "string"),
        **dict.fromkeys(NUMBERS, "float64"),
        **dict.fromkeys(TIMES, "timestamp"),
    }
    return ibis.table(columns, name=name)


@cache
def values_at_age() -> ir.Table:
    """The last snapshot of each post at or before some ages, as the store keeps it ready."""
    import ibis

    texts, numbers = dict.fromkeys(TEXTS[:3], "string"), {"age_hours": "float64", "value": "float64"}
    return ibis.table({**texts, **numbers, **dict.fromkeys(TIMES, "timestamp")}, name="value_at_age")


def blank_moment(name: str) -> ir.TimestampScalar:
    """A moment that is filled in later: start, end, until, or seen, the last moment that can matter for posts."""
    import ibis

    return ibis.literal(f"@{name}").cast("timestamp")


def blank_number(name: str) -> ir.IntegerScalar:
    """A whole number that is filled in later: age in seconds, or hours."""
    import ibis

    return ibis.literal(f"@{name}").cast("int64")


def newest(table: ir.Table, *keys: str) -> ir.Table:
    """For each combination of `keys` the row that was observed last; of equal ones the newer import's."""
    import ibis

    order = [table.observed_at.desc(), table.imported_at.desc(), table.value.desc()]
    rank = ibis.row_number().over(group_by=list(keys), order_by=order)
    return table.mutate(rank=rank).filter(lambda ranked: ranked["rank"] == 0).drop("rank")


@dataclass(frozen=True, slots=True)
class Posts:
    """One row per post and channel published in the period, as seen at equal age.

    `interactions` are likes, comments and shares, as far as the network delivers them; `engagements` also saves and
    clicks; `shown` are views, or impressions where the network says so; `received` are newsletters that were delivered, or
    sent where that is not told; `followers` the account's last count before the post went out. `ready` reads the store's
    `value_at_age`; `toolkit.kpis.rows.is_ready` says when that is right.
    """

    followers: bool = False
    ready: bool = False

    def __call__(self) -> ir.Table:
        wide = _pivot(_ready_rows() if self.ready else post_rows(), POST_METRICS)
        wide = wide.mutate(
            interactions=_known_sum(wide, "likes", "comments", "shares"),
            engagements=_known_sum(wide, "likes", "comments", "shares", "saves", "clicks"),
            shown=wide.views.coalesce(wide.impressions),
            link=wide.link_clicks.coalesce(wide.clicks),
            received=wide.delivered.coalesce(wide.sent),
            posts=wide["at"].notnull().ifelse(1, 0).cast("float64"),
        )
        return _with_followers(wide) if self.followers else wide

    def rows(self) -> ir.Table:
        import ibis

        if not self.followers:
            return post_rows().select(*READ)
        levels = followers_at(replace(self, followers=False)()).mutate(published_at=ibis.null("timestamp"))
        return _union(post_rows(), levels)


@dataclass(frozen=True, slots=True)
class Kept:
    """Facts that an engine made once and keeps as the table `KEPT` for the moment."""

    facts: Facts

    def __call__(self) -> ir.Table:
        import ibis

        return ibis.table(self.facts().schema(), name=KEPT)

    def rows(self) -> ir.Table:
        return self.facts.rows()


def post_rows() -> ir.Table:
    """The snapshots that count: of each post's metric the last one at the period's age, as known at its `until`."""
    rows = observations()
    start, end = blank_moment("start"), blank_moment("end")
    known = rows.filter(
        rows.published_at >= start,
        rows.published_at < end,
        # Implied by the others, but files of other months need not be opened.
        rows.observed_at >= start,
        rows.observed_at <= blank_moment("seen"),
        rows.observed_at >= rows.published_at,
        rows.observed_at <= rows.published_at + blank_number("age").as_interval("s"),
    )
    return newest(known, "subject", "channel", "metric")


def _ready_rows() -> ir.Table:
    rows = values_at_age()
    return rows.filter(
        rows.published_at >= blank_moment("start"),
        rows.published_at < blank_moment("end"),
        rows.age_hours == blank_number("hours"),
    )


def _pivot(rows: ir.Table, metrics: tuple[str, ...]) -> ir.Table:
    columns = {name: rows.value.max(where=rows.metric == name) for name in metrics}
    return rows.group_by(["subject", "channel"]).agg(at=rows.published_at.min(), **columns).rename(unit="subject")


def _known_sum(wide: ir.Table, *names: str) -> ir.Value:
    """The sum of what is known; null where nothing is."""
    import ibis

    known = ibis.or_(*(wide[name].notnull() for name in names))
    return ibis.cases((known, sum((wide[name].coalesce(0.0) for name in names[1:]), wide[names[0]].coalesce(0.0))))


def _with_followers(wide: ir.Table) -> ir.Table:
    found = followers_at(wide).select("unit", "channel", followers="value")
    return wide.left_join(found, ["unit", "channel"], rname="_{name}").drop("_unit", "_channel")


def followers_at(wide: ir.Table) -> ir.Table:
    """For each post the account's last follower count before it went out, as it was observed."""
    import ibis

    levels = newest(account_levels().drop("published_at"), "channel", "observed_at")
    # Each count holds until the next one, so a post finds one row and not all those before it.
    levels = levels.mutate(following=levels.observed_at.lead().over(group_by="channel", order_by="observed_at"))
    holds = [
        wide.channel == levels.channel,
        levels.observed_at <= wide["at"],
        ibis.or_(levels.following.isnull(), levels.following > wide["at"]),
    ]
    found = wide.select("unit", "channel", "at").inner_join(levels, holds, rname="_{name}")
    return found.drop("_channel", "following")


def account_levels() -> ir.Table:
    """Every follower count of every account."""
    rows = series()
    return rows.filter(rows.subject == "account", rows.metric == "followers")


def level_rows() -> tuple[ir.Table, ir.Table]:
    """Each account's last follower count of the period, and its last one before the period."""
    start, end, until = blank_moment("start"), blank_moment("end"), blank_moment("until")
    rows = account_levels()
    inside = rows.filter(rows.observed_at >= start, rows.observed_at < end, rows.observed_at <= until)
    return newest(inside, "channel"), newest(rows.filter(rows.observed_at < start), "channel")


@dataclass(frozen=True, slots=True)
class Accounts:
    """One row per account: `followers` at the end of the period, and `before` when it began."""

    def __call__(self) -> ir.Table:
        last, before = level_rows()
        before = before.select("channel", before="value")
        both = last.left_join(before, "channel", rname="_{name}")
        return both.select(unit="channel", channel="channel", at="observed_at", followers="value", before="before")

    def rows(self) -> ir.Table:
        return _union(*level_rows())


def daily(subject: str, *metrics: str) -> ir.Table:
    """What was counted by the day of a subject, or of all whose name begins with it when it ends with a colon.

    A moment that was delivered twice counts once, with the newer import's value.
    """
    rows = series()
    rows = rows.filter(
        rows.subject.startswith(subject) if subject.endswith(":") else rows.subject == subject,
        rows.metric.isin(metrics),
        rows.observed_at >= blank_moment("start"),
        rows.observed_at < blank_moment("end"),
        rows.observed_at <= blank_moment("until"),
    )
    return newest(rows, "subject", "channel", "metric", "observed_at")


@dataclass(frozen=True, slots=True)
class Days:
    """One row per day and channel of a website, a shop, an inbox or a campaign's links, a column per metric."""

    subject: str
    metrics: tuple[str, ...]

    @property
    def of_accounts(self) -> bool:
        """Whether the channels are accounts, and not what a shop is called."""
        return self.subject == "account"

    def __call__(self) -> ir.Table:
        rows = daily(self.subject, *self.metrics)
        columns = {name: rows.value.max(where=rows.metric == name) for name in self.metrics}
        wide = rows.group_by(["subject", "channel", "observed_at"]).agg(**columns)
        return wide.rename(unit="subject", at="observed_at")

    def rows(self) -> ir.Table:
        return daily(self.subject, *self.metrics).select(*READ)


@dataclass(frozen=True, slots=True)
class WebDays:
    """One row per day (UTC) with what website and shop counted, whatever their channels are called."""

    def __call__(self) -> ir.Table:
        import ibis

        site, shop = (daily(subject, *DAY_METRICS[subject]) for subject in ("site", "shop"))
        rows = site.union(shop)
        rows = rows.mutate(day=rows.observed_at.truncate("D"))
        metrics = (*DAY_METRICS["site"], *DAY_METRICS["shop"])
        columns = {name: rows.value.sum(where=rows.metric == name) for name in metrics}
        wide = rows.group_by("day").agg(at=rows.observed_at.min(), **columns)
        return wide.mutate(unit=ibis.literal("web"), channel=ibis.literal(""))

    def rows(self) -> ir.Table:
        return _union(*(daily(subject, *DAY_METRICS[subject]) for subject in ("site", "shop")))


@dataclass(frozen=True, slots=True)
class Answers:
    """One row per answered message: `response_time` in seconds of service hours."""

    def __call__(self) -> ir.Table:
        rows = daily("inbox:", RESPONSE)
        return rows.select(unit="subject", channel="channel", at="observed_at", response_time="value")

    def rows(self) -> ir.Table:
        return daily("inbox:", RESPONSE).select(*READ)


@dataclass(frozen=True, slots=True)
class Voices:
    """Own and competitors' rows on the channels where competitors are tracked: `own` is null in theirs, `all` never."""

    metric: str  # interactions of posts at equal age, or mentions by the day
    ready: bool = False

    def __call__(self) -> ir.Table:
        import ibis

        theirs = daily("competitor:", self.metric)
        theirs = theirs.select("channel", at="observed_at", unit="subject", own=ibis.null("float64"), all="value")
        own = self._own().semi_join(theirs, "channel")
        return own.select(*_VOICE).union(theirs.select(*_VOICE))

    def rows(self) -> ir.Table:
        own = post_rows() if self.metric == "interactions" else daily("account", self.metric)
        return _union(own, daily("competitor:", self.metric))

    def _own(self) -> ir.Table:
        if self.metric == "interactions":
            posts = Posts(ready=self.ready)()
            known = posts.filter(posts.interactions.notnull())
            return known.mutate(own=known.interactions, all=known.interactions)
        rows = daily("account", self.metric)
        return rows.select("channel", at="observed_at", unit="subject", own="value", all="value")


def _union(first: ir.Table, second: ir.Table) -> ir.Table:
    return first.select(*READ).union(second.select(*READ))


_VOICE: Final = ("unit", "channel", "at", "own", "all")
