"""The statistics that keep people honest: what is usual, how much chance is in a number, and whether n is enough.

Counts of posts are wild: means are up to three times the medians, and one lucky post makes a month. So what is usual is a
median, groups are compared by ranks, intervals are drawn over posts and not over rows, many comparisons are corrected,
and "not enough" is a normal answer. Missing values are left out before anything comes here; they are never 0.

Everything is deterministic: the bootstrap draws from a generator with a fixed seed, so that a report that is run again
prints the same numbers. SciPy is imported where it is needed; intervals and medians do without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ENOUGH: Final = 5  # below this an interval would pretend to know something
FEWEST: Final = 8  # posts in a group before it is compared with others at all
LEVEL: Final = 0.9
DRAWS: Final = 2000
MANY: Final = 1000  # posts above which drawing tells no more than the variance does
_SEED: Final = 20_250_101
_TINY: Final = 1e-9
_NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both inclusive, with 90 % confidence."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: the median, and the median distance from it times 1.4826, which is a normal deviation."""

    n: int
    median: float
    spread: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups by ranks. `effect` is Cliff's delta, -1..1: how much more often the first one wins than it loses."""

    n: tuple[int, int]
    effect: float
    p: float | None  # two-sided, Mann-Whitney; None where n is not enough

    @property
    def enough(self) -> bool:
        return self.p is not None


@dataclass(frozen=True, slots=True)
class Sums:
    """What is left of many posts: their number, and sums of parts, bases, squares and products."""

    n: int
    part: float
    base: float
    parts: float  # of part²
    bases: float  # of base²
    product: float  # of part · base


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


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of all lie, between neighbours in proportion; None where there is none.

    >>> quantile([1, 2, 3, 4, 9], 0.875)
    6.5
    """
    ordered = sorted(values)
    if not ordered:
        return None
    whole, rest = divmod((len(ordered) - 1) * share, 1)
    low, high = ordered[int(whole)], ordered[min(int(whole) + 1, len(ordered) - 1)]
    return low + (high - low) * rest


def usual(values: Sequence[float]) -> Usual | None:
    """The baseline of a cell; None where n is not enough.

    >>> usual([1, 2, 3, 4, 100])
    Usual(n=5, median=3.0, spread=1.4826)
    >>> usual([1, 2, 3]) is None
    True
    """
    middle = median(values)
    if middle is None or len(values) < ENOUGH:
        return None
    return Usual(len(values), middle, 1.4826 * (median([abs(value - middle) for value in values]) or 0.0))


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
    """A bootstrap-t interval (Efron 1981) for ``sum(parts) / sum(bases)``, on the logarithm, with the posts drawn anew.

    One part and base per post: its channels share its luck, so they are drawn together. Each draw is measured by its own
    error, and the tails are as much longer as n posts know their own scatter less (Hesterberg 2015, 5.3): posts are so
    wild that percentiles of the draws hold six or seven of ten where they promise nine (``benchmarks/intervals.py``).

    None where n is not enough, a draw could divide by zero, or so many posts brought nothing that no end is in sight.
    Above `MANY` posts the interval is `sums_interval`'s.

    >>> ratio_interval([1, 2, 3, 4, 5, 6, 7, 8], [10, 20, 30, 40, 50, 60, 70, 80])
    Interval(low=0.1, high=0.1)
    >>> ratio_interval([1, 2], [10, 20]) is None
    True
    """
    import numpy as np

    n = len(parts)
    if n < FEWEST or min(bases) <= 0:
        return None
    part, base = np.asarray(parts, dtype=float), np.asarray(bases, dtype=float)
    columns = np.column_stack([part, base, part * part, base * base, part * base])
    sums = columns.sum(axis=0)
    if n > MANY:
        return sums_interval(Sums(n, *map(float, sums)), level)
    rate, error = _rates(sums, n)
    if error <= _TINY * abs(rate):
        return Interval(_plain(float(rate)), _plain(float(rate)))
    drawn, errors = _rates(_weights(n) @ columns, n)
    scaled = min(parts) >= 0  # on the logarithm, where nothing is below zero
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.log(drawn / rate) * drawn / errors if scaled else (drawn - rate) / errors
    # Draws of posts that are all alike have no error of their own: as far out as can be, on the side where they lie.
    distance = np.where(np.isfinite(distance), distance, np.where(drawn < rate, -np.inf, np.inf))
    tail = _tail(n, level)
    far = np.quantile(distance, [1 - tail, tail], method="nearest")
    if not np.isfinite(far).all():
        return None
    ends = rate * np.exp(-far * error / rate) if scaled else rate - far * error
    return Interval(_plain(float(ends[0])), _plain(float(ends[1])))


def total_interval(parts: Sequence[float], level: float = LEVEL) -> Interval | None:
    """A bootstrap interval for a total: what another period with as many posts of this kind would bring.

    >>> total_interval([4, 4, 4, 4, 4, 4, 4, 4])
    Interval(low=32.0, high=32.0)
    """
    interval = ratio_interval(parts, [1.0] * len(parts), level)
    return interval and Interval(interval.low * len(parts), interval.high * len(parts))


def sums_interval(sums: Sums, level: float = LEVEL) -> Interval | None:
    """The interval of a ratio of sums over many posts, from its linearised variance (Cochran 1977, 6.4).

    >>> sums_interval(Sums(n=2000, part=200.0, base=2000.0, parts=220.0, bases=2000.0, product=200.0))
    Interval(low=0.0883662196545, high=0.111633780345)
    """
    if sums.n < ENOUGH or sums.base <= 0:
        return None
    rate = sums.part / sums.base
    square = max(0.0, sums.parts - 2 * rate * sums.product + rate**2 * sums.bases)
    error = sqrt(square * sums.n / (sums.n - 1)) / sums.base
    reach = _NORMAL.inv_cdf((1 + level) / 2) * error
    return Interval(_plain(rate - reach), _plain(rate + reach))


@lru_cache(maxsize=2)
def _weights(n: int) -> Floats:
    """How often each of n posts is in each draw; the same for every KPI of the same posts."""
    import numpy as np

    picks = np.random.default_rng(_SEED).integers(0, n, size=(DRAWS, n))
    picks += np.arange(DRAWS)[:, None] * n
    return np.bincount(picks.ravel(), minlength=DRAWS * n).reshape(DRAWS, n).astype(float)


def _rates(sums: Floats, n: int) -> tuple[Floats, Floats]:
    """Each row's ratio and its error, linearised (Cochran 1977, 6.4), from sums in the order of `Sums`."""
    import numpy as np

    part, base, parts, bases, product = np.moveaxis(sums, -1, 0)
    rate = part / base
    square = np.maximum(0.0, parts - 2 * rate * product + rate * rate * bases)
    return rate, np.sqrt(square * n / (n - 1)) / base


def _tail(n: int, level: float) -> float:
    """The share of draws beyond each end: less than ``(1 - level) / 2``, because n posts are too few to know their scatter.

    It is what the normal distribution has beyond ``sqrt(n / (n - 1))`` times Student's quantile of n - 1 degrees of
    freedom, here by the expansion of Cornish and Fisher, good to three figures from five degrees on.

    >>> round(_tail(8, 0.9), 3), round(_tail(1000, 0.9), 3)
    (0.021, 0.05)
    """
    normal, freedom = _NORMAL.inv_cdf((1 + level) / 2), n - 1
    student = (
        normal
        + (normal**3 + normal) / (4 * freedom)
        + (5 * normal**5 + 16 * normal**3 + 3 * normal) / (96 * freedom**2)
        + (3 * normal**7 + 19 * normal**5 + 17 * normal**3 - 15 * normal) / (384 * freedom**3)
    )
    return 1 - _NORMAL.cdf(sqrt(n / freedom) * student)


def _plain(number: float) -> float:
    """Twelve figures: the last ones depend on the order in which a processor adds."""
    return float(f"{number:.12g}")


def shrink(means: Sequence[float], errors: Sequence[float]) -> list[tuple[float, float]]:
    """Each mean, less the common one, drawn towards zero as much as its noise deserves; with its deviation.

    `errors` are the variances of the means. Empirical Bayes; the spread between groups is DerSimonian and Laird's
    (1986), and 0 when the differences are no larger than chance makes them: then nothing is left of them.

    >>> shrink([0.0, 0.1], [1.0, 1.0])
    [(-0.0, 0.0), (0.0, 0.0)]
    >>> [round(value, 2) for value, _deviation in shrink([0.0, 10.0], [1.0, 1.0])]
    [-4.9, 4.9]
    """
    weights = [1 / error for error in errors]
    centre = sum(mean * weight for mean, weight in zip(means, weights, strict=True)) / sum(weights)
    heterogeneity = sum(weight * (mean - centre) ** 2 for weight, mean in zip(weights, means, strict=True))
    scale = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    spread = max(0.0, (heterogeneity - (len(means) - 1)) / scale) if scale > 0 else 0.0
    kept = [spread / (spread + error) for error in errors]
    return [
        (weight * (mean - centre), sqrt(weight * error))
        for weight, mean, error in zip(kept, means, errors, strict=True)
    ]


def compare(first: Sequence[float], second: Sequence[float]) -> Comparison:
    """Whether one group's posts do better than the other's, by ranks (Mann-Whitney, tie-corrected).

    >>> compare([1, 2, 3], [4, 5, 6, 7, 8])
    Comparison(n=(3, 5), effect=-1.0, p=None)
    >>> round(compare(range(8), range(8, 16)).p or 1, 6)
    0.000155
    """
    n = len(first), len(second)
    if not first or not second:
        return Comparison(n, 0.0, None)
    from scipy.stats import mannwhitneyu

    found = mannwhitneyu(first, second, alternative="two-sided")
    effect = 2 * float(found.statistic) / (n[0] * n[1]) - 1
    return Comparison(n, effect, float(found.pvalue) if min(n) >= FEWEST else None)


def any_difference(groups: Sequence[Sequence[float]]) -> tuple[float, float] | None:
    """Kruskal and Wallis' H and its p over the groups that have enough posts; None where fewer than two have.

    >>> any_difference([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]])
    (6.818181818181813, 0.009023438818080334)
    """
    kept = [list(group) for group in groups if len(group) >= ENOUGH]
    if len(kept) < 2 or len({value for group in kept for value in group}) < 2:
        return None
    from scipy.stats import kruskal

    found = kruskal(*kept)
    return float(found.statistic), float(found.pvalue)


def discount(ps: Sequence[float]) -> list[float]:
    """The p of many comparisons, raised so that among those below 0.05 one in twenty is wrong (Benjamini, Hochberg 1995).

    >>> [round(p, 9) for p in discount([0.01, 0.04, 0.03, 0.005])]
    [0.02, 0.04, 0.04, 0.02]
    """
    if not ps:
        return []
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(list(ps))]


def posts_needed(deviation: float, factor: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """How many posts each of two groups needs until a difference of `factor` would be seen.

    `deviation` is that of the posts' logarithms; 1.2 is what a real page has. Power of the two-sided t test. The figures
    are those of statsmodels' `TTestIndPower`.

    >>> [posts_needed(1.2, factor) for factor in (1.2, 1.5, 2, 3)]
    [681, 139, 49, 20]
    """
    from scipy.stats import nct, t

    effect = abs(log(factor)) / deviation
    wanted = _NORMAL.inv_cdf(1 - alpha / 2) + _NORMAL.inv_cdf(power)
    n = max(2, int(2 * (wanted / effect) ** 2))
    while True:
        freedom, shift = 2 * n - 2, effect * sqrt(n / 2)
        edge = float(t.ppf(1 - alpha / 2, freedom))
        if 1 - float(nct.cdf(edge, freedom, shift)) + float(nct.cdf(-edge, freedom, shift)) >= power:
            return n
        n += 1
