"""Where a campaign will come out: what it has brought so far, and how past campaigns brought theirs.

The share of the final sum that is in after a share of the time is uncertain: some campaigns start with a bang, others
end with one. It is drawn around an even course, or, once campaigns are over, around their courses (a Dirichlet process
over the time). What is still to come then varies as the days so far did, more than a Poisson count would; its
distribution is a gamma with the mean and the variance of both. "Too early to say" is a normal answer.
`benchmarks/goals.py` prints how often the intervals held.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate
from math import floor
from typing import Final

from toolkit.kpis.chance import LEVEL, Interval
from toolkit.values import dataclass

EARLY: Final = 0.1  # share of the time; before, a pace is chance
DAYS: Final = 5  # that have to be over
_GRID: Final = tuple(step / 10 for step in range(1, 10))
# Before any campaign is over: an even course, of which campaigns stray as 20 events spread at random would: after half
# of the time 28 to 72 % are in, nine times of ten. As much as two past campaigns are worth.
_STEADY: Final = 20.0
_WORTH: Final = 2.0
_SURE: Final = 0.8


class Pace(StrEnum):
    """How a goal of a campaign stands."""

    EARLY = "early"  # too early to say
    AHEAD = "ahead"
    ON_TRACK = "on track"
    BEHIND = "behind"
    REACHED = "reached"
    MISSED = "missed"
    UNKNOWN = "unknown"  # nothing was counted
    OPEN = "open"  # a rate or a level, which says something at the end only


@dataclass(frozen=True, slots=True)
class Course:
    """How campaigns bring their sums: expected share after each tenth of the time, and how steady they are."""

    shares: tuple[float, ...] = _GRID
    steady: float = _STEADY  # as many events spread at random; more is steadier
    campaigns: int = 0  # that it was learned from

    def share(self, elapsed: float) -> float:
        """The expected share of the final sum after this share of the time, both 0..1."""
        points = (0.0, *self.shares, 1.0)
        place = min(1.0, max(0.0, elapsed)) * (len(points) - 1)
        at = min(floor(place), len(points) - 2)
        return points[at] + (points[at + 1] - points[at]) * (place - at)


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a sum comes out: `so_far` is in, the rest is gamma distributed."""

    so_far: float
    mean: float  # of the rest
    variance: float

    @property
    def value(self) -> float:
        """The expected final sum."""
        return self.so_far + self.mean

    def interval(self, level: float = LEVEL) -> Interval:
        """Where it comes out in `level` of all cases."""
        from scipy.stats import gamma

        shape, scale = self._gamma
        low, high = (float(gamma.ppf(at, shape, scale=scale)) for at in ((1 - level) / 2, (1 + level) / 2))
        return Interval(self.so_far + low, self.so_far + high)

    def chance(self, target: float) -> float:
        """The probability that the final sum reaches `target`."""
        from scipy.stats import gamma

        if target <= self.so_far:
            return 1.0
        shape, scale = self._gamma
        return float(gamma.sf(target - self.so_far, shape, scale=scale))

    @property
    def _gamma(self) -> tuple[float, float]:
        return self.mean**2 / self.variance, self.variance / self.mean


def learn_course(past: Sequence[Sequence[float]]) -> Course:
    """The course of past campaigns, each as its days' values from the first to the last day; drawn towards an even one.

    Campaigns that brought nothing teach nothing.

    >>> learn_course([]).share(0.5), learn_course([]).campaigns
    (0.5, 0)
    >>> learn_course([[3, 2, 1, 0], [3, 2, 1, 0]]).share(0.5) > 0.6
    True
    """
    curves = [_curve(days) for days in past if sum(days) > 0 and min(days) >= 0]
    weight = _WORTH + len(curves)
    shares = tuple((_WORTH * even + sum(curve[at] for curve in curves)) / weight for at, even in enumerate(_GRID))
    strays = [_stray(curve, shares) for curve in curves]
    share = (_WORTH / (_STEADY + 1) + sum(strays)) / weight
    return Course(shares, 1 / share - 1, len(curves))


def _curve(days: Sequence[float]) -> tuple[float, ...]:
    """The share that is in after each tenth of the time."""
    sums = [0.0, *accumulate(days)]
    found = []
    for tenth in _GRID:
        at, rest = divmod(tenth * len(days), 1)
        found.append((sums[int(at)] + rest * (sums[int(at) + 1] - sums[int(at)])) / sums[-1])
    return tuple(found)


def _stray(curve: Sequence[float], shares: Sequence[float]) -> float:
    """How far a course is from the expected one, as a share of the furthest."""
    return sum((own - one) ** 2 / (one * (1 - one)) for own, one in zip(curve, shares, strict=True)) / len(shares)


def land(days: Sequence[float], length: int, course: Course | None = None) -> Landing | None:
    """Where a campaign of `length` days comes out whose first days brought `days`; None while it is too early to say.

    >>> land([5, 4, 6], 30) is None
    True
    >>> landing = land([5, 4, 6, 5, 5, 4, 6, 5, 5, 5], 20)
    >>> round(landing.value), 0.2 < landing.chance(100) < 0.8
    (106, True)
    """
    course = course or Course()
    over, so_far = len(days), sum(days)
    if over < DAYS or over >= length or over < EARLY * length or so_far <= 0:
        return None
    share = course.share(over / length)
    gone, open_ = course.steady * share, course.steady * (1 - share)
    if gone <= 2 or open_ <= 0:
        return None
    # (1 - F) / F for F of a beta distribution is of a beta prime distribution.
    odds = open_ / (gone - 1)
    spread = open_ * (gone + open_ - 1) / ((gone - 2) * (gone - 1) ** 2)
    noise = _dispersion(days) * so_far * odds * (1 + odds)
    return Landing(so_far, so_far * odds, so_far**2 * spread + noise)


def judge(landing: Landing | None, target: float, so_far: float | None, *, over: bool = False) -> Pace:
    """What can be said of a goal: certain where it is reached or the time is over, else by its chance."""
    if so_far is None:
        return Pace.UNKNOWN
    if so_far >= target:
        return Pace.REACHED
    if over:
        return Pace.MISSED
    if landing is None:
        return Pace.EARLY
    chance = landing.chance(target)
    if chance >= _SURE:
        return Pace.AHEAD
    return Pace.BEHIND if chance <= 1 - _SURE else Pace.ON_TRACK


def _dispersion(days: Sequence[float]) -> float:
    """Variance over mean of the days, 1 for a Poisson count."""
    mean = sum(days) / len(days)
    variance = sum((day - mean) ** 2 for day in days) / (len(days) - 1)
    return max(variance / mean, min(1.0, mean))
