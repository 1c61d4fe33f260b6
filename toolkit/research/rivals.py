"""Each tracked brand beside ours in one period: how often it posts, in which formats, what a post wins per follower, what is best.

Single posts are the `SeenPost`s of competitors and our own posts on the same channels, all at seven days. A rate is the key
figure *engagement rate (followers)* for everybody, with its interval and n; of fewer than eight posts none is told. What
was not counted at seven days stands in the number of posts and in no rate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from toolkit.kpis import KPIS, Engine, Period, result_of, unit_rows
from toolkit.kpis.rows import UnitRow
from toolkit.model import Subject
from toolkit.research.seen import SeenPost
from toolkit.values import dataclass

RATE: Final = "engagement_rate_followers"
FEWEST: Final = 8  # posts of which a rate is told
TOPS: Final = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """A post as it is compared: `won` interactions of `followers` at seven days, None where either is not known."""

    brand: str  # "" for ours
    channel: str
    name: str  # its address, or the uid of ours
    at: datetime
    format: str
    won: float | None = None
    followers: float | None = None

    @property
    def rate(self) -> float | None:
        """Interactions per follower."""
        return self.won / self.followers if self.won is not None and self.followers else None


@dataclass(frozen=True, slots=True)
class Cell:
    """Some posts together, and the rate of the `n` that count; None for too few, as are its limits at 90 %."""

    posts: int
    n: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """One brand in the period. `gap` is the longest time between two posts, None for fewer than two."""

    name: str  # "" for ours
    all: Cell
    per_week: float
    gap: timedelta | None
    formats: Mapping[str, Cell]
    hours: Mapping[int, int]  # hour of the day in the workspace's zone → posts
    tops: tuple[Counted, ...]


def own_posts(
    engine: Engine, period: Period, channels: Sequence[str], subjects: Mapping[str, Subject]
) -> list[Counted]:
    """Our posts of the period on the channels where competitors are seen."""
    if not channels:
        return []
    rows = unit_rows(KPIS[RATE], engine, period, channels)
    return [
        Counted(
            "",
            row.channel,
            row.unit,
            row.at,
            subjects[row.unit].format if row.unit in subjects else "",
            row.part,
            row.base,
        )
        for row in rows
    ]


def seen_posts(seen: Iterable[SeenPost], period: Period) -> list[Counted]:
    """The competitors' posts of the period."""
    return [
        Counted(
            one.brand,
            one.channel,
            one.url,
            one.at,
            one.format,
            one.interactions if one.settled else None,
            one.followers if one.settled else None,
        )
        for one in seen
        if period.start <= one.at < min(period.end, period.until)
    ]


def compare_brands(posts: Iterable[Counted], period: Period, zone: tzinfo) -> list[Brand]:
    """Every brand with posts, who wins most per follower first; those without a rate last."""
    of: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in posts:
        of[one.brand].append(one)
    weeks = (min(period.end, period.until) - period.start) / timedelta(weeks=1)
    brands = [_brand(name, found, weeks, zone) for name, found in of.items()]
    return sorted(brands, key=lambda one: (one.all.rate is None, -(one.all.rate or 0.0), one.name))


def _brand(name: str, posts: Sequence[Counted], weeks: float, zone: tzinfo) -> Brand:
    moments = sorted(one.at for one in posts)
    formats: defaultdict[str, list[Counted]] = defaultdict(list)
    hours: Counter[int] = Counter(at.astimezone(zone).hour for at in moments)
    for one in posts:
        formats[one.format].append(one)
    return Brand(
        name=name,
        all=_cell(posts),
        per_week=len(posts) / weeks,
        gap=max((after - before for before, after in pairwise(moments)), default=None),
        formats={
            form: _cell(found) for form, found in sorted(formats.items(), key=lambda item: (-len(item[1]), item[0]))
        },
        hours=dict(hours),
        tops=tuple(sorted((one for one in posts if one.rate), key=lambda one: (-(one.rate or 0.0), one.name))[:TOPS]),
    )


def _cell(posts: Sequence[Counted]) -> Cell:
    rows = [UnitRow(one.name, one.channel, one.at, one.won, one.followers) for one in posts if one.rate is not None]
    if len(rows) < FEWEST:
        return Cell(len(posts), len(rows))
    result = result_of(KPIS[RATE], rows)
    low, high = (result.interval.low, result.interval.high) if result.interval else (None, None)
    return Cell(len(posts), result.n, result.value, low, high)
