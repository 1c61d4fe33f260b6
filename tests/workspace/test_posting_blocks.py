"""Times of the handbook's slots as people write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.workspace.postingtimes import PostingTime, read_posting_time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GERMAN = ("mo", "di", "mi", "do", "fr", "sa", "so")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("tue 08:00", PostingTime(frozenset({1}), time(8))),
        ("Di 08:00", PostingTime(frozenset({1}), time(8))),
        ("mon-wed,sun 17:30", PostingTime(frozenset({0, 1, 2, 6}), time(17, 30))),
        ("12:00", PostingTime(frozenset(range(7)), time(12))),
        ("-1fri 09:00", PostingTime(frozenset({4}), time(9), -1)),
    ],
)
def test_times_are_read(said: str, found: PostingTime) -> None:
    """In English and German, for days, spans, every day, and days of the month."""
    assert read_posting_time(said) == found


@pytest.mark.parametrize(
    "said", ["", "tue", "tue 8:00", "tue 25:00", "tue08:00", "6tue 08:00", "0tue 08:00", "tag 08:00"]
)
def test_other_words_are_no_time(said: str) -> None:
    """Nothing is guessed."""
    assert read_posting_time(said) is None


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_none(said: str) -> None:
    """The reader never fails."""
    read_posting_time(said)


@given(
    day=st.integers(0, 6),
    nth=st.sampled_from([1, 2, 3, 4, 5, -1, -2, -3, -4, -5]),
    month=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_the_nth_day_of_a_month(day: int, nth: int, month: date) -> None:
    """`3tue` holds on the third Tuesday of a month and on no other day, counted by hand; German says the same."""
    first = month.replace(day=1)
    days = [first + timedelta(days=step) for step in range(31)]
    own = [one for one in days if one.month == first.month and one.weekday() == day]
    wanted = own[nth - 1 : nth] if nth > 0 else own[nth : len(own) + nth + 1] if -nth <= len(own) else []
    for word in (DAYS[day], GERMAN[day]):
        found = read_posting_time(f"{nth}{word} 08:00")
        assert found is not None
        assert [one for one in days if one.month == first.month and found.holds(one)] == wanted
