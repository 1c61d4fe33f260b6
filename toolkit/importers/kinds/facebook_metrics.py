"""The research data set “Facebook metrics” (Moro, Rita and Vala 2016): 500 posts of a cosmetics page in 2014.

It has no ids, days or minutes, only month, weekday (1 is Sunday) and hour. The rows run backwards from the end of
December, so each post gets the latest day of its month with its weekday that is not after the row before; all 500
rows fit into 2014 that way. Hours are wall times of the workspace's zone. Its numbers are called “lifetime”; they are
entered as counted seven days after publication, the age at which posts are compared.

| their column | becomes |
|---|---|
| Lifetime Post Total Reach, Impressions | `reach`, `views` |
| comment, like, share | `comments`, `likes`, `shares` |
| Lifetime Post Consumptions, Consumers | `clicks`, `consumers` |
| Lifetime Engaged Users | `engaged_users` |
| Page total likes | the account's `followers` when the post went out |
| Type, Category, Paid | the post's format, pillar (action, product, inspiration) and whether it was paid |

Empty cells are missing values and not zero. Source: DOI 10.1016/j.jbusres.2016.02.010, CC BY 4.0.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import ACCOUNT, channel_of
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout
from toolkit.importers.posts import FORMATS, check_sums
from toolkit.importers.records import Reading, Record
from toolkit.messages import _
from toolkit.model import Subject

TITLE: Final = "Facebook metrics, the research data set of 2014"
NETWORK: Final = "facebook"
MENU: Final = Menu(
    en="UCI Machine Learning Repository → Facebook metrics → dataset_Facebook.csv",
    de="UCI Machine Learning Repository → Facebook metrics → dataset_Facebook.csv",
)
EVIDENCE: Final = Evidence(
    Confidence.TESTED,
    "the data set itself, DOI 10.1016/j.jbusres.2016.02.010",
)
NAME: Final = "facebook-metrics"
YEAR: Final = 2014
AGE: Final = timedelta(days=7)
CATEGORIES: Final = {1: "action", 2: "product", 3: "inspiration"}
LAYOUT: Final = Layout(
    (
        Column("followers", ("Page total likes",), Kind.COUNT, needed=True),
        Column("format", ("Type",), needed=True),
        Column("category", ("Category",), Kind.COUNT),
        Column("month", ("Post Month",), Kind.COUNT, needed=True),
        Column("weekday", ("Post Weekday",), Kind.COUNT, needed=True),
        Column("hour", ("Post Hour",), Kind.COUNT, needed=True),
        Column("paid", ("Paid",), Kind.COUNT),
        Column("reach", ("Lifetime Post Total Reach",), Kind.COUNT, needed=True),
        Column("views", ("Lifetime Post Total Impressions",), Kind.COUNT),
        Column("engaged_users", ("Lifetime Engaged Users",), Kind.COUNT),
        Column("consumers", ("Lifetime Post Consumers",), Kind.COUNT),
        Column("clicks", ("Lifetime Post Consumptions",), Kind.COUNT),
        Column("comments", ("comment",), Kind.COUNT),
        Column("likes", ("like",), Kind.COUNT),
        Column("shares", ("share",), Kind.COUNT),
        Column("check_interactions", ("Total Interactions",), Kind.COUNT),
    )
)
SUMS: Final = {"check_interactions": ("comments", "likes", "shares")}
METRICS: Final = ("reach", "views", "engaged_users", "consumers", "clicks", "comments", "likes", "shares")


def identify(export: Export) -> Match:
    """By its month, weekday, hour and reach."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every post, with a moment made from what the file says."""
    gathering = Gathering(document, NAME)
    tables = find_tables(document.export, LAYOUT)
    channel = channel_of(gathering, NETWORK, ACCOUNT)
    if channel is None:
        return gathering.extract()
    followers: dict[datetime, float] = {}
    for table in tables:
        before = date(YEAR, 12, 31)
        for record in Reading(table, gathering).records():
            day = _day(record, before)
            if day is not None:
                before = day
                _observe(gathering, record, channel, day, followers)
    _observe_followers(gathering, channel, followers)
    return gathering.extract(table.columns for table in tables)


def _day(record: Record, before: date) -> date | None:
    """The latest day of the row's month and weekday that is not after `before`."""
    month, weekday = _whole(record, "month", range(1, 13)), _whole(record, "weekday", range(1, 8))
    if month is None or weekday is None:
        return None
    last = date(YEAR, month, monthrange(YEAR, month)[1])
    for start in (min(before, last), last):
        day = start - timedelta(days=(start.isoweekday() % 7 + 1 - weekday) % 7)
        if day.month == month:
            return day
    return None


def _whole(record: Record, name: str, allowed: range) -> int | None:
    """A number of the calendar; others are problems."""
    value = record.number(name)
    if value is not None and value in allowed:
        return int(value)
    message = _("{header} is a whole number from {first} to {last}")
    header = record.reading.table.layout.column(name).headers[0]
    record.problem(record.place(name), message.format(header=header, first=allowed[0], last=allowed[-1]))
    return None


def _observe(gathering: Gathering, record: Record, channel: str, day: date, followers: dict[datetime, float]) -> None:
    hour = _whole(record, "hour", range(24))
    if hour is None:
        return
    zone = ZoneInfo(gathering.document.zone)
    published = datetime.combine(day, time(hour), zone).astimezone(UTC)
    uid = f"{NAME}:{gathering.rows}"
    sighting = Sighting(uid, channel, published + AGE, published)
    values = {name: record.number(name) for name in (*METRICS, *SUMS)}
    check_sums(record, values, SUMS)
    there = {name: value for name in METRICS if (value := values[name]) is not None}
    gathering.observe_row(record.reading.table.sheet, record.place, sighting, there)
    likes = record.number("followers")
    if likes is not None:
        # Two posts of one hour may have two figures; the larger one counts.
        followers[published] = max(likes, followers.get(published, 0.0))
    gathering.unmatched.add(uid)
    gathering.describe(_about(record, uid))


def _observe_followers(gathering: Gathering, channel: str, followers: dict[datetime, float]) -> None:
    for moment, likes in followers.items():
        gathering.count(likes, Sighting(ACCOUNT, channel, moment), "followers")


def _about(record: Record, uid: str) -> Subject:
    category, paid = record.number("category"), record.number("paid")
    form = record.text("format").casefold()
    return Subject(
        uid,
        title=f"{record.text('format')} {uid.rpartition(':')[2]}",
        format=FORMATS.get(form, form),
        pillar=CATEGORIES.get(int(category), "") if category is not None else "",
        paid=None if paid is None else bool(paid),
    )
