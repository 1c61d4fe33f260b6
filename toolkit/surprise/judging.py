"""A series as a whole, judged: for each count how surprising the last hour is, and which alarms were raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.surprise.alarms import Alarm, next_alarm
from toolkit.surprise.grid import Count, Placed, place_all
from toolkit.surprise.rolling import Compared, compare
from toolkit.surprise.tail import surprise
from toolkit.surprise.tuning import Level, Scale, Tuning
from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

DAY: Final = timedelta(days=1)
ONGOING: Final = "ongoing"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the detector makes of one count.

    `window` is how long was added up, `count` the mentions in it, `expected` the mean of such windows in the history;
    `score` is -log10 of the chance of so many or more, 0 while learning. `reached` is the score's level, `alarm` what
    is raised now, None inside the cool-down (see `toolkit.surprise.alarms`).
    """

    at: datetime
    value: int
    window: timedelta
    count: int
    expected: float
    score: float
    reached: Level
    alarm: Alarm | None = None

    @property
    def told(self) -> str:
        """The level people hear of: the alarm's, ``ongoing`` for what they were told before, else `reached`."""
        return ONGOING if self.alarm is None and self.reached.speaks else self.reached.value


def judge(counts: Iterable[Count], tuning: Tuning) -> list[Reading]:
    """A reading for each count of a series; counts in the order of time.

    Each count is judged with what came up to it, so that a year judged today tells what would have been told then.
    Raises `ValueError` for counts that are not in order.
    """
    counts = list(counts)
    return list(_tell(judge_placed(counts, place_all(counts, tuning), tuning), tuning))


def _tell(readings: Iterable[Reading], tuning: Tuning) -> Iterator[Reading]:
    last: Alarm | None = None
    for reading in readings:
        told = tell(reading, last, tuning)
        last = told.alarm or last
        yield told


def tell(reading: Reading, last: Alarm | None, tuning: Tuning) -> Reading:
    """The reading with the alarm that it raises, if any, after the last one that was raised."""
    alarm = next_alarm(last, reading.at, reading.reached, tuning)
    return replace(reading, alarm=alarm) if alarm else reading


def judge_placed(counts: Sequence[Count], placed: Placed, tuning: Tuning) -> Iterator[Reading]:
    """The readings of placed counts, each on the scale that its brand's size asks for; nobody is told yet."""
    import numpy as np

    if not counts:
        return
    views = [_compare(placed, scale, tuning) for scale in tuning.scales]
    usual, small = views[0], views[-1]
    daily = usual.means * (DAY / (tuning.step * tuning.bins(tuning.usual)))
    few = daily < tuning.small_below
    pairs = ((usual.sums, small.sums), (usual.means, small.means), (usual.variances, small.variances))
    sums, means, variances = (np.where(few, other, one) for one, other in pairs)
    learned = usual.known >= tuning.needed
    scores = _scores(learned, sums, means, variances)
    columns = (learned, few, sums.astype(np.int64), means, scores)
    for one, knows, is_small, count, mean, score in zip(counts, *(each.tolist() for each in columns), strict=True):
        scale = tuning.scales[-1] if is_small else tuning.usual
        reached = scale.thresholds.level(score) if knows else Level.LEARNING
        yield Reading(one.at, one.value, scale.window, count, mean, score, reached)


def _compare(placed: Placed, scale: Scale, tuning: Tuning) -> Compared:
    window = tuning.bins(scale)
    return compare(placed.totals, placed.indexes, placed.so_far, window=window, kept=tuning.kept)


def _scores(
    learned: npt.NDArray[np.bool_],
    sums: npt.NDArray[np.float64],
    means: npt.NDArray[np.float64],
    variances: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    import numpy as np

    scores = np.zeros_like(means)
    scores[learned] = surprise(sums[learned], means[learned], variances[learned])
    return scores
