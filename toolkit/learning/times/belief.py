"""What is to be believed about the cells after their posts: shrunken, with all the doubt there is.

A normal model with two levels: what the linear model of the posts says about the cells (`toolkit.kpis.contrast`, their
doubts about each other included) scatters around the cells' effects, and these scatter around nothing. How far they
scatter is not known either, and with eight cells it hardly can be; so it is not estimated and then taken for certain but
averaged over (Gelman 2006, Prior distributions for variance parameters in hierarchical models, Bayesian Analysis 1(3),
section 5: half-normal). Drawing all cells towards each other is what many comparisons need instead of a correction
(Gelman, Hill, Yajima 2012, Why we (usually) don't have to worry about multiple comparisons, JREE 5). The answers are
quantiles of draws from a fixed seed.

numpy is imported where it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

DRAWS: Final = 4000
# The scatter of the cells before any post is seen: a quarter more or less is much for a time of day.
SCATTER: Final = 0.25
_STEPS: Final = 80
_STEP: Final = 0.01
_SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell: its posts, and how much better than the others the linear model of the posts sees it."""

    n: int
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """Draws of the cells' effects on the logarithm; one row for each draw, in which only differences mean anything."""

    cells: tuple[str, ...]
    counts: tuple[int, ...]  # posts of each cell
    draws: Floats

    def effects(self, cell: str) -> Floats:
        """For each draw the cell against the other ones, these weighted by their posts."""
        import numpy as np

        at = self.cells.index(cell)
        others = np.delete(np.array(self.counts, float), at)
        weights = others if others.any() else np.ones_like(others)
        return np.asarray(self.draws[:, at] - np.delete(self.draws, at, axis=1) @ (weights / weights.sum()), float)

    def middle(self, cell: str, level: float) -> tuple[float, float, float]:
        """How many times what posts at other times bring: the middle of what is possible, and the ends of its middle part."""
        import numpy as np

        shares = (0.5, (1 - level) / 2, (1 + level) / 2)
        factor, low, high = (float(value) for value in np.exp(np.quantile(self.effects(cell), shares)))
        return factor, low, high

    def best(self, cell: str, among: Sequence[str]) -> float:
        """How probable it is that the cell is the best of some."""
        chosen = self.draws[:, [self.cells.index(one) for one in among]]
        return float((chosen.argmax(axis=1) == among.index(cell)).mean())

    def doubt(self, cell: str) -> float:
        """How little is known of the cell: the deviation of its effect."""
        return float(self.effects(cell).std())

    def world(self, draw: int) -> dict[str, float]:
        """One of the worlds that could be: cell → its effect in it."""
        return dict(zip(self.cells, map(float, self.draws[draw % len(self.draws)]), strict=True))


def believe(seen: dict[str, Seen], spread: Floats) -> Belief:
    """The belief about all cells in `seen`, also those without posts.

    `spread` is the covariance of the levels of the cells that have posts, in the order of `seen`.
    """
    import numpy as np

    known = [at for at, one in enumerate(seen.values()) if one.n]
    levels = np.array([one.level for one in seen.values() if one.n])
    # Only differences are known: what all cells have in common is taken out, and the rest turned until it is independent.
    apart = np.linalg.svd(np.eye(len(known)) - 1 / len(known))[2][:-1]
    errors, turn = np.linalg.eigh(apart @ spread @ apart.T)
    errors, turn = np.maximum(errors, 1e-12), turn.T @ apart
    turned, chance = turn @ levels, np.random.default_rng(_SEED)
    scatters: Floats = _STEP * (np.arange(_STEPS, dtype=float) + 0.5)
    picked = chance.choice(scatters, size=DRAWS, p=_weights(turned, errors, scatters))[:, None]
    kept = picked**2 / (picked**2 + errors)
    free = chance.standard_normal((DRAWS, len(seen)))
    rows = picked * free
    rows[:, known] = (kept * turned + np.sqrt(kept * errors) * free[:, : len(errors)]) @ turn
    return Belief(tuple(seen), tuple(one.n for one in seen.values()), rows)


def _weights(turned: Floats, errors: Floats, scatters: Floats) -> Floats:
    """How probable each scatter of the cells is after their levels."""
    import numpy as np

    wide = errors + scatters[:, None] ** 2
    logs = -0.5 * (np.log(wide) + turned**2 / wide).sum(axis=1) - 0.5 * (scatters / SCATTER) ** 2
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum(), float)
