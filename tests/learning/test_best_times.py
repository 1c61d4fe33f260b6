"""The best time: found where it was planted, denied where there is none, and honest about what it was worth."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import exp, log
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.learning.times import (
    CELLS,
    TimedPost,
    Why,
    backtest,
    cell_of,
    cell_title,
    estimate_times,
    explain_times,
    say_times,
    say_why,
    suggest_times,
    sum_up,
)
from toolkit.learning.times import cells as cells_module
from toolkit.learning.times.belief import SCATTER, Seen, believe

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 1, 1, tzinfo=BERLIN)
HOURS = (8, 11, 16, 19)


def history(
    seed: int, n: int = 240, effect: float = 0.0, cell: str = "week morning", noise: float = 0.6
) -> list[TimedPost]:
    """A year of posts at random times; those of one cell are better by `effect` on the logarithm."""
    chance = Random(seed)
    posts = []
    for number in range(n):
        local = START + timedelta(days=chance.randrange(360))
        local = local.replace(hour=chance.choice(HOURS))
        form = chance.choice(["photo", "text"])
        lift = chance.gauss(0, noise) + (0.5 if form == "photo" else 0.0) + (effect if cell_of(local) == cell else 0.0)
        posts.append(TimedPost(f"p{number}", local, cell_of(local), lift, {"month": f"{local:%m}", "format": form}))
    return sorted(posts, key=lambda post: post.local)


def test_a_time_that_is_better_is_found() -> None:
    """Half as much again in the mornings of the week: the best cell, with an interval that holds the truth."""
    times = estimate_times(history(1, effect=log(1.8)))
    best = times.best
    assert best is not None
    assert best.cell == "week morning"
    assert best.low is not None
    assert best.high is not None
    assert best.low < 1.8 < best.high * 1.1
    assert "Monday to Friday, morning" in say_times(times)
    # What was estimated is never certain, however the number is rounded.
    assert best.best is not None
    assert best.best > 0.995
    assert "with a probability of over 99 % it is the best" in say_times(times)


def test_chance_is_no_best_time() -> None:
    """Of forty years without any difference at most two get a best time; the others are told to keep variety."""
    answers = [estimate_times(history(seed)) for seed in range(40)]
    assert sum(one.best is not None for one in answers) <= 2
    quiet = next(one for one in answers if one.best is None)
    assert say_times(quiet) == "no reliable difference between times (n = 240 posts); keep variety."


def test_the_interval_holds_the_truth_nine_times_in_ten() -> None:
    """Over eighty years with differences as expected, the 90 % intervals of all cells hold about as many truths as they say."""
    chance, covered, sizes = Random(7), 0, (60, 50, 40, 20, 15, 12, 10, 8)
    for _year in range(80):
        scatter = abs(chance.gauss(0, SCATTER))
        truth = dict(zip(CELLS, [chance.gauss(0, scatter) for _cell in CELLS], strict=True))
        seen = {
            cell: Seen(n, effect + chance.gauss(0, 0.6 / n**0.5))
            for (cell, effect), n in zip(truth.items(), sizes, strict=True)
        }
        belief = believe(seen, np.diag([0.36 / n for n in sizes]))
        for cell, n in zip(CELLS, sizes, strict=True):
            rest = sum(truth[other] * count for other, count in zip(CELLS, sizes, strict=True) if other != cell)
            _factor, low, high = belief.middle(cell, 0.9)
            covered += low <= exp(truth[cell] - rest / (sum(sizes) - n)) <= high
    assert 0.87 <= covered / 640 <= 0.94


def test_good_content_does_not_praise_its_time() -> None:
    """All photos go out in the morning and photos do better: the morning gets nothing of it."""
    chance, posts = Random(3), []
    for number in range(200):
        local = (START + timedelta(days=number)).replace(hour=8 if number % 2 else 16)
        form = "photo" if (number % 2) == (number % 10 != 0) else "text"
        posts.append(
            TimedPost(
                f"p{number}",
                local,
                cell_of(local),
                chance.gauss(0, 0.3) + (1.0 if form == "photo" else 0.0),
                {"month": f"{local:%m}", "format": form},
            )
        )
    raw = [post.lift for post in posts if post.cell == "week morning"]
    assert sum(raw) / len(raw) > 0.7
    cells = {one.cell: one for one in estimate_times(posts).cells}
    assert cells["week morning"].factor == pytest.approx(1.0, abs=0.2)


def test_few_posts_are_not_compared() -> None:
    """Seven posts in a cell have no estimate; without two cells of eight there is none at all."""
    times = estimate_times(history(1, n=12))
    assert all(one.factor is None for one in times.cells)
    assert say_times(times) == "n = 12: not enough posts to compare times."
    assert say_times(estimate_times([])) == "n = 0: not enough posts to compare times."


def test_what_the_luckiest_cell_promises_is_not_delivered() -> None:
    """Without any difference the naive best cell promises half as much again; ours promises next to nothing."""
    origins = [START + timedelta(days=days) for days in (180, 240, 300)]
    trials = [trial for seed in range(10) for trial in backtest(history(seed), origins, timedelta(days=60))]
    found = {one.method: one for one in sum_up(trials)}
    assert found["naive"].promised > 1.5
    assert found["naive"].delivered == pytest.approx(1.0, abs=0.25)
    assert found["shrunken"].promised < 1.1
    assert found["shrunken"].said <= 3
    assert found["naive"].said == found["naive"].origins == 30


def test_a_real_difference_is_delivered() -> None:
    """Where mornings are worth half as much again, ours promises about that and later weeks pay it."""
    origins = [START + timedelta(days=days) for days in (180, 240, 300)]
    trials = [
        trial for seed in range(10) for trial in backtest(history(seed, effect=log(1.6)), origins, timedelta(days=60))
    ]
    (ours,) = [one for one in sum_up(trials) if one.method == "shrunken"]
    assert ours.delivered is not None
    assert ours.promised == pytest.approx(ours.delivered, rel=0.2)
    assert ours.delivered > 1.2


def test_a_backtest_never_looks_ahead() -> None:
    """Changing what comes after the held weeks changes nothing."""
    posts, origin = history(4), START + timedelta(days=180)
    held = timedelta(days=30)
    later = [
        TimedPost(post.uid, post.local, post.cell, post.lift + 9, post.factors) if post.local >= origin + held else post
        for post in posts
    ]
    assert backtest(posts, [origin], held) == backtest(later, [origin], held)


def openings(days: int = 56, hours: Sequence[int] = HOURS) -> list[datetime]:
    return [(START + timedelta(days=370 + day)).replace(hour=hour) for day in range(days) for hour in hours]


def test_a_fifth_of_the_suggestions_is_to_try() -> None:
    """Of twenty moments four go where little is known, whatever the seed, and say so; the others mostly to the good cell."""
    times = estimate_times(history(1, effect=log(2)))
    for seed in ("a", "b", "c"):
        found = suggest_times(times, openings(), 20, seed)
        assert [one.why for one in found].count(Why.TRY) == 4
        assert [one.cell for one in found].count("week morning") >= 12
        assert {one.why for one in found if one.cell == "week morning"} == {Why.BETTER}
        assert found == suggest_times(times, openings(), 20, seed)


def test_nothing_is_called_better_that_is_not() -> None:
    """A moment is called better only where the interval leaves no difference out, and nowhere where posts differ by chance."""
    for seed, effect in ((1, log(2)), (2, log(1.3)), (5, 0.0)):
        times = estimate_times(history(seed, effect=effect))
        for one in suggest_times(times, openings(), 20, "seed"):
            better = one.known.low is not None and one.known.low > 1
            assert (one.why is Why.BETTER) == better
            assert f"n = {one.known.n}" in say_why(one)
            assert "interval (90%)" in say_why(one)
    assert times.best is None


def test_a_cell_that_is_reliably_worse_is_not_suggested() -> None:
    """Evenings that bring half as much are left alone, also by those moments that are there to try something."""
    times = estimate_times(history(3, effect=-log(2.5), cell="week evening"))
    assert times.at("week evening").reliable
    for seed in "abcdef":
        assert "week evening" not in {one.cell for one in suggest_times(times, openings(), 20, seed)}


def test_without_a_best_time_variety_is_kept() -> None:
    """Posts that differ only by chance: the moments lie in at least four different cells."""
    found = suggest_times(estimate_times(history(5)), openings(), 20, "seed")
    assert len({one.cell for one in found}) >= 4


def test_without_history_everything_is_variety() -> None:
    """A new account gets moments, too, and is told why they are these."""
    found = suggest_times(estimate_times([]), openings(), 5, "seed")
    assert len(found) == 5
    assert {one.why for one in found} == {Why.VARIETY}
    assert say_why(found[0]) == "for variety: too few posts to prefer any time (n = 0)"


def test_how_it_is_read_names_the_numbers() -> None:
    """The sentence for lay people has the leading cell's own factor and interval; without numbers there is none."""
    times = estimate_times(history(1, effect=log(1.8)))
    leading = times.leading
    assert leading is not None
    said = explain_times(times)
    assert all(f"{value:.2f}" in said for value in (leading.factor, leading.low, leading.high))
    assert explain_times(estimate_times([])) == ""


@given(
    hours=st.sets(st.sampled_from(HOURS)),
    days=st.integers(0, 20),
    count=st.integers(0, 30),
    seed=st.text(max_size=5),
)
def test_suggestions_are_openings_on_different_days(hours: set[int], days: int, count: int, seed: str) -> None:
    """Every moment is one that was offered, no day comes twice, they are in order, and as many as there can be."""
    offered = openings(days, sorted(hours))
    found = suggest_times(estimate_times([]), offered, count, seed)
    assert all(one.at in offered and cell_of(one.at) == one.cell for one in found)
    assert len({one.at.date() for one in found}) == len(found) == min(count, days if hours else 0)
    assert [one.at for one in found] == sorted(one.at for one in found)


@settings(max_examples=20)
@given(means=st.lists(st.floats(-2, 2), min_size=8, max_size=8), n=st.integers(1, 200), noise=st.floats(0.01, 4))
def test_beliefs_are_drawn_towards_the_usual(means: list[float], n: int, noise: float) -> None:
    """No cell is believed to be further from the others than its posts say, and the probabilities add up."""
    seen = {cell: Seen(n, mean) for cell, mean in zip(CELLS, means, strict=True)}
    belief = believe(seen, noise / n * np.eye(len(CELLS)))
    assert sum(belief.best(cell, CELLS) for cell in CELLS) == pytest.approx(1.0)
    top = max(means) - min(means)
    for cell in CELLS:
        factor, low, high = belief.middle(cell, 0.9)
        assert 0 < low <= factor <= high
        assert abs(log(factor)) <= top + 4 * (noise / n) ** 0.5 + 0.05


def test_every_cell_has_a_title_and_every_hour_a_cell() -> None:
    """Nothing of the week is left out; the examples hold."""
    week = {cell_of(datetime(2026, 11, 16 + day, hour, tzinfo=BERLIN)) for day in range(7) for hour in range(24)}
    assert week == set(CELLS)
    assert len({cell_title(cell) for cell in CELLS}) == len(CELLS) <= 12
    assert not doctest.testmod(cells_module).failed
