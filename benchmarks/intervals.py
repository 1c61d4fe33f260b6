"""How often the intervals of rates and totals hold the truth, for posts as wild as real ones.

    python benchmarks/intervals.py               # two minutes
    python benchmarks/intervals.py --samples 100

A sample is n posts of a population whose rate is known: normal on the logarithm, mostly zeros, rates that differ from post
to post, and the 495 posts of a brand's page in 2014 ("Facebook metrics", shared test data, LEITSTAND_TEST_DATA), drawn
with replacement: what they brought, their comments, and what they brought by impression. Beside `ratio_interval` stand
SciPy's BCa interval, which key figures had before, and its percentile interval.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.kpis import ratio_interval  # the path has to be set before

DATA = Path(os.environ.get("LEITSTAND_TEST_DATA") or Path(__file__).resolve().parents[1] / "../shared/data")
SIZES = (8, 12, 20, 30, 60, 120)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Population:
    """Posts that samples are drawn from, and the rate that intervals should hold."""

    name: str
    draw: Callable[[np.random.Generator, int], tuple[Floats, Floats]]
    true: float


def made() -> Iterator[Population]:
    """Populations by formula; a base of 1 means a mean, and so a total."""
    for scatter in (0.7, 1.2):
        yield Population(
            f"normal on the logarithm, scatter {scatter}",
            lambda chance, n, scatter=scatter: (chance.lognormal(3, scatter, n), np.ones(n)),  # type: ignore[misc]
            exp(3 + scatter**2 / 2),
        )
    yield Population("mostly zeros", lambda c, n: (c.negative_binomial(0.5, 0.2, n).astype(float), np.ones(n)), 2.0)
    yield Population("rates of 5 %, more or less", _rates, 2 / 42)


def _rates(chance: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    shown = chance.lognormal(6, 0.8, n).astype(int) + 1
    return chance.binomial(shown, chance.beta(2, 40, n)).astype(float), shown.astype(float)


def real() -> Iterator[Population]:
    """The posts of a real page."""
    path = DATA / "facebook_metrics" / "dataset_Facebook.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = ("Total Interactions", "comment", "Lifetime Post Total Impressions")
        rows = [[float(row[name] or 0) for name in names] for row in csv.DictReader(file)]
    posts = np.array([row for row in rows if row[2] > 0])
    one = np.ones(len(posts))
    for name, part, base in (
        ("a page's interactions", posts[:, 0], one),
        ("a page's comments", posts[:, 1], one),
        ("a page's interactions by impression", posts[:, 0], posts[:, 2]),
    ):
        picked = lambda chance, n, part=part, base=base: _pick(chance, n, part, base)  # noqa: E731
        yield Population(name, picked, float(part.sum() / base.sum()))


def _pick(chance: np.random.Generator, n: int, part: Floats, base: Floats) -> tuple[Floats, Floats]:
    which = chance.integers(0, len(part), n)
    return part[which], base[which]


def scipys(part: Floats, base: Floats, method: Literal["BCa", "percentile"]) -> tuple[float, float]:
    """SciPy's interval of the same draws' number."""
    found = stats.bootstrap(
        (part, base),
        lambda part, base, axis: part.sum(axis=axis) / base.sum(axis=axis),
        paired=True,
        n_resamples=2000,
        confidence_level=0.9,
        method=method,
        rng=4,
    ).confidence_interval
    return float(found.low), float(found.high)


def score(population: Population, n: int, samples: int) -> tuple[float, float, float, float, float]:
    """Shares of intervals that hold the truth: ours, BCa, percentiles; samples without one; our median width by the truth."""
    chance = np.random.default_rng(n)
    held, widths, none = np.zeros(3), [], 0
    for _sample in range(samples):
        part, base = population.draw(chance, n)
        ours = ratio_interval(part.tolist(), base.tolist())
        if ours is None or not part.any():
            none += 1
            continue
        widths.append((ours.high - ours.low) / population.true)
        ends = ((ours.low, ours.high), scipys(part, base, "BCa"), scipys(part, base, "percentile"))
        held += [low <= population.true <= high for low, high in ends]
    told = samples - none
    return *(float(one) / told for one in held), none / samples, float(np.median(widths))  # type: ignore[return-value]


def main() -> None:
    """Print a table for each population."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--samples", type=int, default=300)
    samples = parser.parse_args().samples
    for population in (*made(), *(real() if DATA.exists() else ())):
        print(f"\n{population.name}; {samples} samples")
        print(f"{'posts':>6}{'90 % interval holds':>21}{'BCa':>9}{'percentiles':>13}{'none told':>11}{'width':>8}")
        for n in SIZES:
            ours, bca, plain, none, width = score(population, n, samples)
            print(f"{n:>6}{ours:>20.1%} {bca:>8.1%} {plain:>12.1%} {none:>10.1%} {width:>7.2f}", flush=True)


if __name__ == "__main__":
    main()
