"""Posts that come again: which days a rule names, and that a clock change moves no wall time."""

# ruff: noqa: DTZ001  # wall times have no zone

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Instance, Repeat, RepeatError, WallTime
from toolkit.model.repeat import LONGEST, MOST, expand

TUESDAY = datetime(2026, 12, 1, 7, 30)


def wall(moment: datetime) -> WallTime:
    return WallTime(moment, "Europe/Berlin")


def test_a_weekly_rule_names_its_days_up_to_and_with_the_last() -> None:
    """UNTIL written as a day includes that day, whatever the time of day."""
    days = expand("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222", TUESDAY)
    assert [day.day for day in days] == [1, 8, 15, 22]


def test_days_left_out_still_count() -> None:
    """COUNT counts before exceptions are taken out (RFC 5545, 3.8.5.1)."""
    repeat = Repeat("FREQ=DAILY;COUNT=3", (date(2026, 12, 2),))
    assert repeat.days(wall(TUESDAY)) == (date(2026, 12, 1), date(2026, 12, 3))


def test_the_wall_time_stays_over_a_clock_change() -> None:
    """07:30 in Berlin is 06:30 UTC in winter and 05:30 UTC in summer."""
    first = wall(datetime(2027, 3, 26, 7, 30))
    found = Repeat("FREQ=DAILY;COUNT=4").instances(first)
    assert [publish.instant().hour for publish in found.values()] == [6, 6, 5, 5]
    assert {publish.wall.hour for publish in found.values()} == {7}


def test_an_instance_of_its_own_keeps_its_name() -> None:
    """An instance that is moved to another day is still the instance of the day that the rule names."""
    moved = wall(datetime(2026, 12, 9, 18, 0))
    found = Repeat("FREQ=WEEKLY;COUNT=2", own={date(2026, 12, 8): Instance(moved)}).instances(wall(TUESDAY))
    assert found == {date(2026, 12, 1): wall(TUESDAY), date(2026, 12, 8): moved}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=WEEKLY", "needs an end"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "either COUNT or UNTIL"),
        ("FREQ=HOURLY;COUNT=2", "FREQ must be one of DAILY"),
        ("FREQ=DAILY;BYHOUR=7,9;COUNT=2", "BYHOUR is not known"),
        ("every tuesday", "a rule such as FREQ=WEEKLY"),
        ("FREQ=DAILY;FREQ=WEEKLY;COUNT=1", "a rule such as"),
        ("FREQ=DAILY;COUNT=0", "COUNT must be a whole number"),
        ("FREQ=DAILY;COUNT=99999", "more than 1000 days"),
        ("FREQ=DAILY;UNTIL=2027-03-31", "UNTIL must be a day such as 20270331"),
        ("FREQ=DAILY;UNTIL=20270230", "UNTIL must be a day"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=2", "cannot be read"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", "INTERVAL must be a whole number"),
    ],
)
def test_a_rule_that_cannot_be_used_says_why(rule: str, says: str) -> None:
    """Each refusal names the part and what to write instead."""
    with pytest.raises(RepeatError, match=says):
        expand(rule, TUESDAY)


def test_a_rule_that_never_fits_ends_at_once() -> None:
    """30 February is looked for in the next ten years, not until the year 9999."""
    assert expand("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", TUESDAY) == ()


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 60),
    st.integers(1, 80),
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 12, 31)),
)
def test_a_rule_names_no_day_twice_and_none_before_the_first(
    frequency: str, interval: int, count: int, start: datetime
) -> None:
    """What makes a date a name: unique, in order, within the bounds."""
    days = expand(f"FREQ={frequency};INTERVAL={interval};COUNT={count}", start.replace(microsecond=0))
    assert list(days) == sorted(set(days))
    assert len(days) <= min(count, MOST)
    assert all(start.date() <= day <= start.date() + LONGEST for day in days)
    assert days[0] == start.date()


@given(st.text(max_size=40))
def test_no_text_is_a_defect(rule: str) -> None:
    """Whatever stands there is a rule or a `RepeatError`."""
    try:
        days = expand(rule, TUESDAY)
    except RepeatError:
        return
    assert days == tuple(sorted(days))
    assert all(day - TUESDAY.date() <= timedelta(days=3660) for day in days)
