"""Monthly goals against their own history."""

from __future__ import annotations

import random
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis.outlook import FEWEST, Realism, look_ahead, realism

MONTHS = st.lists(st.floats(1, 1e6), min_size=FEWEST, max_size=30)


def walk(seed: int, step: float, noise: float, drift: float = 0.0) -> list[float]:
    """Twenty months around a level that walks."""
    draw, level, values = random.Random(seed), 7.0, []
    for _month in range(20):
        level += drift + draw.gauss(0, step)
        values.append(exp(level + draw.gauss(0, noise)))
    return values


@pytest.mark.parametrize(("step", "noise"), [(0.0, 0.2), (0.1, 0.2), (0.2, 0.05)])
def test_the_interval_holds_what_it_promises(step: float, noise: float) -> None:
    """Of 400 last months that nobody had seen, 90 % lie inside the interval, give or take chance."""
    inside = 0
    for seed in range(400):
        values = walk(seed, step, noise)
        outlook = look_ahead(values[:-1])
        assert outlook is not None
        one = outlook.interval(0.9)
        inside += one.low <= values[-1] <= one.high
    assert 340 <= inside <= 385


def test_the_further_the_less_is_known() -> None:
    """The interval of a month further ahead is never narrower."""
    values = walk(1, 0.1, 0.1)
    widths = []
    for ahead in (1, 3, 6, 12):
        outlook = look_ahead(values, ahead)
        assert outlook is not None
        widths.append(outlook.interval().high / outlook.interval().low)
    assert widths == sorted(widths)


def test_what_grows_steadily_goes_on_growing() -> None:
    """Followers that grow by five per cent a month are expected above the last month; a level would lag behind."""
    values = [1000 * 1.05**month for month in range(12)]
    outlook = look_ahead(values, 3)
    assert outlook is not None
    assert outlook.value == pytest.approx(1000 * 1.05**14, rel=0.01)


def test_too_little_history_says_nothing() -> None:
    """Fewer months than enough, or a month with nothing in it: no outlook, and no verdict on a target."""
    assert look_ahead([100.0] * (FEWEST - 1)) is None
    assert look_ahead([0.0] + [100.0] * FEWEST) is None
    assert realism(None, 1.0) is Realism.UNKNOWN


def test_a_target_is_safe_open_or_bold() -> None:
    """By its chance; for what is better when less, the other way round."""
    outlook = look_ahead([100, 110, 90, 105, 95, 102, 98, 100])
    assert [realism(outlook, target) for target in (50, 100, 200)] == [Realism.SAFE, Realism.OPEN, Realism.BOLD]
    assert [realism(outlook, target, lower=True) for target in (50, 200)] == [Realism.BOLD, Realism.SAFE]


@given(MONTHS, st.floats(0.01, 100), st.integers(1, 12))
def test_a_higher_target_is_never_likelier(values: list[float], factor: float, ahead: int) -> None:
    """Whatever the history: chances are chances, fall with the target, and turn round for what is better when less."""
    outlook = look_ahead(values, ahead)
    assert outlook is not None
    target = outlook.value * factor
    chance, higher = outlook.chance(target), outlook.chance(target * 1.1)
    assert 0 <= higher <= chance <= 1
    assert outlook.chance(target, lower=True) == pytest.approx(1 - chance)


@given(MONTHS, st.floats(0.01, 1000))
def test_the_unit_does_not_matter(values: list[float], factor: float) -> None:
    """Euros or cents: the same history gives the same chance."""
    first, second = look_ahead(values), look_ahead([value * factor for value in values])
    assert first is not None
    assert second is not None
    assert first.deviation == pytest.approx(second.deviation, rel=1e-3, abs=1e-5)
