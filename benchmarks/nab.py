"""The Numenta Anomaly Benchmark's scoring, standard profile, from its description (Lavin and Ahmad 2015, section II).

A series has labelled windows. The first 15 % (750 rows at most) are for learning and are not scored. In a window only
the earliest alarm counts, and earlier is better: from 1 at its left edge along a sigmoid to 0 at its right edge. An
alarm outside costs up to 0.11, less shortly after a window; a window without an alarm costs 1. A detector that is silent
has 0 points, one that is always right at once has 100.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

BRANDS: Final = ("AAPL", "AMZN", "CRM", "CVS", "KO")
PROBATION: Final = 0.15
PROBATION_MOST: Final = 750
EARLIEST: Final = 2 / (1 + math.exp(-5)) - 1  # what an alarm at the left edge is worth before it is scaled to 1


@dataclass(frozen=True, slots=True)
class Costs:
    """A profile's weights."""

    hit: float = 1.0
    false_alarm: float = 0.11
    miss: float = 1.0


@dataclass(frozen=True, slots=True)
class Series:
    """One brand's counts, five minutes each, and the labelled windows as indexes, both ends included."""

    name: str
    times: tuple[datetime, ...]
    values: tuple[int, ...]
    windows: tuple[tuple[int, int], ...]

    @property
    def probation(self) -> int:
        return min(int(PROBATION * len(self.times)), PROBATION_MOST)

    @property
    def days(self) -> float:
        """Days that are scored."""
        return (len(self.times) - self.probation) * 5 / 60 / 24


@dataclass(frozen=True, slots=True)
class Score:
    """What a detector's alarms on one series, or on several, are worth."""

    raw: float
    windows: int
    hit: int
    false_alarms: int
    days: float

    @property
    def points(self) -> float:
        """From 0 (silence) to 100, below 0 for worse than silence."""
        return 100 * (self.raw + self.windows) / (2 * self.windows)

    @property
    def false_per_month(self) -> float:
        return self.false_alarms / self.days * 30


def load(folder: Path, brand: str) -> Series:
    """A series of the realTweets with its windows, from the benchmark's own files; its times are taken as UTC."""
    name = f"realTweets/Twitter_volume_{brand}.csv"
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = [(row["timestamp"], int(row["value"])) for row in csv.DictReader(file)]
    times = tuple(datetime.fromisoformat(time).replace(tzinfo=UTC) for time, _value in rows)
    where = {time: index for index, time in enumerate(times)}
    labels = json.loads((folder / "labels/combined_windows.json").read_text("utf-8"))[name]
    edges = [[datetime.fromisoformat(edge).replace(tzinfo=UTC) for edge in window] for window in labels]
    windows = tuple((where[left], where[right]) for left, right in edges)
    return Series(brand, times, tuple(value for _time, value in rows), windows)


def worth(position: float) -> float:
    """The sigmoid: -1 is a window's left edge, 0 its right edge, beyond 0 how many windows' widths it is past."""
    return -1.0 if position >= 3 else 2 / (1 + math.exp(5 * position)) - 1


def score(series: Series, alarms: Sequence[int], costs: Costs | None = None) -> Score:
    """Score alarms, given as indexes in rising order."""
    costs = costs or Costs()
    best = dict.fromkeys(series.windows, -costs.miss)
    false, cost = 0, 0.0
    for at in alarms:
        if at < series.probation:
            continue
        inside = next(((left, right) for left, right in series.windows if left <= at <= right), None)
        if inside is None:
            false, cost = false + 1, cost + costs.false_alarm * _beside(series, at)
        else:
            left, right = inside
            value = costs.hit * worth(-(right - at + 1) / (right - left + 1)) / EARLIEST
            best[inside] = max(best[inside], value)
    hit = sum(value != -costs.miss for value in best.values())
    return Score(sum(best.values()) + cost, len(best), hit, false, series.days)


def _beside(series: Series, at: int) -> float:
    """What an alarm outside all windows is worth: less bad when it comes shortly after one."""
    before = [(left, right) for left, right in series.windows if right < at]
    if not before:
        return -1.0
    left, right = before[-1]
    return worth((at - right) / (right - left))


def total(scores: Sequence[Score]) -> Score:
    """Several series together."""
    return Score(
        sum(one.raw for one in scores),
        sum(one.windows for one in scores),
        sum(one.hit for one in scores),
        sum(one.false_alarms for one in scores),
        sum(one.days for one in scores),
    )
