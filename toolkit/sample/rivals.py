"""The sample's competition: two invented roasteries, what they post, and who is talked about how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from math import exp
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.sample.audiences import AUDIENCES, level
from toolkit.sample.planted import Planted
from toolkit.sample.rows import Row, chance_of, noons
from toolkit.values import dataclass

COMPETITORS: Final = {"Kontor Elbkaffee": 1.15, "Röstwerk Süd": 0.7}
CHANNELS: Final = ("mastodon", "bluesky")
_TALK: Final = 0.011  # mentions in a week for each follower


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand that is tracked; `size` is its number of followers as a multiple of ours."""

    subject: str
    size: float

    def followers(self, channel: str, planted: Planted, day: date) -> float:
        return level(AUDIENCES[channel], planted, day) * self.size


@dataclass(frozen=True, slots=True)
class Posted:
    """A day of a brand on a channel: how often it posted, and what that won."""

    brand: Brand
    channel: str
    noon: datetime
    posts: int
    interactions: int
    followers: float


def rival_rows(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Their public counts by the day, and the mentions of all brands by the week."""
    days = list(noons(planted, now, zone))
    for channel in CHANNELS:
        for brand in _brands():
            yield from _counts(_posted(planted, days, brand, channel))
        for brand in (*_brands(), Brand("account", 1.0)):
            yield from _mentions(planted, days, brand, channel)


def rival_days(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Posted]:
    """The same days as values."""
    days = list(noons(planted, now, zone))
    for channel in CHANNELS:
        for brand in _brands():
            yield from _posted(planted, days, brand, channel)


def _brands() -> list[Brand]:
    return [Brand(f"competitor:{name}", size) for name, size in COMPETITORS.items()]


def _posted(planted: Planted, days: Iterable[datetime], brand: Brand, channel: str) -> Iterator[Posted]:
    for noon in days:
        chance = chance_of(planted, f"{brand.subject.partition(':')[2]}:{channel}:{noon.date()}")
        posts = chance.choice((0, 0, 1, 1, 1, 2))
        followers = brand.followers(channel, planted, noon.date())
        seen = posts * followers * AUDIENCES[channel].rate * exp(chance.gauss(0, 0.4))
        yield Posted(brand, channel, noon, posts, round(seen), followers)


def _counts(days: Iterable[Posted]) -> Iterator[Row]:
    for day in days:
        yield Row(day.brand.subject, day.channel, "posts", str(day.posts), day.noon)
        yield Row(day.brand.subject, day.channel, "interactions", str(day.interactions), day.noon)
        if day.noon.weekday() == 0:
            yield Row(day.brand.subject, day.channel, "followers", str(round(day.followers)), day.noon)


def _mentions(planted: Planted, days: Iterable[datetime], brand: Brand, channel: str) -> Iterator[Row]:
    for noon in (noon for noon in days if noon.weekday() == 0):
        chance = chance_of(planted, f"mentions:{brand.subject}:{channel}:{noon.date()}")
        amount = brand.followers(channel, planted, noon.date()) * _TALK * exp(chance.gauss(0, 0.3))
        yield Row(brand.subject, channel, "mentions", str(round(amount)), noon)
