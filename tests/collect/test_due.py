from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.collect import account_due, due_for_measuring
from toolkit.collect.due import step

PUBLISHED = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
AGES = st.timedeltas(timedelta(0), timedelta(days=800))


def measured(every: timedelta, until: timedelta) -> list[timedelta]:
    """The ages at which a post is measured by a timer that fires `every` so often."""
    ages: list[timedelta] = []
    last: datetime | None = None
    age = timedelta(0)
    while age < until:
        now = PUBLISHED + age
        if due_for_measuring(PUBLISHED, last, now):
            ages.append(age)
            last = now
        age += every
    return ages


def test_hourly_then_daily_then_weekly() -> None:
    """An hourly timer measures 24 times on the first day, 29 times in the month's rest, then once a week."""
    ages = measured(timedelta(hours=1), timedelta(days=365))
    assert [age for age in ages if age < timedelta(days=1)] == [timedelta(hours=hour) for hour in range(24)]
    month = [age for age in ages if timedelta(days=1) <= age < timedelta(days=30)]
    assert month == [timedelta(days=day) for day in range(1, 30)]
    later = [age for age in ages if age >= timedelta(days=30)]
    assert later == [timedelta(days=30 + 7 * week) for week in range(48)]


@pytest.mark.parametrize("jitter", [-2, 2])
def test_a_timer_that_is_a_little_early_or_late_loses_nothing(jitter: int) -> None:
    """59:58 or 60:02 between two runs: at most one of the day's 24 steps is missed, none is doubled."""
    ages = measured(timedelta(hours=1, seconds=jitter), timedelta(days=1))
    assert len(ages) >= 23
    assert len({age // timedelta(hours=1) for age in ages}) == len(ages)


@given(first=AGES, second=AGES)
def test_steps_grow_with_age(first: timedelta, second: timedelta) -> None:
    """An older post is never in an earlier step; measuring twice at one moment is never due."""
    younger, older = sorted((first, second))
    assert step(younger) <= step(older)
    now = PUBLISHED + first
    assert due_for_measuring(PUBLISHED, None, now)
    assert not due_for_measuring(PUBLISHED, now, now)


@given(last=AGES, wait=st.timedeltas(timedelta(0), timedelta(days=60)))
def test_nothing_is_asked_more_often_than_its_age_allows(last: timedelta, wait: timedelta) -> None:
    """After a week without a measurement everything is due; the clock may also have been set back."""
    then = PUBLISHED + last
    if wait >= timedelta(weeks=1):
        assert due_for_measuring(PUBLISHED, then, then + wait)
    assert not due_for_measuring(PUBLISHED, then + wait, then)


def test_followers_are_counted_once_a_day() -> None:
    """Days are days in UTC, whatever zone the moments are written in."""
    last = datetime(2026, 11, 21, 0, 30, tzinfo=timezone(timedelta(hours=1)))  # still the 20th in UTC
    assert account_due(None, last)
    assert not account_due(last, datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
    assert account_due(last, datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
