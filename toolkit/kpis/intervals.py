"""The few statistics that KPIs and reports need: medians, and intervals that say how much chance is in a number.

Everything is deterministic: the bootstrap draws from a generator with a fixed seed, so that a report that is run
again prints the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Final

ENOUGH: Final = 5  # below this an interval would pretend to know something
LEVEL: Final = 0.9
DRAWS: Final = 2000
_SEED: Final = 20_250_101


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both inclusive, with 90 % confidence."""

    low: float
    high: float


def median(values: Sequence[float]) -> float | None:
    """The middle value; None where there is none.

    >>> median([5, 1, 9]), median([1, 2]), median([])
    (5.0, 1.5, None)
    """
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    if not ordered:
        return None
    return float(ordered[half]) if odd else (ordered[half - 1] + ordered[half]) / 2


def median_interval(values: Sequence[float], level: float = LEVEL) -> Interval | None:
    """An exact interval for the median from order statistics, without any assumption about the distribution.

    None where n is not enough.

    >>> median_interval(list(range(1, 12)))
    Interval(low=3.0, high=9.0)
    >>> median_interval([1, 2, 3]) is None
    True
    """
    ordered = sorted(values)
    n = len(ordered)
    if n < ENOUGH:
        return None
    rank, tail = 0, 0.5**n
    while rank + 1 <= n // 2 and (tail + comb(n, rank + 1) * 0.5**n) * 2 <= 1 - level:
        rank += 1
        tail += comb(n, rank) * 0.5**n
    return Interval(float(ordered[rank]), float(ordered[n - 1 - rank]))


def ratio_interval(parts: Sequence[float], bases: Sequence[float], level: float = LEVEL) -> Interval | None:
    """A bootstrap interval for ``sum(parts) / sum(bases)``, with the units (posts) drawn anew.

    None where n is not enough or a draw could divide by zero.

    >>> ratio_interval([1, 2, 3, 4, 5], [10, 20, 30, 40, 50])
    Interval(low=0.1, high=0.1)
    >>> ratio_interval([1, 2], [10, 20]) is None
    True
    """
    import numpy as np

    if len(parts) < ENOUGH or min(bases) <= 0:
        return None
    part, base = np.asarray(parts, dtype=float), np.asarray(bases, dtype=float)
    picks = np.random.default_rng(_SEED).integers(0, len(part), size=(DRAWS, len(part)))
    drawn = part[picks].sum(axis=1) / base[picks].sum(axis=1)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(round(float(low), 12), round(float(high), 12))


def total_interval(parts: Sequence[float], level: float = LEVEL) -> Interval | None:
    """A bootstrap interval for a total: what another period with as many posts of this kind would bring.

    >>> total_interval([4, 4, 4, 4, 4])
    Interval(low=20.0, high=20.0)
    """
    interval = ratio_interval(parts, [1.0] * len(parts), level)
    return interval and Interval(interval.low * len(parts), interval.high * len(parts))
