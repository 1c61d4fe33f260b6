"""The difference of two arms at the one look that was registered: by ranks, with the interval that says the same.

The interval holds every shift of the second arm that Mann and Whitney's test would not call a difference (Hodges, Lehmann
1963, Estimates of Location Based on Rank Tests, Annals of Mathematical Statistics 34(2)). So a winner and an interval
around "no difference" never stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.experiments.anytime import LEVEL, Gap
from toolkit.kpis import compare

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def compare_ranks(first: Sequence[float], second: Sequence[float], level: float = LEVEL) -> Gap | None:
    """The difference of two arms' values; None with fewer posts than are ever compared."""
    found = compare(first, second)
    if found.p is None:
        return None
    import numpy as np

    one, other = np.asarray(first, float), np.asarray(second, float)
    # Rounded, so that equal counts are equal whatever was added to them before.
    edges = np.unique(np.subtract.outer(one, other).round(12))
    middle = float(np.median(np.subtract.outer(one, other)))
    low = _edge(one, other, edges, middle, 1 - level)
    high = -_edge(other, one, -edges[::-1], -middle, 1 - level)
    return Gap(found.n, middle, low, high, found.p)


def _edge(one: Floats, other: Floats, edges: Floats, inside: float, alpha: float) -> float:
    """The smallest shift that is no difference; between two `edges` the ranks, and with them p, stay the same."""
    from scipy.stats import mannwhitneyu

    below, above = 0, int(edges.searchsorted(inside))
    while above - below > 1:
        middle = (below + above) // 2
        shift = float(edges[middle - 1] + edges[middle]) / 2
        far = float(mannwhitneyu(one - shift, other, alternative="two-sided").pvalue) < alpha
        below, above = (middle, above) if far else (below, middle)
    return float(edges[max(above - 1, 0)])
