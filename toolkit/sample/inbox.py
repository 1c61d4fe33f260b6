"""The sample's inbox: how much came in, what was answered and how fast, and how friendly it was.

Numbers only: no message, no name. In the bad week more comes in, less of it friendly, and answers take longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.sample.planted import Planted
from toolkit.sample.rows import Row, chance_of, noons, trend

CHANNELS: Final = {"mastodon": 1.1, "instagram": 1.6}  # account → messages on a usual day
MIDDLE: Final = 55 * 60  # seconds of service hours until half of the messages are answered
SPREAD: Final = 1.1  # of the logarithm
ERROR: Final = "0.18"  # share of messages that the classifier gets wrong, as measured for it
ANSWERABLE: Final = 0.62
_BAD: Final = 2.4  # times as much in the bad week


def inbox_rows(accounts: frozenset[str], planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Amounts of each day, and one waiting time for each message that was answered."""
    for channel, usual in CHANNELS.items():
        for noon in noons(planted, now, zone) if channel in accounts else ():
            chance = chance_of(planted, f"inbox:{channel}:{noon.date()}")
            bad = planted.bad_week[0] <= noon.date() <= planted.bad_week[1]
            mean = usual * trend(planted, noon) * (_BAD if bad else 1)
            amount = sum(chance.random() < mean / 8 for _message in range(8))
            yield from _day(channel, noon, chance, amount, bad=bad) if amount else ()


def _day(channel: str, noon: datetime, chance: Random, amount: int, *, bad: bool) -> Iterator[Row]:
    wanted = sum(chance.random() < ANSWERABLE for _message in range(amount))
    answered = sum(chance.random() < (0.78 if bad else 0.93) for _message in range(wanted))
    moods = [_mood(chance, bad=bad) for _message in range(amount)]
    counts = {"messages": amount, "answerable": wanted, "answered": answered}
    counts |= {mood: moods.count(mood) for mood in ("positive", "neutral", "negative")}
    for metric, value in counts.items():
        yield Row("inbox", channel, metric, str(value), noon)
    yield Row("inbox", channel, "sentiment_error", ERROR, noon)
    for number in range(answered):
        seconds = MIDDLE * (2 if bad else 1) * exp(chance.gauss(0, SPREAD))
        moment = noon - timedelta(minutes=number)
        yield Row(f"inbox:{noon:%Y%m%d}-{channel}-{number}", channel, "response_time", str(round(seconds)), moment)


def _mood(chance: Random, *, bad: bool) -> str:
    return chance.choices(("positive", "neutral", "negative"), (2, 4, 5) if bad else (5, 4, 1))[0]
