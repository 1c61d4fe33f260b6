"""Whether a monthly goal can be reached: what the months so far let one expect of a month to come.

The forecast is a local level, simple exponential smoothing of the logarithms, or, where this has told the past better
month by month, a random walk with drift. Its interval comes from the errors it has made in the past, each with only
what was known before it, and widens with the distance (Hyndman, Koehler, Ord and Snyder 2008, ch. 6). It knows no
season: with fewer than three years nobody can tell one from chance. `benchmarks/goals.py` prints how often the
intervals held.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import exp, inf, log, sqrt
from typing import Final

from toolkit.kpis.chance import LEVEL, Interval
from toolkit.values import dataclass

FEWEST: Final = 6  # months; before, "too early to say"
_LEARN: Final = 3  # months that are only learned from
_ALPHAS: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_FLOOR: Final = 1e-6  # nothing is more certain than this, in logarithms
_LIKELY: Final = 0.8


class Realism(StrEnum):
    """What can be said of a target."""

    UNKNOWN = "unknown"  # too few months
    SAFE = "safe"  # reached in all likelihood
    OPEN = "open"
    BOLD = "bold"  # in all likelihood not reached


@dataclass(frozen=True, slots=True)
class Outlook:
    """A month to come, `ahead` months after the last known one: its middle, and how far off it may be.

    `centre` and `deviation` are of the logarithm, with Student's t of `freedom`.
    """

    centre: float
    deviation: float
    freedom: int
    months: int  # that it was learned from
    ahead: int

    @property
    def value(self) -> float:
        """As likely exceeded as missed."""
        return exp(self.centre)

    def interval(self, level: float = LEVEL) -> Interval:
        """Where the month lies in `level` of all cases."""
        from scipy.stats import t

        reach = float(t.ppf((1 + level) / 2, self.freedom)) * self.deviation
        return Interval(exp(self.centre - reach), exp(self.centre + reach))

    def chance(self, target: float, *, lower: bool = False) -> float:
        """The probability that the month reaches `target`; with `lower`, that it stays at or below it."""
        from scipy.stats import t

        if target <= 0:
            return 0.0 if lower else 1.0
        above = float(t.sf((log(target) - self.centre) / self.deviation, self.freedom))
        return 1 - above if lower else above


def look_ahead(values: Sequence[float], ahead: int = 1) -> Outlook | None:
    """The month `ahead` months after the last of `values`, which follow each other without a gap, oldest first.

    None for fewer than `FEWEST` months, and where a month has nothing to take the logarithm of.

    >>> look_ahead([100, 110, 90, 105, 95]) is None
    True
    >>> found = look_ahead([100, 110, 90, 105, 95, 102, 98, 100])
    >>> round(found.value), found.chance(60) > 0.95, found.chance(150) < 0.05
    (100, True, True)
    """
    if len(values) < FEWEST or min(values) <= 0 or ahead < 1:
        return None
    logs = [log(value) for value in values]
    alpha, level_errors = min(
        ((alpha, _level_errors(logs, alpha)) for alpha in _ALPHAS), key=lambda one: _mean_square(one[1])
    )
    drift_errors = _drift_errors(logs)
    # The drift has to earn its place: it has one number more to fit.
    if _mean_square(drift_errors) < 0.8 * _mean_square(level_errors):
        centre = logs[-1] + ahead * _drift(logs)
        growth, errors = sqrt(ahead + ahead**2 / (len(logs) - 1)), drift_errors
    else:
        centre = _level(logs, alpha)
        growth, errors = sqrt(1 + (ahead - 1) * alpha**2), level_errors
    freedom = max(1, len(errors) - 1)
    spread = max(_FLOOR, sqrt(sum(error**2 for error in errors) / freedom))
    return Outlook(centre, spread * growth, freedom, len(values), ahead)


def realism(outlook: Outlook | None, target: float, *, lower: bool = False) -> Realism:
    """What can be said of a target.

    >>> realism(None, 100).value
    'unknown'
    """
    if outlook is None:
        return Realism.UNKNOWN
    chance = outlook.chance(target, lower=lower)
    if chance >= _LIKELY:
        return Realism.SAFE
    return Realism.BOLD if chance <= 1 - _LIKELY else Realism.OPEN


def reached(values: Sequence[float], target: float, *, lower: bool = False) -> int:
    """How many of the months reached the target.

    >>> reached([90, 100, 110], 100), reached([90, 100, 110], 100, lower=True)
    (2, 2)
    """
    return sum(value <= target if lower else value >= target for value in values)


def _level(logs: Sequence[float], alpha: float) -> float:
    level = sum(logs[:_LEARN]) / _LEARN
    for value in logs[_LEARN:]:
        level += alpha * (value - level)
    return level


def _level_errors(logs: Sequence[float], alpha: float) -> list[float]:
    """Each month less what was expected of it the month before."""
    level, errors = sum(logs[:_LEARN]) / _LEARN, []
    for value in logs[_LEARN:]:
        errors.append(value - level)
        level += alpha * (value - level)
    return errors


def _drift(logs: Sequence[float]) -> float:
    return (logs[-1] - logs[0]) / (len(logs) - 1)


def _drift_errors(logs: Sequence[float]) -> list[float]:
    return [logs[at] - logs[at - 1] - _drift(logs[:at]) for at in range(_LEARN, len(logs))]


def _mean_square(errors: Sequence[float]) -> float:
    return sum(error**2 for error in errors) / len(errors) if errors else inf
