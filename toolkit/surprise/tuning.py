"""What the detector is told: levels and their thresholds, windows, how much history, how long it is quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from math import isqrt
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

LEAST_WINDOWS: Final = 20  # a mean and a variance of fewer numbers say nothing
MOST_BINS: Final = 200_000  # of history: two years of five minutes
MOST_SUM: Final = 2**63 - 1


class Level(StrEnum):
    """How surprising the last window is, from the least to the most.

    ``learning`` means that there is not enough history to compare with: only rules (risk terms, journalists,
    authorities) may speak then.
    """

    LEARNING = "learning"
    CALM = "calm"
    WATCH = "watch"
    ALERT = "alert"
    CANDIDATE = "candidate"

    @property
    def rank(self) -> int:
        return RANKS[self]

    @property
    def speaks(self) -> bool:
        """Whether people would hear of it."""
        return self is not Level.CALM and self is not Level.LEARNING


RANKS: Final = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least score of each level; rising, greater than 0."""

    watch: float = 2.4
    alert: float = 3.0
    candidate: float = 4.0

    def __post_init__(self) -> None:
        if not 0 < self.watch <= self.alert <= self.candidate < float("inf"):
            raise ValueError(_("thresholds rise from watch over alert to candidate; the first is greater than 0"))

    def level(self, score: float) -> Level:
        """The level that a score reaches."""
        if score >= self.candidate:
            return Level.CANDIDATE
        if score >= self.alert:
            return Level.ALERT
        return Level.WATCH if score >= self.watch else Level.CALM


@dataclass(frozen=True, slots=True)
class Scale:
    """One way of looking: the counts of how long are added up, and what scores mean then."""

    window: timedelta
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a series is judged; the defaults are the ones measured by ``benchmarks/detector.py``.

    `step` is how long one count takes; a window shorter than a step is one step. A brand that had fewer than
    `small_below` mentions a day, over its history, is looked at on the scale `small`, where there is one: more is added
    up, and its lower thresholds cost as many false alarms a month as the usual ones do on a larger brand.
    `cooldown` and `settling` are explained in `toolkit.surprise.alarms`.
    Raises `ValueError` where nothing could ever be learned or counted.
    """

    step: timedelta = timedelta(minutes=5)
    history: timedelta = timedelta(days=14)
    learning: timedelta = timedelta(days=2)
    cooldown: timedelta = timedelta(hours=24)
    settling: timedelta = timedelta(hours=1)
    usual: Scale = Scale(timedelta(minutes=60), Thresholds())
    small: Scale | None = Scale(timedelta(minutes=180), Thresholds(1.7, 2.4, 3.0))
    small_below: float = 100

    def __post_init__(self) -> None:
        if self.step <= timedelta(0):
            raise ValueError(_("the step between two counts must be longer than zero"))
        if self.kept < self.needed:
            message = _(
                "a history of {kept} counts is too short: at {step} a count, {needed} at least are compared with"
            )
            raise ValueError(message.format(kept=self.kept, step=self.step, needed=self.needed))
        if self.kept > MOST_BINS:
            message = _("a history of {kept} counts is too long: {most} at most; take longer steps or less history")
            raise ValueError(message.format(kept=self.kept, most=MOST_BINS))
        if self.longest > self.kept:
            raise ValueError(_("the window is longer than the history"))

    @property
    def kept(self) -> int:
        """Bins of history."""
        return self.history // self.step

    @property
    def needed(self) -> int:
        """Windows of history under which the detector is learning."""
        return max(LEAST_WINDOWS, -(-self.learning // self.step))

    @property
    def scales(self) -> tuple[Scale, ...]:
        return (self.usual,) if self.small is None else (self.usual, self.small)

    @property
    def shortest(self) -> int:
        """Bins of the shortest window."""
        return min(map(self.bins, self.scales))

    @property
    def longest(self) -> int:
        """Bins of the longest window."""
        return max(map(self.bins, self.scales))

    @property
    def remembered(self) -> int:
        """Bins that a judgement looks at: the history, the windows that reach into it, and the last one."""
        return self.kept + self.longest

    @property
    def greatest(self) -> int:
        """The greatest count of a bin; squares of more could not be added up, and more would change no judgement."""
        return isqrt(MOST_SUM // self.kept) // self.longest

    def bins(self, scale: Scale) -> int:
        """How many bins a scale adds up; at least one."""
        return max(1, round(scale.window / self.step))

    def on_one_scale(self, scale: Scale) -> Tuning:
        """The same for brands of every size."""
        return replace(self, usual=scale, small=None)
