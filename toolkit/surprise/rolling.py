"""What a window is compared with: the same brand's windows of the days before, without what was not seen.

Sums are exact integers, so that a judgement depends on the counts it looks at and on nothing before them: a running
detector and a whole file come to the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Compared:
    """For each judged count: the window's sum, and the number, mean and variance of the windows before it."""

    sums: Floats
    known: Integers
    means: Floats
    variances: Floats


def compare(
    totals: Sequence[int | None], indexes: Sequence[int], so_far: Sequence[int], *, window: int, kept: int
) -> Compared:
    """Compare windows of `window` bins with those of the `kept` bins before them.

    What was not seen counts as nothing in the window that is judged: an absence never looks like a rise. In the history
    it counts as unknown: a window of which a quarter or more is missing does not enter it, a smaller loss is scaled up.
    """
    import numpy as np

    seen = np.array([total is not None for total in totals], dtype=np.int64)
    values = np.array([total or 0 for total in totals], dtype=np.int64)
    parts, sums = _last(seen, window), _last(values, window)
    enters = parts * 4 >= window * 3
    whole = np.where(enters, (sums * window + parts // 2) // np.maximum(parts, 1), 0)
    at = np.asarray(indexes, dtype=np.int64)
    known, first, second = (_before(each, at, kept) for each in (enters.astype(np.int64), whole, whole * whole))
    number = np.maximum(known, 1)
    means = first / number
    judged = sums[at] - values[at] + np.asarray(so_far, dtype=np.int64)
    return Compared(judged.astype(np.float64), known, means, np.maximum(second / number - means * means, 0.0))


def _running(values: Integers) -> Integers:
    """Sums up to each place. Those of squares may wrap around over years; their differences are right all the same."""
    import numpy as np

    sums = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=sums[1:])
    return sums


def _last(values: Integers, window: int) -> Integers:
    """The sum of each bin and the ones before it, `window` together, or as many as there are."""
    import numpy as np

    sums, ends = _running(values), np.arange(1, len(values) + 1)
    return sums[ends] - sums[np.maximum(ends - window, 0)]


def _before(values: Integers, at: Integers, kept: int) -> Integers:
    """The sum of the `kept` values before each place `at`, without the one there."""
    import numpy as np

    sums = _running(values)
    return sums[at] - sums[np.maximum(at - kept, 0)]
