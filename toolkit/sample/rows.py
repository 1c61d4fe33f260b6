"""The lines of the sample's exports: posts that went out, counts of them, and the general CSV they are written as."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.sample.planted import Planted
from toolkit.values import dataclass

COLUMNS: Final = (
    "subject",
    "channel",
    "metric",
    "value",
    "observed_at",
    "published_at",
    "title",
    "format",
    "pillar",
    "campaign",
    "paid",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A post that went out: the workspace's own or an invented one."""

    uid: str
    title: str
    pillar: str
    format: str
    campaign: str
    channels: Mapping[str, datetime]  # account → moment, UTC
    labels: frozenset[str] = frozenset()
    paid: bool | None = None  # whether reach was bought for it; None: nobody says


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an export."""

    subject: str
    channel: str
    metric: str
    value: str
    observed_at: datetime
    post: Sent | None = None


@dataclass(frozen=True, slots=True)
class File:
    """An export, and when it was fetched: of totals so far, an import asks the file's own date when they were counted."""

    name: str
    data: bytes
    fetched: datetime


def chance_of(planted: Planted, what: str) -> Random:
    """A generator of its own for each thing, so that one more post does not move the numbers of the others."""
    return Random(f"{planted.seed}:{what}")  # noqa: S311  # a sample, not a secret


def noons(planted: Planted, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Each day's noon in local time, until `until`."""
    day = planted.first_day
    while (noon := datetime.combine(day, time(12), zone)) <= until:
        yield noon
        day += timedelta(days=1)


def trend(planted: Planted, noon: datetime) -> float:
    """The site and the shop grow by a fifth in a year."""
    return float(1.2 ** ((noon.date() - planted.first_day).days / 365))


def to_csv(rows: Iterable[Row]) -> bytes:
    """The rows as `toolkit.importers.table` reads them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        published = row.post.channels[row.channel].isoformat() if row.post else ""
        about = _about(row.post) if row.post else ("",) * 5
        writer.writerow(
            (row.subject, row.channel, row.metric, row.value, row.observed_at.isoformat(), published, *about)
        )
    return text.getvalue().encode()


def _about(post: Sent) -> tuple[str, ...]:
    paid = "" if post.paid is None else "yes" if post.paid else "no"
    return post.title, post.format, post.pillar, post.campaign, paid
