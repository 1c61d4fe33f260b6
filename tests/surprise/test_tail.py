"""The negative binomial's tail beside scipy's, and where scipy has nothing to say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.surprise.tail import LEAST_MEAN, LEAST_SPREAD, share_surprise, surprise

LN10 = math.log(10)


def one(count: float, mean: float, variance: float) -> float:
    [score] = surprise(np.array([count], float), np.array([mean]), np.array([variance]))
    return float(score)


def wide_grid() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means from 0.2 to a million, variances from chance alone to a hundred thousand means, counts from 0 to 1000 means."""
    points = [
        (float(round(mean * part)), mean, mean * spread)
        for mean in np.geomspace(LEAST_MEAN, 1e6, 25)
        for spread in np.geomspace(LEAST_SPREAD, 1e5, 15)
        for part in (0, 0.001, 0.1, 0.5, 0.9, 0.999, 1, 1.001, 1.1, 1.5, 2, 3, 10, 100, 1000)
    ]
    counts, means, variances = np.array(points).T
    return counts, means, variances


def test_the_tail_is_scipys() -> None:
    """Over a wide grid the score is scipy's to 1e-9, wherever scipy's probability is a float at all."""
    from scipy.stats import nbinom

    counts, means, variances = wide_grid()
    shapes = means**2 / (variances - means)
    with np.errstate(all="ignore"):
        known = -nbinom.logsf(counts - 1, shapes, shapes / (shapes + means)) / LN10
    scores = surprise(counts, means, variances)
    compared = known < 290  # beyond, scipy's probability is a denormal number, then 0
    assert compared.sum() > 4500
    assert np.isfinite(scores).all()
    assert np.abs(scores - known)[compared].max() < 1e-9


@pytest.mark.parametrize(("count", "mean", "variance"), [(5000, 20, 60), (100_000, 50, 400), (3000, 0.2, 0.21)])
def test_beyond_floats_the_tail_is_the_sum_of_its_terms(count: int, mean: float, variance: float) -> None:
    """A count whose chance is under 1e-308 has its own score: that of the tail's terms added up in logarithms."""
    shape = mean**2 / (variance - mean)
    first, second = math.log(mean / (mean + shape)), math.log(shape / (mean + shape))
    terms = [
        math.lgamma(k + shape) - math.lgamma(shape) - math.lgamma(k + 1) + k * first + shape * second
        for k in range(count, count + 5000)
    ]
    known = -(terms[0] + math.log(math.fsum(math.exp(term - terms[0]) for term in terms))) / LN10
    assert known > 308
    assert one(count, mean, variance) == pytest.approx(known, rel=1e-9)


def test_a_count_of_zero_is_no_surprise() -> None:
    """So many or more is certain when "so many" is none."""
    assert one(0, 5, 9) == 0


def test_silence_and_calm_have_a_floor() -> None:
    """Means under 0.2 and variances under 1.05 means are taken as those: one mention after silence alarms nobody."""
    assert one(1, 0, 0) == one(1, LEAST_MEAN, LEAST_MEAN * LEAST_SPREAD)
    assert one(1, 0, 0) < 1
    assert one(30, 20, 1) == one(30, 20, 21)


def test_ten_chances_add_up() -> None:
    """With a mean of 1 and a variance of 2 the distribution is geometric: k or more has the chance of half to the k."""
    assert [one(k, 1, 2) for k in (1, 10, 2000)] == pytest.approx([k * math.log10(2) for k in (1, 10, 2000)], rel=1e-12)


@given(st.integers(0, 10**6), st.floats(0, 1e5), st.floats(0, 1e9))
def test_more_is_never_less_surprising(count: int, mean: float, variance: float) -> None:
    """One mention more never lowers the score, also where the two ways of computing it meet, at the mean."""
    assert 0 <= one(count, mean, variance) <= one(count + 1, mean, variance) + 1e-9


def test_the_binomial_tail_is_scipys() -> None:
    """From one draw to a million, from shares of a thousandth to nearly all, for every count that scipy has a float for."""
    from scipy.stats import binom

    points = [
        (float(count), float(draws), share)
        for draws in (1, 2, 7, 30, 500, 10_000, 1_000_000)
        for share in (0.001, 0.02, 1 / 9, 0.5, 0.9, 0.999)
        for count in sorted({0, 1, 2, draws // 9, draws // 2, round(draws * share), draws - 1, draws})
        if count <= draws
    ]
    counts, draws, shares = np.array(points).T
    with np.errstate(all="ignore"):
        known = -binom.logsf(counts - 1, draws, shares) / LN10
    scores = share_surprise(counts, draws, shares)
    compared = known < 290
    assert np.isfinite(scores).all()
    assert np.abs(scores - known)[compared].max() < 1e-9
