"""What a factor makes of counts: what it makes of the rate behind them, whatever the house's posts are like."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.experiments.counts import Brought, better_logs
from toolkit.experiments.experiment import Analysis
from toolkit.experiments.power import Wish, plan_posts


def brought(counts: list[int], usual: float) -> list[Brought]:
    one = 1 / (usual + 1)
    return [Brought((count + 1) * one, one, one) for count in counts]


def scattered(size: float, mean: float, seed: int, n: int = 4000) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Negative-binomial counts."""
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.gamma(size, mean / size, n))


@pytest.mark.parametrize(("size", "mean"), [(0.6, 12.0), (3.0, 5.0), (1e6, 2.0)])
def test_better_posts_scatter_like_counts_of_the_better_rate(size: float, mean: float) -> None:
    """From the counts alone come the zeros and the spread that drawing with the real, factored rate has.

    Where chance is all there is, some of it is taken for differences between posts: too wide by less than a tenth.
    """
    found = better_logs(brought(scattered(size, mean, 1).tolist(), mean), 2.0)
    usual = log(mean + 1)
    wanted = found.mean() + usual
    more = min(np.arange(1.5, 4, 0.02), key=lambda one: abs(np.log1p(scattered(size, mean * one, 2)).mean() - wanted))
    real = np.log1p(scattered(size, mean * more, 3))
    assert 0.97 < found.std() / real.std() < (1.04 if size < 10 else 1.1)
    assert (found < 0.01 - usual).mean() == pytest.approx((real == 0).mean(), abs=0.02)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=30, max_size=60).filter(any), st.sampled_from([1.2, 2.0, 5.0]))
def test_the_factor_is_the_one_over_the_usual(counts: list[int], factor: float) -> None:
    """In the geometric mean the better posts bring the factor, and no post loses what it had."""
    posts = brought(counts, 6)
    found, before = better_logs(posts, factor), np.log([post.lift for post in posts])
    assert found.mean() - before.mean() == pytest.approx(log(factor), abs=0.02)
    assert (found >= before[:, None] - 1e-9).all()


def test_a_factor_beyond_all_posts_ends() -> None:
    """A history with a single count reaches no million: the better arm has what can be had."""
    assert np.isfinite(better_logs(brought([0] * 199 + [1000], 0), 1e6)).all()


def test_many_interactions_are_multiplied() -> None:
    """Where chance is nothing beside the counts, all posts gain the factor."""
    posts = brought([20_000 + 500 * number for number in range(60)], 30_000)
    before = np.log([post.lift for post in posts])
    assert better_logs(posts, 1.5) - before[:, None] == pytest.approx(log(1.5), abs=0.03)


def test_a_page_with_few_likes_needs_more_posts_than_its_logarithms_say() -> None:
    """The same lifts, counted in units of one like or of a thousandth: only the first has posts that stay at nothing."""
    counts = scattered(0.6, 12.0, 5, 200).tolist()
    few = brought(counts, 6.0)
    many = [Brought(post.lift, post.floor / 1000, post.step / 1000) for post in few]
    wish = Wish(2.0, analysis=Analysis.ALWAYS)
    assert plan_posts(few, wish).posts > 1.05 * plan_posts(many, wish).posts
