"""The sample's competition: two invented roasteries, what they post, and who is talked about how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import exp
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.sample.audiences import AUDIENCES, level
from toolkit.sample.planted import Planted
from toolkit.sample.rows import Row, chance_of, noons

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


def rival_rows(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Their public counts by the day, and the mentions of all brands by the week."""
    days = list(noons(planted, now, zone))
    rivals = [Brand(f"competitor:{name}", size) for name, size in COMPETITORS.items()]
    for channel in CHANNELS:
        for brand in rivals:
            yield from _posts(planted, days, brand, channel)
        for brand in (*rivals, Brand("account", 1.0)):
            yield from _mentions(planted, days, brand, channel)


def _posts(planted: Planted, days: Iterable[datetime], brand: Brand, channel: str) -> Iterator[Row]:
    for noon in days:
        chance = chance_of(planted, f"{brand.subject.partition(':')[2]}:{channel}:{noon.date()}")
        posts = chance.choice((0, 0, 1, 1, 1, 2))
        followers = brand.followers(channel, planted, noon.date())
        seen = posts * followers * AUDIENCES[channel].rate * exp(chance.gauss(0, 0.4))
        yield Row(brand.subject, channel, "posts", str(posts), noon)
        yield Row(brand.subject, channel, "interactions", str(round(seen)), noon)
        if noon.weekday() == 0:
            yield Row(brand.subject, channel, "followers", str(round(followers)), noon)


def _mentions(planted: Planted, days: Iterable[datetime], brand: Brand, channel: str) -> Iterator[Row]:
    for noon in (noon for noon in days if noon.weekday() == 0):
        chance = chance_of(planted, f"mentions:{brand.subject}:{channel}:{noon.date()}")
        amount = brand.followers(channel, planted, noon.date()) * _TALK * exp(chance.gauss(0, 0.3))
        yield Row(brand.subject, channel, "mentions", str(round(amount)), noon)
