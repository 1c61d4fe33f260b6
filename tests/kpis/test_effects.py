"""Shrunken effects: nothing is found in noise, what is planted is found, few posts say nothing."""

from __future__ import annotations

from math import exp, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis.effects import Effect, Sample, estimate, unexplained


def draw(chance: Random, effects: dict[str, float], n: int, noise: float = 0.8) -> list[Sample]:
    """Posts of groups that bring `effects` (on the logarithm), with the noise of real posts."""
    return [
        Sample(f"{group}{k}", group, mean + chance.gauss(0, noise)) for group, mean in effects.items() for k in range(n)
    ]


def test_noise_is_called_chance() -> None:
    """In two hundred tries with seven weekdays that do not differ, a best day is hardly ever claimed."""
    claimed = 0
    for seed in range(200):
        effects = estimate(draw(Random(seed), dict.fromkeys("ABCDEFG", 0.0), 25))
        claimed += effects[0].low > 1
    assert claimed / 200 < 0.25
    naive = sum(
        max(_means(draw(Random(seed), dict.fromkeys("ABCDEFG", 0.0), 25)).values()) > log(1.2) for seed in range(200)
    )
    assert naive / 200 > 0.5, "the best cell's mean would have promised a fifth more every other time"


def test_a_planted_effect_is_found_and_not_exaggerated() -> None:
    """A day that brings half as much again is best, reliable, and its factor is near the truth."""
    planted = {**dict.fromkeys("ABCDEF", 0.0), "G": log(1.5)}
    bests = [estimate(draw(Random(seed), planted, 60, noise=0.6))[0] for seed in range(50)]
    assert [best.group for best in bests].count("G") == 50
    assert [best.reliable for best in bests].count(True) >= 45
    factors = [best.factor for best in bests]
    assert sum(factors) / len(factors) == pytest.approx(1.5 / exp(log(1.5) / 7), rel=0.08)


def test_few_posts_are_not_estimated() -> None:
    """A group below the least n is left out, and one group alone has nothing to be compared with."""
    samples = draw(Random(1), {"A": 0.0, "B": 0.5}, 20) + draw(Random(1), {"C": 3.0}, 3)
    assert {effect.group for effect in estimate(samples)} == {"A", "B"}
    assert estimate(draw(Random(1), {"A": 0.0}, 50)) == ()
    assert estimate([]) == ()


def test_a_post_on_many_channels_counts_once() -> None:
    """Channels share a post's luck, so they do not make it more certain."""
    once = draw(Random(3), {"A": 0.0, "B": 0.4}, 20)
    assert estimate([sample for sample in once for _channel in range(5)]) == estimate(once)


def test_confounding_is_taken_out() -> None:
    """A weekday on which only the good pillar went out is not praised for it."""
    chance = Random(5)
    pillars = [chance.choice("xy") for _post in range(400)]
    days = ["Mon" if pillar == "x" and chance.random() < 0.8 else chance.choice(["Tue", "Wed"]) for pillar in pillars]
    lifts = [(0.8 if pillar == "x" else 0.0) + chance.gauss(0, 0.4) for pillar in pillars]
    left = unexplained({"pillar": pillars, "day": days}, lifts)
    naive = {one.group: one for one in estimate([Sample(str(k), day, lifts[k]) for k, day in enumerate(days)])}
    fair = {one.group: one for one in estimate([Sample(str(k), day, left["day"][k]) for k, day in enumerate(days)])}
    assert naive["Mon"].factor > 1.2
    assert fair["Mon"].factor == pytest.approx(1, abs=0.12)


@given(
    st.lists(
        st.builds(Sample, st.integers(0, 30).map(str), st.sampled_from("ABC"), st.floats(-20, 20)),
        min_size=1,
        max_size=80,
    )
)
def test_an_effect_lies_inside_its_interval(samples: list[Sample]) -> None:
    """Whatever the lifts, factors are positive and ordered, and never outside their interval."""
    effects: tuple[Effect, ...] = estimate(samples, fewest=2)
    assert all(0 < effect.low <= effect.factor <= effect.high for effect in effects)
    assert [effect.factor for effect in effects] == sorted((effect.factor for effect in effects), reverse=True)


def _means(samples: list[Sample]) -> dict[str, float]:
    groups: dict[str, list[float]] = {}
    for sample in samples:
        groups.setdefault(sample.group, []).append(sample.lift)
    return {group: sum(lifts) / len(lifts) for group, lifts in groups.items()}
