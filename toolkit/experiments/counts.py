"""What a factor makes of a post's count: it works on what the post brings on average, and chance does the rest.

Results are counted, and one is added to a count before it is compared. So doubling what posts bring doubles no result: most
posts without a like stay without one, posts with many gain all the more, and the better arm scatters further on the
logarithm than the other. Multiplying results promised 80 % where 74 % came true, for a page with few likes.

What a post brings on average is not known, but its count says it up to chance, and the other posts say which averages there
are: any mixture of Poissons, by maximum likelihood (Laird 1978, Nonparametric maximum likelihood estimation of a mixing
distribution, JASA 73), so that no shape of the house is assumed. The post keeps what it had and gets what the rest of the
factor adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

DRAWS: Final = 40_000  # better posts over all
FEWEST: Final = 20  # for each post
_STEPS: Final = 18
_FAR: Final = 1e9  # times the rate: posts without anything reach no factor of a million, and less of it promises less
_MOST: Final = 1e18  # what can be drawn
_RATES: Final = 100  # averages that are thought possible, from a tenth of an interaction to the most
_ROUNDS: Final = 100
_SEED: Final = 20_261_123


@dataclass(frozen=True, slots=True)
class Brought:
    """What a post brought over its usual: `lift`, which is `floor` with no interactions, and `step` more with each."""

    lift: float
    floor: float
    step: float

    @property
    def count(self) -> float:
        """The interactions behind it."""
        return max(0.0, (self.lift - self.floor) / self.step)


def better_logs(posts: Sequence[Brought], factor: float) -> Floats:
    """Logarithms of lifts of each post (rows), had it been of the better arm: `factor` more in the geometric mean.

    Some of the lifts have to be over their floor.
    """
    import numpy as np

    lifts, steps = (np.array([values], dtype=float).T for values in _columns(posts))
    averages = _averages(posts)

    def made(more: float) -> Floats:
        chance = np.random.default_rng(_SEED).poisson(np.minimum((more - 1) * averages, _MOST))
        return np.asarray(np.log(lifts + steps * chance), dtype=np.float64)

    wanted = float(np.log(lifts).mean()) + log(factor)
    low, high = 1.0, factor
    while high < _FAR and made(high).mean() < wanted:
        low, high = high, 2 * high
    for _step in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if made(middle).mean() < wanted else (low, middle)
    return made(high)


def _columns(posts: Sequence[Brought]) -> tuple[list[float], list[float]]:
    return [post.lift for post in posts], [post.step for post in posts]


def _averages(posts: Sequence[Brought]) -> Floats:
    """What each post (rows) would bring on average, as far as the counts say: drawn some times (columns)."""
    import numpy as np

    counts = np.array([[post.count] for post in posts])
    sizes = np.array([[1 / post.step] for post in posts])  # of the audience: what is usual there
    own = (counts + 0.5) / sizes
    rates = np.geomspace(own.min() / 5, own.max(), _RATES)
    rng, draws = np.random.default_rng(_SEED), max(FEWEST, DRAWS // len(posts))
    chosen = [rng.choice(rates, draws, p=row) for row in _rates_of(counts, sizes * rates)]
    return np.asarray(np.array(chosen) * sizes, dtype=np.float64)


def _rates_of(counts: Floats, means: Floats) -> Floats:
    """How probable each of the means (columns) is behind each post's count (rows)."""
    import numpy as np

    logs = counts * np.log(means) - means
    likely = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares = np.full(means.shape[1], 1 / means.shape[1])
    for _round in range(_ROUNDS):
        shares = (likely * shares / (likely @ shares)[:, None]).mean(axis=0)
    found = likely * shares
    return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=np.float64)
