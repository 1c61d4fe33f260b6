"""What a round asks: together, within the budget, the most valuable first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.collect import Published, due_audiences, due_posts, find_audiences, make_agenda
from toolkit.settings import Account

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BLUESKY = Account("bluesky", "bluesky", "nord.example")
X = Account("x", "x", "@nord")
PAGE = Account("linkedin", "linkedin", "urn:li:organization:1")
TELEGRAM = Account("telegram", "telegram", "@nord")
BLOG = Account("blog", "wordpress", "redaktion")


def post(uid: str, account: Account, age: timedelta, parts: int = 1) -> Published:
    return Published(uid, account, tuple(f"{uid}-{part}" for part in range(parts)), NOW - age)


def test_posts_are_asked_about_together_where_the_network_allows() -> None:
    """Bluesky answers about 25 posts at once, so sixty are three requests; the account itself is one more."""
    posts = [post(f"{number:02}", BLUESKY, timedelta(days=40 + number)) for number in range(60)]
    agenda = make_agenda(posts, [BLUESKY], NOW)
    assert [len(question.posts) for question in agenda.questions] == [25, 25, 10, 0]
    assert agenda.requests == {"bluesky": 4}
    assert not agenda.postponed


def test_a_budget_postpones_the_least_urgent() -> None:
    """X is asked at most five times a round, as every answer costs: the value before a mark first, then the youngest."""
    posts = [post(f"{number:04}", X, timedelta(days=30, hours=number)) for number in range(600)]
    soon = post("week", X, timedelta(days=7) - timedelta(minutes=20))
    agenda = make_agenda([*posts, soon], [X], NOW)
    asked = [one.uid for question in agenda.questions for one in question.posts]
    assert asked[:2] == ["week", "0000"]
    assert agenda.requests == {"x": 5}
    assert agenda.postponed == {"x": 601 - len(asked)} == {"x": 201}


@given(parts=st.lists(st.integers(1, 40), max_size=30))
def test_a_thread_stays_together(parts: list[int]) -> None:
    """Whatever the parts: each post is in one question or postponed, none is lost, none is asked twice."""
    posts = [post(f"{number:02}", BLUESKY, timedelta(days=number), count) for number, count in enumerate(parts)]
    agenda = make_agenda(posts, [], NOW)
    asked = [one.uid for question in agenda.questions for one in question.posts]
    assert len(asked) == len(set(asked))
    assert len(asked) + agenda.postponed.get("bluesky", 0) == len(posts)
    for question in agenda.questions:
        assert len(question.posts) == 1 or sum(len(one.remote_ids) for one in question.posts) <= 25


@pytest.mark.parametrize(("minutes", "asked"), [(5, 0), (-5, 2)])
def test_patience_leaves_an_account_alone(minutes: int, asked: int) -> None:
    """Until the moment that its network named; afterwards it is asked as before, and the others are at any time."""
    until = NOW + timedelta(minutes=minutes)
    agenda = make_agenda([post("a", X, timedelta(days=1))], [X, BLUESKY], NOW, {"x": until})
    assert sum(question.account == X for question in agenda.questions) == asked
    assert sum(question.account == BLUESKY for question in agenda.questions) == 1
    assert agenda.patience == ({"x": until} if minutes > 0 else {})
    assert agenda.postponed == ({"x": 1} if minutes > 0 else {})


def test_a_network_that_tells_no_totals_any_more_is_not_asked() -> None:
    """LinkedIn's statistics are those of twelve months: of an older post they are a part, not a total."""
    young, old = post("young", PAGE, timedelta(days=364)), post("old", PAGE, timedelta(days=366))
    assert due_posts([young, old], {}, NOW) == [young]


def test_accounts_are_asked_for_what_they_tell() -> None:
    """A Telegram channel tells its members and nothing of posts, a blog the other way round."""
    accounts = {one.name: one for one in (TELEGRAM, BLOG)}
    assert find_audiences(accounts) == [TELEGRAM, BLOG]
    assert due_audiences(find_audiences(accounts), {}, NOW) == [TELEGRAM]
