"""How many posts it takes: played on the history, as often right as promised, and lots that favour nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import exp
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments.trial import design, read
from toolkit.errors import UsageError
from toolkit.experiments.anytime import compare_anytime
from toolkit.experiments.assignment import Candidate, deal
from toolkit.experiments.counts import Brought
from toolkit.experiments.experiment import Analysis
from toolkit.experiments.power import ASSUMED, Wish, log_ratios, look_ahead, plan_posts, won_at_any_look, won_at_the_end
from toolkit.experiments.reading import read_experiment
from toolkit.kpis import compare


def lifts(n: int, spread: float, seed: int = 1, usual: float = 1e6) -> list[Brought]:
    """Results of a history with that spread on the logarithm; without few likes, it is all there is."""
    chance, one = Random(seed), 1 / (usual + 1)
    return [Brought(one + exp(chance.gauss(0, spread)), one, one) for _post in range(n)]


def test_the_number_is_the_one_of_the_formula_for_normal_values() -> None:
    """Ranks cost about a twentieth more posts than the t test of a normal history: 49 for a doubling at a spread of 1.2."""
    found = plan_posts([], Wish(2.0))
    assert found.assumed
    assert found.spread == ASSUMED
    assert 49 <= found.posts <= 55
    assert 0.8 <= found.power < 0.83


def test_a_quieter_history_needs_fewer_posts() -> None:
    """The history's own spread decides, not the one of somebody else's page."""
    quiet, wild = (plan_posts(lifts(200, spread), Wish(1.5)) for spread in (0.4, 1.0))
    assert quiet.history == wild.history == 200
    assert quiet.posts < wild.posts / 3


def test_looking_often_costs_posts() -> None:
    """What may be looked at at any time needs more; what may end early, with a smaller least number, no more than that."""
    history = lifts(200, 0.6)
    fixed, always = (plan_posts(history, Wish(2.0, analysis=analysis)) for analysis in Analysis)
    early = plan_posts(history, Wish(2.0, analysis=Analysis.ALWAYS, least=8))
    assert fixed.posts < always.posts
    assert early.posts <= always.posts


def test_the_same_history_gives_the_same_number() -> None:
    """Everything is drawn from a fixed seed."""
    assert plan_posts(lifts(80, 0.7), Wish(1.8)) == plan_posts(lifts(80, 0.7), Wish(1.8))


@pytest.mark.parametrize("wish", [Wish(1.0), Wish(0.5), Wish(1.5, power=1.0), Wish(1.01)])
def test_what_cannot_be_shown_is_refused(wish: Wish) -> None:
    """No factor, certainty, and a difference that would take a million posts."""
    with pytest.raises(UsageError):
        plan_posts(lifts(100, 0.8), wish)


def test_what_planned_posts_find_is_known() -> None:
    """Eight posts of each arm find a factor of 1.5 seldom, what is planned finds it as often as asked, seven are never compared."""
    history = lifts(200, 1.0)
    needed = plan_posts(history, Wish(1.5)).posts
    few, enough, none = (look_ahead(history, read(design(planned=str(n)))) for n in (8, needed, 7))
    assert few.needed == enough.needed == needed
    assert few.chance < 0.2
    assert enough.chance >= 0.8
    assert none.chance == 0


@pytest.mark.parametrize("counts", [[0] * 199 + [1000], [3] * 35 + [9] * 15])
def test_results_that_are_all_alike_plan_nothing(counts: list[int]) -> None:
    """One post with a thousand likes among 199 without would promise eight posts; n and the alike are said instead."""
    posts = [Brought(count + 1.0, 1.0, 1.0) for count in counts]
    with pytest.raises(UsageError, match=f"n = {len(counts)} posts of the last year {max(map(counts.count, counts))} "):
        plan_posts(posts, Wish(2.0))


def test_the_played_analyses_are_the_real_ones() -> None:
    """What the plan counts as won is what the verdict is made from: ranks at the end, the interval at each look."""
    rng = np.random.default_rng(3)
    first, second = rng.normal(0.5, 1, (60, 20)), rng.normal(0, 1, (60, 20))
    ends = won_at_the_end(first, second)
    looks, ratios = won_at_any_look(first, second, 8), log_ratios(first, second)[0]
    for at in range(60):
        ranks = compare(list(first[at]), list(second[at]))
        assert ends[at] == (ranks.p is not None and ranks.p < 0.05 and ranks.effect > 0)
        seen = [compare_anytime(list(first[at][:n]), list(second[at][:n])) for n in range(8, 21)]
        assert looks[at] == any(one is not None and one.low > 0 for one in seen)
        last = seen[-1]
        assert last is not None
        assert last.p == pytest.approx(min(1.0, exp(-ratios[at, -1])))
    assert 0 < ends.sum() < 60


moments = st.integers(0, 40).map(lambda day: datetime(2026, 9, 28) + timedelta(days=day, hours=9))  # noqa: DTZ001  # a wall time
candidates = st.lists(moments, max_size=60).map(
    lambda found: [Candidate(f"p{number:02}", moment) for number, moment in enumerate(found)]
)


@given(candidates)
def test_lots_are_balanced_and_alternate_inside_weekdays(found: list[Candidate]) -> None:
    """No weekday has more than one more of an arm, nor has the whole; posts of one weekday alternate; the same each time."""
    dealt = deal(read(design()), found)
    inside = [one for one in found if date(2026, 10, 1) <= one.local.date() <= date(2026, 10, 31)]
    assert {one.candidate.uid for one in dealt} == {one.uid for one in inside}
    assert abs(sum(1 if one.arm else -1 for one in dealt)) <= 1
    for weekday in range(1, 8):
        arms = [one.arm for one in dealt if one.candidate.local.isoweekday() == weekday]
        assert abs(sum(1 if arm else -1 for arm in arms)) <= 1
        pairs = zip(arms[::2], arms[1::2], strict=False)
        assert all(one != other for one, other in pairs)
    assert deal(read(design()), reversed(found)) == dealt


@given(candidates, st.lists(st.sampled_from([None, 0, 1]), min_size=60, max_size=60))
def test_who_has_an_arm_keeps_it(found: list[Candidate], arms: list[int | None]) -> None:
    """And new posts go where fewer are."""
    given_arms = [Candidate(one.uid, one.local, arm) for one, arm in zip(found, arms, strict=False)]
    dealt = deal(read(design()), given_arms)
    assert all(one.arm == one.candidate.arm and not one.new for one in dealt if one.candidate.arm is not None)
    for weekday in range(1, 8):
        own = [one for one in dealt if one.candidate.local.isoweekday() == weekday]
        kept = abs(sum(1 if one.arm else -1 for one in own if not one.new))
        assert abs(sum(1 if one.arm else -1 for one in own)) <= max(1, kept)


def test_another_name_tosses_other_coins() -> None:
    """Who begins is drawn from the name, not always the first arm."""
    days = [Candidate(f"p{day}", datetime(2026, 10, day, 9)) for day in range(1, 29)]  # noqa: DTZ001  # a wall time
    sequences = set()
    for number in range(8):
        one, _problems = read_experiment(f"content/experiments/e{number}.md", design().encode())
        assert one is not None
        sequences.add(tuple(dealt.arm for dealt in deal(one, days)))
    assert len(sequences) > 1
