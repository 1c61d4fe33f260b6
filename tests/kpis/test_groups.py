"""Groups of posts against the others: intervals hold what they promise, few posts say nothing, many questions are one family."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis.groups import compared, group_lifts
from toolkit.kpis.rated import Rated, expected, make_model

START = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = {"a": 8, "b": 12, "c": 20, "d": 30, "e": 40}


def draw(chance: Random, effects: Mapping[str, float], sizes: Mapping[str, int], noise: float = 1.0) -> list[Rated]:
    """Posts of pillars that bring `effects` (on the logarithm), formats dealt among them, with the noise of real posts."""
    posts = []
    for pillar, effect in effects.items():
        for number in range(sizes[pillar]):
            form = chance.choice("xyz")
            lift = effect + {"x": 0.4, "y": 0.0, "z": -0.4}[form] + chance.gauss(0, noise)
            posts.append(Rated(f"{pillar}{number}", START, lift, {"pillar": pillar, "format": form}))
    return posts


def test_intervals_hold_the_truth_nine_times_in_ten() -> None:
    """Groups of 8 to 40 posts: the 90 % interval holds what was put in, in nine of ten cases, with every size of group."""
    chance, inside, asked = Random(11), dict.fromkeys(SIZES, 0), 250
    for _world in range(asked):
        truth = {pillar: chance.gauss(0, 0.25) for pillar in SIZES}
        found = group_lifts(draw(chance, truth, SIZES), ())
        for pillar, n in SIZES.items():
            rest = sum(truth[other] * SIZES[other] for other in SIZES if other != pillar) / (sum(SIZES.values()) - n)
            interval = found["pillar", pillar].interval
            assert interval is not None
            inside[pillar] += log(interval[0]) <= truth[pillar] - rest <= log(interval[1])
    assert all(0.85 <= count / asked <= 0.95 for count in inside.values()), inside


def test_noise_is_called_chance() -> None:
    """In two hundred tries with seven weekdays that do not differ, a reliable day is called in at most one in twelve."""
    called = 0
    for seed in range(200):
        chance = Random(seed)
        posts = [
            Rated(f"p{number}", START + timedelta(days=number), chance.gauss(0, 0.8), {"weekday": str(number % 7 + 1)})
            for number in range(140)
        ]
        called += any(one.reliable for one in group_lifts(posts, ()).values())
    assert called <= 16


def test_a_planted_effect_is_found_and_not_exaggerated() -> None:
    """A pillar that brings half as much again is reliable, and what may be expected of it is a little less than the truth."""
    sizes = dict.fromkeys("abcdefg", 60)
    truth = {**dict.fromkeys("abcdef", 0.0), "g": log(1.5)}
    found = [group_lifts(draw(Random(seed), truth, sizes, noise=0.6), ())["pillar", "g"] for seed in range(30)]
    assert [one.reliable for one in found].count(True) >= 27
    assert 1.25 < sum(one.factor for one in found) / len(found) < 1.5


def test_few_posts_have_no_interval() -> None:
    """Seven posts are shown with their number and nothing else, and are no question that others are corrected for."""
    sizes = {"a": 7, "b": 30, "c": 30}
    found = group_lifts(draw(Random(1), dict.fromkeys(sizes, 0.0), sizes), ())
    small = found["pillar", "a"]
    assert (small.n, small.interval, small.factor, small.reliable) == (7, None, 1.0, False)
    assert compared(one for one in found.values() if one.kind == "pillar") == 2
    assert group_lifts([], ()) == {}


def test_all_groups_are_one_family() -> None:
    """The same pillar is surer alone than among many kinds of groups that are asked about, too."""
    sizes, truth = {"a": 40, "b": 40, "c": 40}, {"a": 0.6, "b": 0.0, "c": 0.0}
    posts = draw(Random(5), truth, sizes)
    chance = Random(6)
    more = [
        Rated(post.uid, post.local, post.lift, {**post.groups, "weekday": str(chance.randrange(7)), "part": chance.choice("mno")})
        for post in posts
    ]  # fmt: skip
    alone, among = (group_lifts(some, ())["pillar", "a"] for some in (posts, more))
    assert alone.contrast is not None
    assert among.contrast is not None
    assert among.q / among.contrast.p > alone.q / alone.contrast.p >= 1


def test_confounding_is_taken_out() -> None:
    """A weekday on which mostly the good pillar went out is not praised for it."""
    chance, posts = Random(5), []
    for number in range(400):
        pillar = chance.choice("xy")
        day = "1" if pillar == "x" and chance.random() < 0.8 else chance.choice("23")
        lift = (0.8 if pillar == "x" else 0.0) + chance.gauss(0, 0.4)
        posts.append(Rated(f"p{number}", START, lift, {"pillar": pillar, "weekday": day}))
    found = group_lifts(posts, ())
    assert found["weekday", "1"].value == pytest.approx(1, abs=0.15)
    assert found["pillar", "x"].value > 1.8


@given(st.lists(st.tuples(st.floats(-20, 20), st.sampled_from("abc")), max_size=80))
def test_what_may_be_expected_lies_between_the_measure_and_none(posts: list[tuple[float, str]]) -> None:
    """Whatever the lifts, a factor is positive, inside its interval, and never expected to be larger than measured."""
    rated = [Rated(str(number), START, lift, {"pillar": pillar}) for number, (lift, pillar) in enumerate(posts)]
    for one in group_lifts(rated, ()).values():
        if one.interval is not None:
            low, high = one.interval
            assert 0 < low <= one.value <= high
            assert abs(log(one.factor)) <= abs(log(one.value)) + 1e-9
    if rated:
        assert len(expected(make_model(rated, {}).groups("pillar"))) <= 3
