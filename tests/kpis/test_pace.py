"""Where campaigns come out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis.pace import DAYS, Course, Pace, judge, land, learn_course

EVEN = [8.0, 9.0, 7.0, 8.0, 9.0, 7.0, 8.0, 8.0, 9.0, 7.0]


def campaign(seed: int, slope: float) -> list[float]:
    """Thirty days of counts around a straight line; a slope of 1 ends three times as high as it began."""
    draw = random.Random(seed)
    rate = draw.uniform(4, 20)
    means = [rate * (1 + slope * (day / 29 - 0.5)) for day in range(30)]
    return [float(sum(draw.random() < mean / 1000 for _ in range(1000))) for mean in means]


@pytest.mark.parametrize(("slope", "past"), [(0.0, 0), (0.0, 6), (1.0, 6), (-1.0, 6)])
def test_the_interval_holds_at_least_what_it_promises(slope: float, past: int) -> None:
    """Of 60 campaigns at half time, nine of ten come out inside the interval: even ones at once, others once some are over."""
    course = learn_course([campaign(1000 + seed, slope) for seed in range(past)])
    inside = 0
    for seed in range(60):
        days = campaign(seed, slope)
        landing = land(days[:15], 30, course)
        assert landing is not None
        one = landing.interval(0.9)
        inside += one.low <= sum(days) <= one.high
    assert inside >= 54


def test_past_campaigns_tell_how_the_next_one_goes() -> None:
    """Where campaigns start with a bang, half of the time brings more than half, and less is still to come."""
    past = [campaign(seed, -1.2) for seed in range(5)]
    course = learn_course(past)
    assert course.campaigns == 5
    assert course.share(0.5) > 0.55
    even, learned = land(EVEN, 20), land(EVEN, 20, course)
    assert even is not None
    assert learned is not None
    assert learned.value < even.value


def test_it_is_too_early_to_say_at_first() -> None:
    """Few days, a small part of a long time, or nothing at all are no basis."""
    assert land(EVEN[: DAYS - 1], 20) is None
    assert land(EVEN, 101) is None
    assert land([0.0] * 10, 20) is None
    assert land(EVEN, 10) is None


def test_goals_stand_as_they_stand() -> None:
    """Reached and missed are certain; what runs has a chance; without numbers nobody knows."""
    landing = land(EVEN, 20)
    assert landing is not None
    targets = (60.0, 100.0, landing.value, 400.0)
    assert [judge(landing, target, 80.0) for target in targets] == [
        Pace.REACHED,
        Pace.AHEAD,
        Pace.ON_TRACK,
        Pace.BEHIND,
    ]
    assert judge(None, 100.0, 80.0) is Pace.EARLY
    assert judge(landing, 400.0, 80.0, over=True) is Pace.MISSED
    assert judge(landing, 400.0, None) is Pace.UNKNOWN


@given(st.lists(st.floats(0, 1000), min_size=DAYS, max_size=40), st.integers(1, 60), st.floats(1.01, 5))
def test_chances_are_chances(days: list[float], rest: int, factor: float) -> None:
    """Whatever the days brought: a target that is in is certain, and a higher one is never likelier."""
    landing = land(days, len(days) + rest)
    if landing is None:
        return
    target = landing.so_far * factor
    assert landing.chance(landing.so_far) == 1.0
    assert 0 <= landing.chance(target * 1.1) <= landing.chance(target) <= 1
    assert landing.so_far <= landing.interval().low <= landing.interval().high


@given(st.lists(st.lists(st.floats(0, 100), min_size=1, max_size=40), max_size=6))
def test_a_course_only_rises(past: list[list[float]]) -> None:
    """From nothing to all, and steadiness is a number that can be used."""
    course = learn_course(past)
    shares = [course.share(step / 20) for step in range(21)]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert 0 < course.steady < 1e6


def test_an_even_course_is_the_time() -> None:
    """Before any campaign is over."""
    assert [Course().share(share) for share in (0.0, 0.25, 0.5, 1.0)] == [0.0, 0.25, 0.5, 1.0]
