"""Single posts of the sample's competitors, of which their daily counts are the sums; see `toolkit.sample.rivals`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from toolkit.research.seen import SeenPost
from toolkit.sample.rivals import Posted

FORMATS: Final = {"Kontor Elbkaffee": ("photo",) * 6 + ("video",) * 3 + ("link",), "Röstwerk Süd": ("photo",) * 4 + ("text",) * 4 + ("video", "link")}  # fmt: skip
HOURS: Final = (7, 8, 9, 12, 12, 17, 18, 19)
SETTLED: Final = timedelta(days=8)


def watched(days: Iterable[Posted], now: datetime, seed: int = 7) -> Iterator[SeenPost]:
    """A post for each that was counted."""
    for day in days:
        name = day.brand.subject.partition(":")[2]
        chance = Random(f"{seed}:{name}:{day.channel}:{day.noon.date()}")  # noqa: S311  # a sample, not a secret
        for number, won in enumerate(_shares(day.interactions, day.posts)):
            form = chance.choice(FORMATS[name])
            at = day.noon.replace(hour=chance.choice(HOURS), minute=chance.randrange(60))
            if at < now:
                address = f"https://{_host(name)}/{day.channel}/{day.noon:%Y%m%d}{number}"
                counted = min(at + SETTLED, now)
                yield SeenPost(name, day.channel, address, at, form, won, counted, round(day.followers))


def _shares(whole: int, posts: int) -> list[float]:
    """The day's interactions among its posts, without a rest."""
    return [float(whole // posts + (number < whole % posts)) for number in range(posts)]


def _host(name: str) -> str:
    return {"Kontor Elbkaffee": "elbkaffee.example.net"}.get(name, "roestwerk-sued.example.org")
