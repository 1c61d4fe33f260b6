"""What is to be believed about the cells after their posts: shrunken, with all the doubt there is.

A normal model with two levels: a cell's posts scatter around the cell's effect, the cells' effects around nothing. How far
they scatter is not known either, and with eight cells it hardly can be; so it is not estimated and then taken for certain
but averaged over (Gelman 2006, Prior distributions for variance parameters in hierarchical models, Bayesian Analysis
1(3), section 5: half-normal). The answers are quantiles of draws from a fixed seed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, sqrt
from random import Random
from typing import Final

from toolkit.kpis.chance import quantile

DRAWS: Final = 4000
# The scatter of the cells before any post is seen: a quarter more or less is much for a time of day.
SCATTER: Final = 0.25
_GRID: Final = tuple(0.005 + 0.01 * step for step in range(80))
_SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class Seen:
    """The posts of one cell: their number and the mean of their lifts."""

    n: int
    mean: float


@dataclass(frozen=True, slots=True)
class Belief:
    """Draws of the cells' effects on the logarithm, against what is usual over all cells; one row for each draw."""

    cells: tuple[str, ...]
    draws: tuple[tuple[float, ...], ...]

    def effects(self, cell: str) -> list[float]:
        """One effect for each draw."""
        at = self.cells.index(cell)
        return [row[at] for row in self.draws]

    def factor(self, cell: str) -> float:
        """The middle of what is possible: how many times the usual."""
        return exp(quantile(self.effects(cell), 0.5) or 0.0)

    def interval(self, cell: str, level: float = 0.8) -> tuple[float, float]:
        """The middle part of what is possible."""
        effects = self.effects(cell)
        low, high = (quantile(effects, share) or 0.0 for share in ((1 - level) / 2, (1 + level) / 2))
        return exp(low), exp(high)

    def best(self, cell: str, among: Sequence[str]) -> float:
        """How probable it is that the cell is the best of some."""
        own, others = self.cells.index(cell), [self.cells.index(other) for other in among if other != cell]
        return sum(all(row[own] > row[at] for at in others) for row in self.draws) / len(self.draws)


def believe(seen: Mapping[str, Seen], noise: float) -> Belief:
    """The belief about all cells in `seen`, also those without posts; `noise` is the variance of one post's lift."""
    known = [one for one in seen.values() if one.n]
    noise = max(noise, 1e-9)
    errors = [noise / one.n for one in known]
    weights = [exp(value) for value in _scaled([_evidence(known, errors, scatter) for scatter in _GRID])]
    ladder, chance = list(accumulate(weights)), Random(_SEED)  # noqa: S311  # draws that everybody can repeat
    worlds: dict[float, _World] = {}
    rows = []
    for _draw in range(DRAWS):
        scatter = _GRID[min(bisect_left(ladder, chance.random() * ladder[-1]), len(_GRID) - 1)]
        if scatter not in worlds:
            worlds[scatter] = _world(tuple(seen.values()), noise, scatter)
        rows.append(worlds[scatter].draw(chance))
    return Belief(tuple(seen), tuple(rows))


def _evidence(known: Sequence[Seen], errors: Sequence[float], scatter: float) -> float:
    """The logarithm of how well a scatter of the cells explains their means, times how probable it was before."""
    weights = [1 / (error + scatter**2) for error in errors]
    centre = _centre(known, weights)
    fit = sum(weight * (one.mean - centre) ** 2 for weight, one in zip(weights, known, strict=True))
    spread = sum(map(log, weights)) - (log(sum(weights)) if weights else 0.0)
    return 0.5 * (spread - fit) - 0.5 * (scatter / SCATTER) ** 2


@dataclass(frozen=True, slots=True)
class _World:
    """The cells' effects, given how far they scatter: (share kept, mean, deviation) of each around a common centre."""

    centre: float
    doubt: float  # deviation of the centre
    cells: tuple[tuple[float, float, float], ...]

    def draw(self, chance: Random) -> tuple[float, ...]:
        """One effect for each cell."""
        centre = self.centre + chance.gauss(0, self.doubt)
        return tuple([kept * (mean - centre) + chance.gauss(0, rest) for kept, mean, rest in self.cells])


def _world(cells: Sequence[Seen], noise: float, scatter: float) -> _World:
    known = [one for one in cells if one.n]
    weights = [1 / (noise / one.n + scatter**2) for one in known]
    shares = [scatter**2 / (scatter**2 + noise / one.n) if one.n else 0.0 for one in cells]
    found = [(kept, one.mean, scatter * sqrt(1 - kept)) for kept, one in zip(shares, cells, strict=True)]
    return _World(_centre(known, weights), sqrt(1 / sum(weights)) if weights else 0.0, tuple(found))


def _centre(known: Sequence[Seen], weights: Sequence[float]) -> float:
    return sum(weight * one.mean for weight, one in zip(weights, known, strict=True)) / sum(weights) if known else 0.0


def _scaled(values: Sequence[float]) -> list[float]:
    top = max(values)
    return [value - top for value in values]
