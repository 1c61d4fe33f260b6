"""Later posts are held against decisions: they bear them out, weaken them, speak against them, or are too few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log
from random import Random

import pytest

from toolkit.kpis.rated import Rated
from toolkit.learning.later import Course, hold_against, standing
from toolkit.learning.traits import Traits
from toolkit.workspace.decisions import Decided, Decision

AT = datetime(2026, 6, 1, tzinfo=UTC)
NOBODY = Traits({}, {})


def decided(status: Decided = Decided.ACCEPTED, factor: float = 1.5, at: datetime = AT) -> Decision:
    return Decision("part-morning", at, "tarek", status, "Morgens.", factor=factor)


def posts(effect: float, n: int = 160, seed: int = 4) -> list[Rated]:
    """So many posts from the decision on, half of them in the morning and worth `effect` times the others."""
    chance = Random(seed)
    found = []
    for number in range(n):
        morning = number % 2 == 0
        lift = chance.gauss(log(effect) if morning else 0.0, 0.5)
        local = AT + timedelta(days=1 + number)
        found.append(Rated(f"p{number}", local, lift, {"part": "morning" if morning else "evening"}))
    return found


@pytest.mark.parametrize(
    ("status", "promised", "effect", "n", "course"),
    [
        (Decided.ACCEPTED, 1.5, 1.5, 160, Course.HOLDS),
        (Decided.ACCEPTED, 1.5, 0.6, 160, Course.AGAINST),
        (Decided.ACCEPTED, 2.5, 1.4, 160, Course.WEAKER),
        (Decided.ACCEPTED, 1.5, 1.0, 160, Course.WEAKER),
        (Decided.ACCEPTED, 1.5, 1.5, 10, Course.EARLY),
        (Decided.ACCEPTED, 0.6, 0.6, 160, Course.HOLDS),
        (Decided.ACCEPTED, 0.6, 1.6, 160, Course.AGAINST),
        (Decided.REJECTED, 1.5, 1.6, 160, Course.AGAINST),
        (Decided.REJECTED, 1.5, 1.0, 160, Course.EARLY),
        (Decided.WITHDRAWN, 1.5, 0.6, 160, Course.EARLY),
    ],
)
def test_the_course_of_a_decision(status: Decided, promised: float, effect: float, n: int, course: Course) -> None:
    """What was promised, what came, and how many posts there are make the word; a no is denied by what it denied."""
    [found] = hold_against([decided(status, promised)], posts(effect, n), NOBODY)
    assert found.course is course
    assert (found.value is None) == (n < 16)


def test_posts_before_the_decision_do_not_count() -> None:
    """The posts that the decision rested on cannot confirm it."""
    [found] = hold_against([decided(at=AT + timedelta(days=400))], posts(1.5), NOBODY)
    assert (found.course, found.n, found.value) == (Course.EARLY, 0, None)


def test_only_the_last_word_stands() -> None:
    """A question that was decided twice is held against the later decision; what promised no factor against nothing."""
    first, last = decided(), decided(Decided.WITHDRAWN, at=AT + timedelta(days=2))
    assert standing([last, first]) == [last]
    free = Decision("slots", AT, "tarek", Decided.ACCEPTED, "Dienstags.")
    assert [one.decision for one in hold_against([first, last, free], posts(1.5), NOBODY)] == [last]


def test_noise_speaks_against_few_of_many_decisions() -> None:
    """A hundred decisions whose promise was small and came to nothing: at most seven are told as refuted."""
    refuted = sum(
        hold_against([decided(factor=1.05)], posts(1.0, 120, seed), NOBODY)[0].course is Course.AGAINST
        for seed in range(100)
    )
    assert refuted <= 7
