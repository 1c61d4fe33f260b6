"""Many words at once, against the weeks before."""

from __future__ import annotations

from random import Random

import pytest

from toolkit.surprise.tallies import Tally, compare_tallies

QUIET = [Tally(100, {"kaffee": 40 + number % 3}) for number in range(8)]


def test_a_word_that_comes_from_nowhere_is_surprising_and_a_usual_one_is_not() -> None:
    """Forty of a hundred as ever, and nine of a hundred that nobody said before."""
    found = compare_tallies(Tally(100, {"kaffee": 42, "zoll": 9}), QUIET, ["kaffee", "zoll"])
    assert not found["kaffee"].surprising
    assert found["kaffee"].expected == pytest.approx(40.875)
    assert found["zoll"].surprising
    assert found["zoll"].expected == 0


def test_more_texts_alone_are_no_surprise() -> None:
    """Three times as many texts of which as large a share says it."""
    found = compare_tallies(Tally(300, {"kaffee": 123}), QUIET, ["kaffee"])
    assert found["kaffee"].expected == pytest.approx(122.625)
    assert not found["kaffee"].surprising


def test_among_many_words_one_week_in_ten_has_a_false_one_at_most() -> None:
    """A hundred words that come by chance alone, two hundred weeks of them."""
    chance = Random(11)
    words = [f"w{number}" for number in range(100)]
    tallies = [Tally(150, {word: sum(chance.random() < 0.02 for _ in range(150)) for word in words}) for _ in range(40)]
    false = sum(
        any(one.surprising for one in compare_tallies(tallies[at], tallies[at - 8 : at], words).values())
        for at in range(8, len(tallies))
    )
    assert false <= 6, f"{false} of {len(tallies) - 8} weeks"


def test_too_few_weeks_say_nothing_is_usual() -> None:
    """Empty ones are none."""
    with pytest.raises(ValueError, match="2 tallies"):
        compare_tallies(QUIET[0], [QUIET[0], QUIET[1], Tally(0, {})], ["kaffee"])
