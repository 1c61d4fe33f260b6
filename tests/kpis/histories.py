"""Histories that no KPI is spared: all metrics, gaps, corrections, threads of channels, competitors, an inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from toolkit.kpis import Period
from toolkit.kpis.facts import DAY_METRICS, POST_METRICS
from toolkit.model import Observation, Subject

BERLIN = ZoneInfo("Europe/Berlin")
AUTUMN = Period(
    datetime(2026, 10, 1, tzinfo=BERLIN), datetime(2026, 11, 1, tzinfo=BERLIN), datetime(2026, 11, 21, tzinfo=UTC)
)
CHANNELS = ("mastodon", "bluesky", "linkedin")
AGES = (1, 5, 24, 100, 168, 169, 400)


def rich_history(posts: int, seed: int = 7, import_id: str = "rich") -> list[Observation]:
    """Posts of September to November on up to three channels, and everything else that KPIs need."""
    chance = Random(seed)
    rows = list(_posts(chance, posts, import_id))
    rows += _days(chance, import_id)
    rows += _inbox(chance, import_id)
    return rows


def subjects_of(posts: int) -> dict[str, Subject]:
    """What is said about the posts; about every seventh nothing."""
    forms, pillars = ("photo", "video", "text"), ("wissen", "produkt", "")
    return {
        f"{n:06}": Subject(
            f"{n:06}", format=forms[n % 3], pillar=pillars[n % 3], campaign="advent" if n % 5 == 0 else ""
        )
        for n in range(posts)
        if n % 7
    }


def _posts(chance: Random, posts: int, import_id: str) -> Iterator[Observation]:
    begin = datetime(2026, 9, 15, tzinfo=UTC)
    for n in range(posts):
        at = begin + timedelta(minutes=chance.randrange(70 * 1440), seconds=chance.randrange(60))
        for channel in chance.sample(CHANNELS, chance.randint(1, 3)):
            for metric in POST_METRICS:
                if chance.random() < 0.15:
                    continue  # not delivered
                last = float(int(chance.lognormvariate(4, 1.2)))
                for age in AGES:
                    if chance.random() < 0.8:
                        seen = at + timedelta(hours=age, milliseconds=chance.randrange(3))
                        value = float(int(last * min(1.0, age / 170)))
                        yield Observation(f"{n:06}", channel, metric, value, seen, at, "csv", import_id)


def _days(chance: Random, import_id: str) -> Iterator[Observation]:
    for day in range(75):
        noon = datetime(2026, 9, 10, 10, tzinfo=UTC) + timedelta(days=day)
        for subject, metrics in DAY_METRICS.items():
            channels = CHANNELS[:2] if subject in ("inbox", "account") else ("",)
            for channel in channels:
                for metric in metrics:
                    if chance.random() < 0.9:
                        value = chance.random() / 5 if metric == "sentiment_error" else float(chance.randrange(1, 400))
                        yield Observation(subject, channel, metric, value, noon, None, "csv", import_id)
        for channel in CHANNELS:
            if chance.random() < 0.9:
                yield Observation("account", channel, "followers", 1000.0 + 3 * day, noon, None, "csv", import_id)
            yield Observation("account", channel, "mentions", float(chance.randrange(20)), noon, None, "csv", import_id)
        for brand in ("competitor:Bohne", "competitor:Röstwerk"):
            for metric in ("interactions", "mentions"):
                value = float(chance.randrange(300))
                yield Observation(brand, "bluesky", metric, value, noon, None, "csv", import_id)


def _inbox(chance: Random, import_id: str) -> Iterator[Observation]:
    begin = datetime(2026, 9, 20, tzinfo=UTC)
    for n in range(300):
        at = begin + timedelta(minutes=chance.randrange(60 * 1440))
        seconds = float(int(chance.lognormvariate(8, 1)))
        yield Observation(f"inbox:{n}", chance.choice(CHANNELS), "response_time", seconds, at, None, "csv", import_id)
