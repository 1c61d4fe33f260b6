"""Whether experiments keep their promises: false winners under peeking, and the power that was planned.

    python benchmarks/experiments.py               # some minutes
    python benchmarks/experiments.py --runs 2000   # fewer

Results are drawn here, and not by the planner: negative-binomial counts whose mean varies from post to post (a lognormal
on top, as pages have), lognormal ones with no chance but the rounding, and those of a page where most posts are hardly
seen and some are everywhere. A history of 200 such posts is all that the planner sees, twenty histories each, and every
value becomes the logarithm of its factor over the median of that history, as reports have it. Then experiments are
played: without a difference, looked at after every pair of posts; and with just the difference that is worth knowing.
Beside ours stands what people do: the t test at five per cent, looked at as often. What the planner says that an
experiment finds ("planned") stands beside what it does find, and "off" is the difference.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.experiments.counts import Brought
from toolkit.experiments.experiment import Analysis
from toolkit.experiments.power import Wish, log_ratios, plan_posts, won_at_any_look, won_at_the_end

Floats = npt.NDArray[np.float64]
SEED: Final = 20_261_122
HISTORY: Final = 200
YEARS: Final = 20  # histories
CHUNK: Final = 2000
FACTORS: Final = (1.5, 2.0)
LEAST: Final = 8


class House(Protocol):
    """How a house's results scatter."""

    @property
    def name(self) -> str:
        """As the table says it."""

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], factor: float = 1.0) -> Floats:
        """Counts of posts that bring `factor` times the usual on average."""


@dataclass(frozen=True)
class Page:
    """Negative-binomial counts: the mean count, the negative binomial's size, the lognormal's deviation."""

    name: str
    mean: float
    size: float
    spread: float

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], factor: float = 1.0) -> Floats:
        """Counts of posts."""
        means = self.mean * factor * np.exp(rng.normal(0, self.spread, shape))
        return rng.poisson(means * rng.gamma(self.size, 1 / self.size, shape)).astype(float)


@dataclass(frozen=True)
class Rounded:
    """Lognormal counts, rounded: the median, the deviation of the logarithm."""

    name: str
    middle: float
    spread: float

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], factor: float = 1.0) -> Floats:
        """Counts of posts."""
        return np.rint(self.middle * factor * np.exp(rng.normal(0, self.spread, shape)))


@dataclass(frozen=True)
class Mixed:
    """Two kinds of posts, each with nothing but chance: how much few and many are, the share that gets many."""

    name: str
    few: float
    many: float
    share: float

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], factor: float = 1.0) -> Floats:
        """Counts of posts."""
        means = np.where(rng.random(shape) < self.share, self.many, self.few)
        return rng.poisson(means * factor).astype(float)


HOUSES: Final[tuple[House, ...]] = (
    Page("quiet: a newsletter's clicks", 40, 4.0, 0.2),
    Page("usual: this sample workspace", 30, 3.0, 0.4),
    Page("wild: a real page, few likes", 12, 0.9, 0.6),
    Rounded("lognormal: the spread of 2014", 15, 1.2),
    Mixed("mixed: 3 likes, or 40", 3, 40, 0.2),
    Mixed("unseen: one in four, or 25", 0, 25, 0.75),
)


def lifts(counts: Floats, usual: float) -> Floats:
    """The logarithms of the factors over the usual, as reports have them."""
    return np.log((counts + 1) / (usual + 1))


def known(counts: Floats, usual: float) -> list[Brought]:
    """A history as the planner gets it."""
    return [Brought((count + 1) / (usual + 1), 1 / (usual + 1), 1 / (usual + 1)) for count in counts.tolist()]


def peeked(first: Floats, second: Floats) -> npt.NDArray[np.bool_]:
    """Who has p below 0.05 in the t test at some look from eight posts on."""
    from scipy.stats import t

    looks = np.arange(2, first.shape[1] + 1)
    sums = [np.cumsum(arm, axis=1)[:, 1:] for arm in (first, second)]
    squares = [np.cumsum(arm**2, axis=1)[:, 1:] for arm in (first, second)]
    inside = sum(square - one**2 / looks for one, square in zip(sums, squares, strict=True))
    error = np.sqrt(np.maximum(inside, 1e-12) / (2 * looks - 2) * 2 / looks)
    edges = t.ppf(0.975, 2 * looks - 2)
    found = (np.abs(sums[0] - sums[1]) / looks / error > edges) & (looks >= LEAST)
    return np.asarray(found.any(axis=1))


def play(house: House, factor: float, runs: int) -> None:
    """One line for each analysis: the mean over histories that are drawn anew."""
    for wish in (
        Wish(factor),
        Wish(factor, analysis=Analysis.ALWAYS),
        Wish(factor, analysis=Analysis.ALWAYS, least=LEAST),
    ):
        sums, numbers = np.zeros(4), []
        for year in range(YEARS):
            history = house.draw(np.random.default_rng(SEED + 100 + year), (HISTORY,))
            usual = float(np.median(history))
            plan = plan_posts(known(history, usual), wish)
            numbers.append(plan.posts)
            sums += (*shares(house, wish, plan.posts, usual, (runs // YEARS, year)), plan.power)
        false, found, naive, planned = sums / YEARS
        kind = wish.analysis if not wish.least else f"{wish.analysis}, least {wish.least}"
        print(
            f"{house.name:<32}{factor:>5.1f} {kind:<22}{np.mean(numbers):>6.0f}{false:>10.1%}{naive:>12.1%}"
            f"{planned:>9.1%}{found:>9.1%}{found - planned:>+8.1%}",
            flush=True,
        )


def shares(house: House, wish: Wish, posts: int, usual: float, played: tuple[int, int]) -> tuple[float, float, float]:
    """False winners of either arm, real ones, and false ones of the naive peeker; `played` is how often, with which seed."""
    runs, year = played
    rng, better_by = np.random.default_rng(SEED + 1000 + year), factor_of(house, wish.factor, usual)
    false = found = naive = 0
    for begun in range(0, runs, CHUNK):
        shape = (min(CHUNK, runs - begun), posts)
        first, second = (lifts(house.draw(rng, shape), usual) for _arm in range(2))
        better = lifts(house.draw(rng, shape, better_by), usual)
        false += int((won(first, second, wish, posts) | won(second, first, wish, posts)).sum())
        found += int(won(better, second, wish, posts).sum())
        naive += int(peeked(first, second).sum())
    return false / runs, found / runs, naive / runs


def factor_of(house: House, factor: float, usual: float) -> float:
    """How much more a post must bring on average, so that the factor over the usual is `factor`: one is added to both."""
    rng = np.random.default_rng(SEED + 2)
    before = float(lifts(house.draw(rng, (50_000,)), usual).mean())
    low, high = 1.0, factor * 3
    for _step in range(20):
        middle = (low + high) / 2
        rng = np.random.default_rng(SEED + 2)
        reached = float(lifts(house.draw(rng, (50_000,), middle), usual).mean()) - before
        low, high = (middle, high) if reached < log(factor) else (low, middle)
    return (low + high) / 2


def won(first: Floats, second: Floats, wish: Wish, posts: int) -> npt.NDArray[np.bool_]:
    """As the verdict decides."""
    if wish.analysis is Analysis.FIXED:
        return won_at_the_end(first, second)
    return won_at_any_look(first, second, wish.least or posts)


def covered(house: House, runs: int, posts: int = 60) -> float:
    """How often the interval loses the truth at any of the looks."""
    rng = np.random.default_rng(SEED + 3)
    usual = float(np.median(house.draw(rng, (HISTORY,))))
    lost = 0
    for begun in range(0, runs, CHUNK):
        shape = (min(CHUNK, runs - begun), posts)
        first, second = (lifts(house.draw(rng, shape), usual) for _arm in range(2))
        lost += int((log_ratios(first, second)[0] >= log(20)).any(axis=1).sum())
    return lost / runs


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=10_000)
    given, begun = parser.parse_args(), time.process_time()
    head = ("house", "x", "analysis", "posts", "false", "naive peek", "planned", "found", "off")
    print(f"{given.runs} experiments each; false winners may be 5%, power was asked for at 80%")
    print("{:<32}{:>5} {:<22}{:>6}{:>10}{:>12}{:>9}{:>9}{:>8}".format(*head))
    for house in HOUSES:
        for factor in FACTORS:
            play(house, factor, given.runs)
    print("\nthe interval at all looks together loses the truth (60 posts of each arm, a look after every pair):")
    for house in HOUSES:
        print(f"{house.name:<32}{covered(house, given.runs):>6.1%}")
    print(f"\n{time.process_time() - begun:.0f} CPU seconds")


if __name__ == "__main__":
    main()
