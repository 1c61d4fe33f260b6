"""The curve under a proposal: how much was written in the last day, what is usual, and where it stands out.

Plain numbers for an inline picture of 360 by 138 units, as wide as a phone, and the same as a table for those who read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.crisis.live import level_word
from toolkit.surprise import Level, Reading
from toolkit.values import dataclass

WIDTH: Final = 360
HEIGHT: Final = 110
HEAD: Final = 16  # room for the highest number above the curve
SHOWN: Final = timedelta(hours=24)
EVERY: Final = 3  # of the detector's steps: a point each quarter of an hour
LEAST_TOP: Final = 5  # three messages in a day must not look like a storm
_HOURS: Final = 6  # between two words below the curve


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: `count` messages in the window that ends `at`, `usual` such windows' mean."""

    at: datetime
    count: int
    usual: float
    score: float
    level: str
    loud: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """What the picture is drawn with; points as SVG wants them. `window` in minutes."""

    window: int
    top: int
    counts: str
    area: str
    usual: str
    marks: tuple[tuple[float, float], ...]
    hours: tuple[tuple[float, str], ...]
    steps: tuple[Step, ...]


def draw_curve(readings: Sequence[Reading], now: datetime, zone: ZoneInfo) -> Curve | None:
    """The last day of a judged series; None where nothing was counted yet."""
    day = [one for one in readings if now - one.at <= SHOWN]
    points = day[::-1][::EVERY][::-1]
    if not points:
        return None
    # One scale for the picture: the window of the last reading.
    top = max(LEAST_TOP, *(one.count for one in points), *(round(one.expected) for one in points))
    placed = [(_across(one.at, now), one) for one in points]
    counts = [(x, _down(one.count, top)) for x, one in placed]
    usual = [(x, _down(one.expected, top)) for x, one in placed if one.reached is not Level.LEARNING]
    return Curve(
        window=round(points[-1].window.total_seconds() / 60),
        top=top,
        counts=_line(counts),
        area=_line([(counts[0][0], HEIGHT), *counts, (counts[-1][0], HEIGHT)]),
        usual=_line(usual),
        marks=tuple((round(x, 1), round(_down(one.count, top), 1)) for x, one in placed if one.reached.speaks),
        hours=tuple(_hours(now, zone)),
        steps=tuple(_step(one, zone) for one in points[::-1][:: 60 // (5 * EVERY)]),
    )


def _step(one: Reading, zone: ZoneInfo) -> Step:
    at = one.at.astimezone(zone)
    return Step(at, one.count, one.expected, one.score, level_word(one.reached), one.reached.speaks)


def _across(at: datetime, now: datetime) -> float:
    return WIDTH * (1 - (now - at) / SHOWN)


def _down(value: float, top: int) -> float:
    return HEAD + (HEIGHT - HEAD) * (1 - value / top)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _hours(now: datetime, zone: ZoneInfo) -> list[tuple[float, str]]:
    """Full hours below the curve, every six."""
    first = now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    whole = [first - timedelta(hours=number) for number in range(24)]
    return [(round(_across(one, now), 1), f"{one.astimezone(zone):%H}") for one in whole if one.hour % _HOURS == 0]
