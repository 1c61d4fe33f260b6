from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.collect import account_due, due_for_measuring
from toolkit.collect.due import DAY, FIRST_YEAR, HOUR, MARKS, is_near_mark, step
from toolkit.metrics import open_store
from toolkit.model import Observation

PUBLISHED = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
AGES = st.timedeltas(timedelta(0), timedelta(days=800))


def measured(
    every: timedelta,
    until: timedelta,
    age: timedelta = timedelta(0),
    outage: tuple[timedelta, timedelta] = (timedelta(0), timedelta(0)),
) -> list[timedelta]:
    """The ages at which a post is measured by a timer that fires `every` so often from `age` on, but for an outage."""
    ages: list[timedelta] = []
    last: datetime | None = None
    while age < until:
        now = PUBLISHED + age
        if not outage[0] <= age < outage[1] and due_for_measuring(PUBLISHED, last, now):
            ages.append(age)
            last = now
        age += every
    return ages


def test_hourly_then_daily_then_weekly() -> None:
    """An hourly timer measures 24 times on the first day, then daily and an hour before the marks, then weekly, then every four weeks."""
    ages = measured(HOUR, timedelta(days=600))
    assert [age for age in ages if age < DAY] == [timedelta(hours=hour) for hour in range(24)]
    month = [age for age in ages if DAY <= age < timedelta(days=30)]
    before_marks = {timedelta(days=7) - HOUR, timedelta(days=28) - HOUR}
    assert set(month) == {timedelta(days=day) for day in range(1, 30)} | before_marks
    year = [age for age in ages if timedelta(days=30) <= age < FIRST_YEAR]
    assert year == [timedelta(days=30 + 7 * week) for week in range(48)]
    later = [age for age in ages if age >= FIRST_YEAR]
    assert later == [FIRST_YEAR + timedelta(weeks=4 * number) for number in range(len(later))]


def test_a_minute_timer_asks_little_more() -> None:
    """However often somebody looks, a post is asked about at most 63 times in its first month."""
    ages = measured(timedelta(minutes=5), timedelta(days=30))
    assert len(ages) == len({step(age) for age in ages}) <= 63


@pytest.mark.parametrize(("every", "near"), [(60, 60), (10, 20), (5, 15)])
@given(phase=st.integers(0, 3599))
@settings(max_examples=25)
def test_marks_are_hit_by_every_timer(every: int, near: int, phase: int) -> None:
    """Whenever a post went out between two looks of a timer: a value stands right before each mark."""
    ages = measured(timedelta(minutes=every), timedelta(days=29), timedelta(seconds=phase % (60 * every)))
    for mark in MARKS:
        last = max((age for age in ages if age <= mark), default=None)
        assert last is not None
        assert mark - last < timedelta(minutes=near)


@given(start=st.timedeltas(timedelta(0), timedelta(days=28)), length=st.timedeltas(HOUR, timedelta(days=5)))
@settings(max_examples=50)
def test_after_an_outage_the_next_look_asks(start: timedelta, length: timedelta) -> None:
    """A mark that passed while nothing ran is measured as soon as something runs, and at the age that it then has."""
    ages = measured(HOUR, timedelta(days=40), outage=(start, start + length))
    passed = [mark for mark in MARKS if start <= mark < start + length]
    for mark in passed:
        first = min(age for age in ages if age >= mark)
        assert timedelta(0) <= first - (start + length) < HOUR


def test_the_store_finds_the_values_at_their_ages(tmp_path: Path) -> None:
    """What the schedule measures is what posts are compared by: the store answers with the true age of each value."""
    store = open_store(tmp_path)
    ages = measured(
        HOUR, timedelta(days=29), timedelta(minutes=47), outage=(timedelta(days=6), timedelta(days=7, hours=5))
    )
    rows = [
        Observation("01A", "mastodon", "likes", number, PUBLISHED + age, PUBLISHED, "mastodon", "one")
        for number, age in enumerate(ages)
    ]
    store.append(rows, imported_at=PUBLISHED + timedelta(days=29))
    found = {hours: store.at_age(hours)[0].age_hours for hours in (1, 24, 168, 672)}
    assert found == {
        1: pytest.approx(47 / 60),
        24: pytest.approx(23 + 47 / 60),
        168: pytest.approx(120 + 47 / 60),
        672: pytest.approx(671 + 47 / 60),
    }
    assert timedelta(days=7, hours=5, minutes=47) in ages  # the first look after the outage


@given(age=AGES)
def test_an_hour_before_a_mark_is_near_it(age: timedelta) -> None:
    """Those are the values that go first when a budget is short."""
    assert is_near_mark(age) == any(mark - HOUR <= age <= mark for mark in MARKS)


@pytest.mark.parametrize("jitter", [-2, 2])
def test_a_timer_that_is_a_little_early_or_late_loses_nothing(jitter: int) -> None:
    """59:58 or 60:02 between two runs: at most one of the day's 24 steps is missed, none is doubled."""
    ages = measured(timedelta(hours=1, seconds=jitter), timedelta(days=1))
    assert len(ages) >= 23
    assert len({step(age) for age in ages}) == len(ages)


@given(first=AGES, second=AGES)
def test_steps_grow_with_age(first: timedelta, second: timedelta) -> None:
    """An older post is never in an earlier step; measuring twice at one moment is never due."""
    younger, older = sorted((first, second))
    assert step(younger) <= step(older)
    now = PUBLISHED + first
    assert due_for_measuring(PUBLISHED, None, now)
    assert not due_for_measuring(PUBLISHED, now, now)


@given(last=AGES, wait=st.timedeltas(timedelta(0), timedelta(days=90)))
def test_nothing_is_asked_more_often_than_its_age_allows(last: timedelta, wait: timedelta) -> None:
    """After four weeks without a measurement everything is due; the clock may also have been set back."""
    then = PUBLISHED + last
    if wait >= timedelta(weeks=4):
        assert due_for_measuring(PUBLISHED, then, then + wait)
    assert not due_for_measuring(PUBLISHED, then + wait, then)


def test_followers_are_counted_once_a_day() -> None:
    """Days are days in UTC, whatever zone the moments are written in."""
    last = datetime(2026, 11, 21, 0, 30, tzinfo=timezone(timedelta(hours=1)))  # still the 20th in UTC
    assert account_due(None, last)
    assert not account_due(last, datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
    assert account_due(last, datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
