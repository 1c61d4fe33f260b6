"""Statistics against published values, against SciPy, and against what they promise: coverage, and silence about noise."""

from __future__ import annotations

import csv
from math import exp, log
from pathlib import Path
from random import Random
from statistics import median as middle

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from toolkit.kpis.chance import (
    ENOUGH,
    MANY,
    any_difference,
    compare,
    discount,
    median,
    median_interval,
    posts_needed,
    quantile,
    ratio_interval,
    shrink,
    total_interval,
    usual,
)

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def consumers(shared_data: Path) -> dict[str, list[float]]:
    """Consumers of five hundred real posts (Moro, Rita, Vala 2016) by their type."""
    groups: dict[str, list[float]] = {}
    with (shared_data / "facebook_metrics" / "dataset_Facebook.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            groups.setdefault(line["Type"], []).append(float(line["Lifetime Post Consumers"]))
    return groups


def test_a_status_is_no_photo(consumers: dict[str, list[float]]) -> None:
    """Mann-Whitney over the real page gives the known p of 1.8e-13; nine in ten times the status wins."""
    found = compare(consumers["Status"], consumers["Photo"])
    assert found.n == (45, 426)
    assert found.p == pytest.approx(1.8e-13, rel=0.03)
    wins = sum((a > b) - (a < b) for a in consumers["Status"] for b in consumers["Photo"]) / (45 * 426)
    assert found.effect == pytest.approx(wins, abs=1e-12)
    assert found.effect > 0.6


def test_types_differ(consumers: dict[str, list[float]]) -> None:
    """Kruskal and Wallis over all four types give H = 79.7 and p = 3.5e-17."""
    found = any_difference(list(consumers.values()))
    assert found is not None
    assert found[0] == pytest.approx(79.7, abs=0.05)
    assert found[1] == pytest.approx(3.5e-17, rel=0.03)


def test_seven_videos_are_a_wide_interval(consumers: dict[str, list[float]]) -> None:
    """With n = 7 the median's interval is nearly all there is, and four of them have none."""
    interval = median_interval(consumers["Video"])
    assert interval is not None
    assert interval.high / interval.low > 2
    assert median_interval(consumers["Video"][:4]) is None
    assert compare(consumers["Video"][:4], consumers["Photo"]).p is None


@given(NUMBERS)
def test_median_and_quantile_are_numpys(values: list[float]) -> None:
    """For any numbers, in any order."""
    assert median(values) == middle(values)
    assert quantile(values, 0.9) == pytest.approx(float(np.quantile(values, 0.9)), rel=1e-9, abs=1e-6)


@given(NUMBERS)
def test_the_usual_is_scipys(values: list[float]) -> None:
    """Median and normal-consistent MAD; below five values nothing is usual."""
    found = usual(values)
    assert (found is None) == (len(values) < ENOUGH)
    if found is not None:
        wanted = float(stats.median_abs_deviation(values)) * 1.4826
        assert found.spread == pytest.approx(wanted, rel=1e-9, abs=1e-6)


def test_the_interval_is_the_definitions() -> None:
    """The interval is what Efron's definition gives draw by draw, with SciPy's Student quantile for the longer tails."""
    chance, n = np.random.default_rng(3), 20
    part, base = chance.lognormal(3, 1.2, n), chance.lognormal(6, 0.5, n)

    def measured(which: npt.NDArray[np.int64]) -> tuple[float, float]:
        rate = part[which].sum() / base[which].sum()
        left = part[which] - rate * base[which]
        return rate, float(np.std(left, ddof=1) * n**0.5 / base[which].sum() / rate)

    rate, error = measured(np.arange(n))
    draws = [measured(chance.integers(0, n, n)) for _draw in range(20_000)]
    distances = [np.log(one / rate) / spread for one, spread in draws]
    tail = stats.norm.cdf(-((n / (n - 1)) ** 0.5) * stats.t.ppf(0.95, n - 1))
    high, low = (rate * np.exp(-np.quantile(distances, share) * error) for share in (tail, 1 - tail))
    ours = ratio_interval(part.tolist(), base.tolist())
    assert ours is not None
    # What two thousand draws leave open, far out in the tails.
    assert ours.low == pytest.approx(low, rel=0.05)
    assert ours.high == pytest.approx(high, rel=0.12)


def test_posts_that_brought_nothing_leave_the_end_open() -> None:
    """Where so many draws hold zeros alone that no end is in sight, nothing is claimed; a value below zero is no reason."""
    assert ratio_interval([0.0] * 7 + [9.0], [1.0] * 8) is None
    balance = ratio_interval([-3.0, 1.0, 0.0, 2.0, -1.0, 4.0, -2.0, 1.0, 0.5], [1.0] * 9)
    assert balance is not None
    assert balance.low < 2.5 / 9 < balance.high


@pytest.mark.parametrize(("n", "at_least"), [(8, 0.84), (30, 0.84), (200, 0.83), (MANY + 500, 0.84)])
def test_intervals_hold_what_they_promise(n: int, at_least: float) -> None:
    """Of two hundred samples of posts as wild as real ones, about nine in ten intervals hold the true mean.

    Percentiles of the draws would hold two thirds with eight posts.
    """
    true, hit = exp(3 + 1.2**2 / 2), 0
    for seed in range(200):
        posts = np.random.default_rng(seed).lognormal(3, 1.2, n)
        interval = ratio_interval(posts.tolist(), [1.0] * n)
        assert interval is not None
        hit += interval.low <= true <= interval.high
    assert at_least <= hit / 200 <= 0.97


def test_a_total_is_a_mean_times_n() -> None:
    """And where all posts are equal, nothing is uncertain."""
    posts = [float(value) for value in range(1, 40)]
    total, mean = total_interval(posts), ratio_interval(posts, [1.0] * 39)
    assert total is not None
    assert mean is not None
    assert (total.low, total.high) == pytest.approx((mean.low * 39, mean.high * 39))
    assert total.low < sum(posts) < total.high
    assert ratio_interval([0.0] * 9, [5.0] * 9) == ratio_interval([0.0] * 10, [5.0] * 10)


def test_nothing_is_left_of_noise() -> None:
    """Means that differ no more than their errors are all drawn to zero; clear ones keep their order and most of their size."""
    chance = Random(1)
    noise = [chance.gauss(0, 1) for _group in range(7)]
    assert max(abs(value) for value, _deviation in shrink(noise, [4.0] * 7)) == 0
    clear = shrink([0.0, 5.0, 10.0], [0.1, 0.1, 0.1])
    assert [value for value, _deviation in clear] == sorted(value for value, _deviation in clear)
    assert clear[2][0] == pytest.approx(5, rel=0.01)


def test_a_noisy_mean_is_drawn_further() -> None:
    """Of two equal means the one from fewer posts keeps less, so that a lucky group of three does not win."""
    found = shrink([0.0, 0.0, 3.0, 3.0], [0.1, 0.1, 0.1, 3.0])
    assert found[2][0] > found[3][0] > 0


def test_many_comparisons_of_noise_find_nothing() -> None:
    """Of a hundred rounds with twenty comparisons of equal groups, hardly one claims a difference; uncorrected, most do."""
    claimed = naive = 0
    for seed in range(100):
        chance = Random(seed)
        groups = [[chance.lognormvariate(3, 1.2) for _post in range(12)] for _group in range(21)]
        ps = [compare(groups[0], group).p or 1.0 for group in groups[1:]]
        naive += min(ps) < 0.05
        claimed += min(discount(ps)) < 0.05
    assert claimed <= 12
    assert naive > 40


@given(st.lists(st.floats(0, 1), max_size=30))
def test_discounted_ps_are_no_smaller(ps: list[float]) -> None:
    """A corrected p is never below the plain one, never above 1, and keeps its rank."""
    found = discount(ps)
    assert all(0 <= plain <= corrected + 1e-12 <= 1 + 1e-9 for plain, corrected in zip(ps, found, strict=True))
    assert [found[at] for at in np.argsort(ps, kind="stable")] == sorted(found)


def test_needed_posts_are_enough() -> None:
    """With as many posts as `posts_needed` says, a doubling is found in four of five tries; with a third of them it is not."""
    needed = posts_needed(1.2, 2)

    def found(n: int) -> float:
        hits = 0
        for seed in range(300):
            chance = np.random.default_rng(seed)
            p = stats.ttest_ind(chance.normal(0, 1.2, n), chance.normal(log(2), 1.2, n)).pvalue
            hits += bool(p < 0.05)
        return hits / 300

    assert found(needed) == pytest.approx(0.8, abs=0.06)
    assert found(needed // 3) < 0.5
