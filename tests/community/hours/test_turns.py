"""The first-response clock: whose turn it was, and from when to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.community.triage.desks import NOW, entry
from toolkit.community.hours import Turn, first_response, turns, waiting_since
from toolkit.community.inbox.conversation import Entry


def minutes(found: Turn | None) -> tuple[float, float | None]:
    """How long before now, in minutes, somebody asked and was answered."""
    assert found is not None
    asked, answered = NOW - found.asked_at, found.answered_at
    return asked / timedelta(minutes=1), (NOW - answered) / timedelta(minutes=1) if answered else None


def test_from_their_first_message_to_our_first_answer() -> None:
    """Two messages before the answer, two answers after them: the first of each counts."""
    said = [entry("a", 50), entry("b", 45), entry("c", 30, own=True), entry("d", 20, own=True)]
    assert minutes(first_response(said)) == (50, 30)
    assert waiting_since(said) is None


def test_every_turn_is_counted() -> None:
    """They write again, and wait again."""
    said = [entry("a", 50), entry("b", 40, own=True), entry("c", 30), entry("d", 20)]
    assert [minutes(turn) for turn in turns(said)] == [(50, 40), (30, None)]
    assert waiting_since(said) == NOW - timedelta(minutes=30)


def test_what_was_taken_back_starts_nothing() -> None:
    """A deleted question does not wait, a deleted answer was none; what was forgotten for its age has been asked."""
    assert turns([entry("a", 50, deleted=True)]) == ()
    assert [minutes(turn) for turn in turns([entry("a", 50), entry("b", 40, own=True, deleted=True)])] == [(50, None)]
    old = entry("", 50, deleted=True)
    forgotten = Entry(old.message, old.conversation, old.heard_at, NOW, forgotten=True)
    assert [minutes(turn) for turn in turns([forgotten, entry("b", 40, own=True)])] == [(50, 40)]


def test_machines_do_not_wait() -> None:
    """Neither a bot's comment nor an answer to nobody is a turn; the person after them is."""
    said = [entry("ding", 50, author="@bot@example.org"), entry("x", 45, own=True), entry("a", 40)]
    assert [minutes(turn) for turn in turns(said, ["@bot@example.org"])] == [(40, None)]


def test_nobody_wrote() -> None:
    """No message, or only ours: no turn."""
    assert first_response([]) is None
    assert first_response([entry("a", 5, own=True)]) is None


@given(st.lists(st.tuples(st.integers(0, 500), st.booleans(), st.booleans()), max_size=12), st.randoms())
def test_the_order_of_arrival_does_not_matter(said: list[tuple[int, bool, bool]], random: Random) -> None:
    """Turns are the same however entries come in; they follow each other, and only the last one may be open."""
    entries = [entry("a", minute, own=own, deleted=deleted) for minute, own, deleted in said]
    found = turns(entries)
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert turns(shuffled) == found
    assert all(turn.answered_at is not None and turn.asked_at <= turn.answered_at for turn in found[:-1])
    assert all(one.answered_at <= two.asked_at for one, two in pairwise(found) if one.answered_at)


def test_an_article_in_a_feed_starts_nothing() -> None:
    """Nobody can be answered there, so nobody waits; what a person writes after it does."""
    article = entry("a", 50)
    article = replace(article, message=replace(article.message, answerable=False))
    assert turns([article]) == ()
    assert waiting_since([article, entry("b", 40)]) == NOW - timedelta(minutes=40)
