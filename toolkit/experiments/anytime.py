"""The difference of two arms while posts still come in: an interval that holds however often somebody looks.

A test that is made for one look at the end finds a winner in every fifth experiment without any difference when it is
looked at after every few posts. This one keeps its promise at all looks together: the likelihood ratio of the t statistic
under a normal prior on the standardised difference, which is a martingale when there is none (Ville's inequality). In
closed form: Gönen, Johnson, Lu, Westfall 2005, The Bayesian Two-Sample t Test, The American Statistician 59(3); valid at
any time and as a confidence sequence: Lindon, Ham, Tingley, Bojinov 2022, Anytime-Valid Linear Models, arXiv:2210.08589,
and Wang, Ramdas 2023, Anytime-valid t-tests, arXiv:2310.03722. It is exact for normal values of equal spread; logarithms
of posts' results are near enough, see the test.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log, log1p, sqrt
from statistics import fmean
from typing import Final

from toolkit.values import dataclass

# The prior's variance of the standardised difference: as much as one post tells. A narrower one would be a little quicker
# about small differences and would not see a large one for long.
PRIOR: Final = 1.0
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Gap:
    """First less second, on the logarithm, with its interval at `LEVEL`; `low` can be -inf, `high` inf.

    `p` is what chance makes of such a difference: of the largest one at any look here, of the one look in `ranks`.
    """

    n: tuple[int, int]
    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the t statistic is made of."""

    difference: float
    error: float  # of the difference, squared
    freedom: int
    size: float  # n1 n2 / (n1 + n2)


def compare_anytime(first: Sequence[float], second: Sequence[float], level: float = LEVEL) -> Gap | None:
    """The arms' difference as known now; None with fewer than two values in an arm or none that differ inside one."""
    sums = _sums(first, second)
    if sums is None:
        return None
    radius = _radius(sums, 1 - level)
    p = min(1.0, exp(-log_ratio(sums.difference**2 / sums.error, sums.freedom, PRIOR * sums.size)))
    return Gap((len(first), len(second)), sums.difference, sums.difference - radius, sums.difference + radius, p)


def log_ratio(square: float, freedom: int, known: float) -> float:
    """The logarithm of the likelihood ratio of t² against no difference; `known` is the prior's variance times the size.

    >>> round(log_ratio(9.0, 18, 1.0), 6)
    1.385481
    """
    ratio = 1 / (1 + known)
    share = square / freedom
    return 0.5 * log(ratio) + 0.5 * (freedom + 1) * (log1p(share) - log1p(ratio * share))


def _sums(first: Sequence[float], second: Sequence[float]) -> _Sums | None:
    if min(len(first), len(second)) < 2:
        return None
    means = fmean(first), fmean(second)
    squares = sum((value - means[0]) ** 2 for value in first) + sum((value - means[1]) ** 2 for value in second)
    freedom, size = len(first) + len(second) - 2, len(first) * len(second) / (len(first) + len(second))
    # Values that are equal but for the last figure of a processor have no spread.
    if squares <= 1e-18 * (1 + means[0] ** 2 + means[1] ** 2):
        return None
    return _Sums(means[0] - means[1], squares / freedom / size, freedom, size)


def _radius(sums: _Sums, alpha: float) -> float:
    """Where `log_ratio` reaches what is allowed: all differences nearer than this are possible still."""
    known = PRIOR * sums.size
    edge = exp((log1p(known) - 2 * log(alpha)) / (sums.freedom + 1))
    if edge >= 1 + known:
        return inf
    return sqrt(sums.error * sums.freedom * (edge - 1) / (1 - edge / (1 + known)))
