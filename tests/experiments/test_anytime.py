"""An interval for people who look often: recomputed by integration, and honest in simulated experiments."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from math import exp, inf, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.experiments import anytime
from toolkit.experiments.anytime import PRIOR, compare_anytime, log_ratio

DRAWS, POSTS = 2000, 60


@pytest.mark.parametrize(
    ("t", "freedom", "size", "prior"), [(3.0, 18, 5.0, 0.2), (0.3, 22, 6.0, 0.114), (5.0, 6, 2.0, 1.0)]
)
def test_the_ratio_is_the_one_of_the_definition(t: float, freedom: int, size: float, prior: float) -> None:
    """The closed form equals the noncentral t density, averaged over the prior, over the central one."""
    from scipy.integrate import quad
    from scipy.stats import nct, norm  # fmt: skip
    from scipy.stats import t as student

    def weighed(delta: float) -> float:
        return float(nct.pdf(t, freedom, delta * sqrt(size)) * norm.pdf(delta, 0, sqrt(prior)))

    reach = 10 * sqrt(prior)
    mixed, _error = quad(weighed, -reach, reach, points=[0.0], limit=200)
    assert log_ratio(t**2, freedom, prior * size) == pytest.approx(log(mixed / student.pdf(t, freedom)), rel=1e-5)


numbers = st.lists(st.floats(-5, 5).map(lambda value: round(value, 3)), min_size=2, max_size=30)


@given(first=numbers, second=numbers)
def test_p_and_interval_say_the_same(first: list[float], second: list[float]) -> None:
    """No difference lies outside the interval exactly when p is below one minus its level."""
    found = compare_anytime(first, second)
    if found is None:
        return
    assert (found.low > 0 or found.high < 0) == (found.p < 0.05) or abs(found.p - 0.05) < 1e-9
    assert found.low <= found.difference <= found.high


def test_the_edge_of_the_interval_is_where_the_ratio_is_twenty() -> None:
    """Shifting an arm by the interval's edge makes p exactly one in twenty."""
    first, second = [0.1, 1.2, 0.7, 2.0, 1.1, 0.4, 1.9, 0.8], [0.3, -0.2, 0.9, 0.1, 0.5, -0.6, 0.2, 0.0]
    found = compare_anytime(first, second)
    assert found is not None
    assert found.low > -inf
    moved = compare_anytime([value - found.low for value in first], second)
    assert moved is not None
    assert moved.p == pytest.approx(0.05, rel=1e-9)


def test_too_little_is_no_answer() -> None:
    """One post in an arm, or posts that do not differ at all, say nothing about spread."""
    assert compare_anytime([1.0], [2.0, 3.0]) is None
    assert compare_anytime([1.0, 1.0], [2.0, 2.0]) is None


def evidence(first: Any, second: Any, shift: float = 0.0) -> Any:
    """The logarithm of each experiment's ratio against a difference of `shift`, after each post of both arms from the second on."""
    sizes = np.arange(2, POSTS + 1)
    sums = [np.cumsum(arm, axis=1)[:, 1:] for arm in (first, second)]
    squares = [np.cumsum(arm**2, axis=1)[:, 1:] for arm in (first, second)]
    freedom, size = 2 * sizes - 2, sizes / 2
    inside = sum(square - one**2 / sizes for one, square in zip(sums, squares, strict=True))
    # Two pairs of equal counts have no spread, and no verdict.
    t2 = np.where(inside > 1e-12, (sums[0] / sizes - sums[1] / sizes - shift) ** 2 / np.maximum(inside, 1e-12), 0.0)
    t2 *= freedom * size
    ratio = 1 / (1 + PRIOR * size)
    return 0.5 * np.log(ratio) + 0.5 * (freedom + 1) * (np.log1p(t2 / freedom) - np.log1p(ratio * t2 / freedom))


def looked(first: Any, second: Any, shift: float = 0.0) -> float:
    """How many of the experiments are called different from `shift` at any look."""
    return float((evidence(first, second, shift).max(axis=1) >= log(20)).mean())


def draw(kind: str) -> Any:
    """Both arms of `DRAWS` experiments."""
    rng = np.random.default_rng(20_261_122)
    kinds: dict[str, Callable[[], Any]] = {
        "normal": lambda: rng.normal(0, 1.2, (DRAWS, POSTS)),
        # Logarithms of counts one more than themselves, as the report has them: few, skewed, tied.
        "counts": lambda: np.log1p(rng.negative_binomial(0.9, 0.9 / (0.9 + 30), (DRAWS, POSTS))),
        "heavy": lambda: rng.laplace(0, 0.85, (DRAWS, POSTS)),
    }
    return kinds[kind](), kinds[kind]()


@pytest.mark.parametrize("kind", ["normal", "counts", "heavy"])
def test_looking_after_every_post_finds_no_false_winners(kind: str) -> None:
    """Of 2,000 experiments without a difference, looked at 59 times each, at most one in twenty has a winner."""
    assert looked(*draw(kind)) <= 0.05


def test_the_usual_test_does_find_them() -> None:
    """The t test at five per cent, looked at as often, has a false winner in more than one of five: why this one is there."""
    from scipy.stats import ttest_ind

    first, second = (arm[:400] for arm in draw("normal"))
    ps = np.array([ttest_ind(first[:, :n], second[:, :n], axis=1).pvalue for n in range(2, POSTS + 1)])
    assert (ps.min(axis=0) < 0.05).mean() > 0.2


def test_a_real_difference_is_found_and_covered() -> None:
    """A factor of three is found in most experiments within 60 posts; the true value leaves few of the intervals, ever."""
    first, second = draw("normal")
    assert looked(first + log(3), second) > 0.8
    assert looked(first + log(3), second, shift=log(3)) <= 0.05


def test_the_vectorised_figures_are_the_functions() -> None:
    """What the simulation computes is what the report does."""
    first, second = draw("normal")
    ratios = evidence(first + 1, second)
    for at in range(20):
        found = compare_anytime(list(first[at] + 1), list(second[at]))
        assert found is not None
        assert found.p == pytest.approx(min(1.0, exp(-ratios[at, -1])))


def test_the_example_holds() -> None:
    """What stands in the docstring comes out so."""
    assert not doctest.testmod(anytime).failed
