"""No pattern that somebody writes into the handbook stops the check: 10 kB stay under 100 ms, in every kind of rule."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.evil import KINDS, LIMIT, LOOKAHEAD, PATTERNS, Turn, rulebook, turns
from toolkit.style import Alert, Level
from toolkit.style.allowance import Allowances

pytestmark = pytest.mark.xdist_group("evil")  # one process looks, see `first_look`
EVIL = LOOKAHEAD.format(PATTERNS["nested plus"])
LONG = "a" * 3_000 + "!c"


@cache
def first_look(kind: str) -> tuple[Turn, ...]:
    """Every text and engine in one kind of rule, once for all tests; every pattern in the first, a third in each other.

    The third goes round, so that each pattern comes to five kinds; `benchmarks/evil.py` tries all in all of them.
    """
    place = list(KINDS).index(kind)
    names = list(PATTERNS) if place == 0 else list(PATTERNS)[place % 3 :: 3]
    return tuple(turns(names, [kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_ten_kilobytes_are_checked_in_a_tenth_of_a_second(kind: str) -> None:
    """CPU time of whole checks, for every text and engine; a second try where a busy machine was slow."""
    slow = {turn.name for turn in first_look(kind) if turn.spent >= LIMIT}
    again: dict[tuple[str, str, str], Turn] = {}
    for _round in range(2 if slow else 0):
        for turn in turns(slow, [kind]):
            place = (turn.name, turn.engine, turn.text)
            again[place] = min(turn, again.get(place, turn), key=lambda one: one.spent)
    assert [turn for turn in again.values() if turn.spent >= LIMIT] == []


def test_what_re2_takes_is_searched_to_the_end() -> None:
    """RE2 is linear in the text, so that a rule of that sort never gives up."""
    kinds = ("existence", "occurrence", "repetition", "conditional, first")
    found = [turn for kind in kinds for turn in first_look(kind)]
    assert {turn.engine for turn in found} == {"RE2", "regex"}
    assert [turn for turn in found if turn.gave_up and turn.engine == "RE2"] == []


def test_some_of_them_would_never_end() -> None:
    """The proof proves something: at least ten of the patterns are given up on `regex`, and an alert says so."""
    assert len({turn.name for turn in first_look("existence") if turn.gave_up}) >= 10


def stopped(text: str, allowances: Allowances | None = None, kind: str = "existence") -> list[Alert]:
    found = rulebook(EVIL, kind).check(text, allowances=allowances)
    return [alert for alert in found if "too long" in alert.message]


@pytest.mark.parametrize("kind", ["existence", "occurrence", "occurrence, at least", "repetition", "consistency"])
def test_who_is_stopped_says_so(kind: str) -> None:
    """A warning, whatever the rule's level, with the rule's name and the place where it is written."""
    (alert,) = stopped(LONG, kind=kind)
    assert alert.level is Level.WARNING
    assert "Evil.One (evil.yml:1)" in alert.message


def test_the_warning_is_lost_to_nothing() -> None:
    """Neither another finding at the same place nor a full `limit` hides that a rule was stopped."""
    text = "!\n\n" + LONG
    pages = rulebook(f"!|{EVIL}")
    found = pages.check(text)
    assert [(alert.start, alert.match) for alert in found] == [(0, "!"), (3, "")]
    assert "too long" in found[1].message


def test_the_texts_of_a_file_share_the_time() -> None:
    """The second text of a file is not begun anew, and the end of the time is told once."""
    allowances = Allowances(len(LONG))
    assert len(stopped(LONG, allowances)) == 1
    assert allowances.stopped
    assert stopped(LONG, allowances) == []
    assert len(stopped(LONG)) == 1
