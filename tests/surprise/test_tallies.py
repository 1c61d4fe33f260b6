"""Many words at once, against the weeks before."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest

from toolkit.surprise.tail import share_surprise
from toolkit.surprise.tallies import Text, compare_weeks


def week(number: int, n: int, counts: dict[str, int], teller: str = "") -> list[Text]:
    """`n` texts, the first so many of which say each word."""
    return [Text(teller, number, frozenset(word for word, count in counts.items() if at < count)) for at in range(n)]


QUIET = [text for number in range(1, 9) for text in week(number, 100, {"kaffee": 40 + number % 3})]


def test_a_word_that_comes_from_nowhere_is_surprising_and_a_usual_one_is_not() -> None:
    """Forty of a hundred as ever, and nine of a hundred that nobody said before."""
    found = compare_weeks([*QUIET, *week(0, 100, {"kaffee": 42, "zoll": 9})], 3)
    assert not found["kaffee"].surprising
    assert found["kaffee"].expected == pytest.approx(41.125)
    assert found["zoll"].surprising
    assert found["zoll"].expected == 0


def test_more_texts_alone_are_no_surprise() -> None:
    """Three times as many texts of which as large a share says it."""
    found = compare_weeks([*QUIET, *week(0, 300, {"kaffee": 123})], 3)
    assert found["kaffee"].expected == pytest.approx(123.375)
    assert not found["kaffee"].surprising


def test_a_teller_that_says_more_brings_its_own_words() -> None:
    """What the loud one always says is expected as often as it speaks; of all texts together it would be ten times as much."""
    before = [
        *(text for at in range(1, 9) for text in week(at, 5, {"röstung": 4}, "laden")),
        *(text for at in range(1, 9) for text in week(at, 95, {}, "blatt")),
    ]
    found = compare_weeks([*before, *week(0, 50, {"röstung": 40}, "laden"), *week(0, 95, {}, "blatt")], 3)
    assert found["röstung"].expected == pytest.approx(40)
    assert not found["röstung"].surprising


def test_a_teller_without_a_past_makes_nothing_surprising() -> None:
    """Nor does one that is silent now."""
    texts = [*QUIET, *week(0, 100, {"kaffee": 41}), *week(0, 50, {"tee": 50}, "neu"), *week(3, 9, {"mate": 9}, "alt")]
    assert not any(one.surprising for one in compare_weeks(texts, 3).values())


@pytest.mark.parametrize("sizes", [[40] * 9, [120, *[40] * 8], [15, *[40] * 8]], ids=["steady", "growing", "shrinking"])
def test_among_many_words_one_week_in_ten_has_a_false_one_at_most(sizes: list[int]) -> None:
    """Texts of words as frequent as words are (the k-th by 1/k), dealt to weeks without regard to what they say."""
    chance, weeks = Random(11), 40
    words, weights = [f"w{number}" for number in range(400)], [1 / (20 + number) for number in range(400)]
    false = 0
    for _history in range(weeks):
        texts = [
            Text(f"t{chance.randrange(4)}", number, frozenset(chance.choices(words, weights, k=9)))
            for number, size in enumerate(sizes)
            for _text in range(size)
        ]
        false += any(one.surprising for one in compare_weeks(texts, 3).values())
    assert false <= 8, f"{false} of {weeks} weeks"  # more in one of a hundred times, were it one in ten


def test_a_word_that_is_said_five_times_as_often_is_found_among_many() -> None:
    """Three a week before, fifteen now, beside eight hundred others."""
    chance = Random(5)
    words, weights = [f"w{number}" for number in range(800)], [1 / (20 + number) for number in range(800)]
    texts = [
        Text("", number, frozenset([*chance.choices(words, weights, k=9), *(["zoll"] if at < often else [])]))
        for number in range(9)
        for often in [15 if not number else 3]
        for at in range(100)
    ]
    assert [word for word, one in compare_weeks(texts, 3).items() if one.surprising] == ["zoll"]


def test_a_word_with_ups_and_downs_needs_more() -> None:
    """Ten of a hundred are a surprise after eight weeks of one or two, and none after weeks of none and weeks of eight."""
    calm = [text for at in range(1, 9) for text in week(at, 100, {"ernte": 1 + at % 2})]
    wild = [text for at in range(1, 9) for text in week(at, 100, {"ernte": 8 * (at in {3, 6})})]
    now = week(0, 100, {"ernte": 10})
    assert compare_weeks([*calm, *now], 3)["ernte"].surprising
    assert not compare_weeks([*wild, *now], 3)["ernte"].surprising


def test_the_same_texts_have_the_same_answer() -> None:
    """Chance is seeded."""
    texts = [*QUIET, *week(0, 100, {"kaffee": 60, "zoll": 9})]
    assert compare_weeks(texts, 3) == compare_weeks(texts, 3)


def test_the_score_is_never_surer_than_what_dealing_brings() -> None:
    """Beside every way in which the texts of two tellers can be dealt."""
    mine, theirs, here = [1, 1, 1, 0, 0, 0], [1, 1, 0, 0, 0], (3, 2)
    dealt = [
        sum(mine[at] for at in first) + sum(theirs[at] for at in second)
        for first in combinations(range(6), here[0])
        for second in combinations(range(5), here[1])
    ]
    draws, share = sum(mine) + sum(theirs), Fraction(3 * here[0], 6) + Fraction(2 * here[1], 5)
    for there in range(4, draws + 1):
        known = Fraction(sum(one >= there for one in dealt), len(dealt))
        [score] = share_surprise(np.array([there], float), np.array([draws], float), np.array([float(share / draws)]))
        assert 10 ** -float(score) >= known


def test_too_few_weeks_say_nothing_is_usual() -> None:
    """Empty ones are none."""
    with pytest.raises(ValueError, match="2 weeks"):
        compare_weeks([*week(0, 9, {}), *week(1, 100, {}), *week(7, 100, {})], 3)
