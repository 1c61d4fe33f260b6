"""Times that are not over, weeks of the calendar, shares of few."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.community.summary.shares import Share
from toolkit.community.summary.survival import Time, time_until
from toolkit.community.summary.week import Week, read_week, week_of
from toolkit.errors import UsageError

BERLIN = ZoneInfo("Europe/Berlin")
SECONDS = st.integers(0, 10**6).map(float)


@given(st.lists(SECONDS, min_size=1, max_size=30))
def test_without_open_ones_it_is_the_plain_median(times: list[float]) -> None:
    """The lower middle, as half of them are over by then."""
    assert time_until([Time(one, over=True) for one in times], 0.5) == sorted(times)[(len(times) - 1) // 2]


@given(st.lists(st.tuples(SECONDS, st.booleans()), min_size=1, max_size=30), st.integers(0, 29))
def test_who_waits_longer_never_makes_it_quicker(told: list[tuple[float, bool]], which: int) -> None:
    """Answers that did not come yet may only make the middle later, or unknown."""
    times = [Time(*one) for one in told]
    at = which % len(times)
    later = [*times[:at], Time(times[at].seconds, over=False), *times[at + 1 :]]
    before, after = time_until(times, 0.5), time_until(later, 0.5)
    assert after is None or (before is not None and after >= before)


def test_a_week_in_which_clocks_change_has_other_hours() -> None:
    """Of the last week of October there are 169 hours; its Sunday belongs to it to the end."""
    week = read_week("2026-w43")
    since, until = week.span(BERLIN)
    assert until.astimezone(UTC) - since.astimezone(UTC) == timedelta(hours=169)
    assert week_of(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), BERLIN) == week
    assert week_of(datetime(2026, 10, 25, 23, 0, tzinfo=UTC), BERLIN) == week.shift(1)


@given(st.dates(date(1971, 1, 4), date(2400, 1, 1)))
def test_every_week_is_read_as_it_is_written(day: date) -> None:
    """Also those that begin in the year before."""
    week = Week(day - timedelta(days=day.weekday()))
    assert read_week(week.name) == week
    assert day in week.days()


@pytest.mark.parametrize("text", ["", "2026", "2026-W54", "2026-47", "W47", "0000-W01"])
def test_other_weeks_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="2026-W47"):
        read_week(text)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_limits_hold_the_share(hits: int, more: int) -> None:
    share = Share(hits, hits + more)
    low, high = share.limits
    assert 0 <= low <= (share.value or 0) <= high <= 1
    assert not share.differs(share)
