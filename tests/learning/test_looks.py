"""Looking again and again is paid for: the p of a year of looks holds for whoever looks every day of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from toolkit.learning.looks import within_a_year


@pytest.mark.parametrize("first", [365, 30])
def test_every_day_s_look_is_within_it(first: int) -> None:
    """Of 4,000 years in which nothing is to be found, no more show an edge at any look than the p of a year says.

    The window slides over the posts of a year, or grows from a month to a year.
    """
    chance = np.random.default_rng(3)
    sums = np.cumsum(np.pad(chance.standard_normal((4000, 730)), ((0, 0), (1, 0))), axis=1)
    if first == 365:
        seen = (sums[:, 365:] - sums[:, :-365]) / np.sqrt(365)
    else:
        seen = sums[:, first:366] / np.sqrt(np.arange(first, 366))
    highest = np.abs(seen).max(axis=1)
    for edge in (2.5, 3.0, 3.5):
        share, promised = float((highest > edge).mean()), within_a_year(float(2 * norm.sf(edge)))
        assert promised / 3 < share < promised * 1.1 + 0.003


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20), st.integers(1, 4))
def test_it_keeps_the_order_and_never_promises_more(ps: list[float], windows: int) -> None:
    """A year's p is never below that of one look, never above one, and smaller for what is surer."""
    years = [within_a_year(p, windows) for p in sorted(ps)]
    assert years == sorted(years)
    assert all(p <= year <= 1 for p, year in zip(sorted(ps), years, strict=True))
