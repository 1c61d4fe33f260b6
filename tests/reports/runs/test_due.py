"""When reports are due: the workspace's own wall, through clock changes, and how far back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.runs.presses import BERLIN, berlin
from toolkit.ledger import Run, RunState
from toolkit.ledger.runs import LEASE
from toolkit.reports.runs.due import BACK, FINAL, PROVISIONAL, find_months, find_open, next_due, wants
from toolkit.settings import ReportPolicy

USUAL = ReportPolicy()
NOW = berlin("2026-11-21 12:00")


def months(policy: ReportPolicy, now: str, since: str) -> list[str]:
    return [f"{one.report} {one.month}" for one in find_months(policy, BERLIN, berlin(now), berlin(since))]


@pytest.mark.parametrize(
    ("policy", "month", "wall", "utc"),
    [
        (USUAL, "2026-10", "2026-11-21", "2026-11-02 05:00"),
        (ReportPolicy(day=1, at=time(0)), "2026-10", "2026-11-21", "2026-10-31 23:00"),
        (ReportPolicy(day=28, at=time(2, 30)), "2027-02", "2027-04-01", "2027-03-28 01:30"),
        (ReportPolicy(day=25, at=time(2, 30)), "2026-09", "2026-11-01", "2026-10-25 00:30"),
    ],
    ids=["as it comes", "the first minute", "a time that spring leaves out", "a time that autumn has twice"],
)
def test_it_is_due_at_a_time_on_the_wall(policy: ReportPolicy, month: str, wall: str, utc: str) -> None:
    """In the workspace's zone; an hour that is missing is made up for, of two the first counts."""
    found = find_months(policy, BERLIN, berlin(f"{wall} 12:00"), berlin("2020-01-01"))
    (one,) = [one for one in found if one.month == month]
    assert f"{one.provisional_at:%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(("month", "utc"), [("2026-02", "2026-03-07 23:00"), ("2026-03", "2026-04-07 22:00")])
def test_it_is_final_a_week_after_the_month_at_the_earliest(month: str, utc: str) -> None:
    """When its last posts are as old as all others are when they are compared; the week is seven days long."""
    (one,) = [
        one for one in find_months(USUAL, BERLIN, berlin("2026-05-02"), berlin("2020-01-01")) if one.month == month
    ]
    assert one.final_at == datetime.fromisoformat(f"{utc}+00:00")
    assert one.due_at(FINAL) == one.final_at


def test_a_downtime_is_caught_up_with_for_a_quarter() -> None:
    """The last three months, the oldest first."""
    assert months(USUAL, "2027-02-20", "2026-05-01") == ["monthly 2026-11", "monthly 2026-12", "monthly 2027-01"]


def test_what_was_over_before_anybody_looked_is_not_made_up() -> None:
    """But for the month that was the last one then: nobody gets a year's reports when the daemon starts for the first time."""
    assert months(USUAL, "2026-11-02", "2026-11-02") == ["monthly 2026-10"]
    assert months(USUAL, "2026-12-31 23:59", "2026-11-02") == ["monthly 2026-10", "monthly 2026-11"]


def test_each_report_that_is_named_comes_once() -> None:
    """Several, none, and one that is named twice."""
    two = ReportPolicy(automatic=("monthly", "channel", "monthly"))
    assert months(two, "2026-11-02", "2026-11-02") == ["monthly 2026-10", "channel 2026-10"]
    assert months(ReportPolicy(automatic=()), "2026-11-02", "2026-11-02") == []
    assert next_due(ReportPolicy(automatic=()), BERLIN, NOW) is None


@given(
    now=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis wants bounds without a zone
    away=st.timedeltas(timedelta(0), timedelta(days=3000)),
    zone=st.sampled_from(["Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns", "Australia/Lord_Howe", "UTC"]),
    policy=st.builds(
        ReportPolicy, day=st.integers(1, 28), at=st.times().map(lambda one: one.replace(second=0, microsecond=0))
    ),
)
def test_months_follow_each_other(now: datetime, away: timedelta, zone: str, policy: ReportPolicy) -> None:
    """Anywhere and at any time: what is looked after is over, without a gap, and the next one is to come and is close."""
    found = find_months(policy, ZoneInfo(zone), now, now - away)
    local = now.astimezone(ZoneInfo(zone))
    last = (local.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    assert 1 <= len(found) <= BACK
    assert found[-1].month == last
    numbers = [int(one.month[:4]) * 12 + int(one.month[5:]) for one in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    coming = next_due(policy, ZoneInfo(zone), now)
    assert coming is not None
    assert now < coming.provisional_at < now + timedelta(days=33)
    assert coming.provisional_at.astimezone(ZoneInfo(zone)).day in (policy.day, policy.day + 1)


def test_nothing_is_open_before_its_time() -> None:
    """Not before its time; the final one not before a week has passed."""
    (month,) = find_months(USUAL, BERLIN, NOW, NOW)
    early = month.provisional_at - timedelta(seconds=1)
    assert list(find_open([month], {}, early)) == []
    assert [run.stage for run in find_open([month], {}, month.provisional_at)] == [PROVISIONAL]
    assert [run.stage for run in find_open([month], {}, month.final_at)] == [PROVISIONAL, FINAL]


@pytest.mark.parametrize(
    ("run", "left"),
    [
        (Run("", "", ""), True),
        (Run("", "", "", RunState.MAKING, token="1", lease_until=NOW + LEASE), False),
        (Run("", "", "", RunState.MAKING, token="1", lease_until=NOW), True),
        (Run("", "", "", RunState.LATER, again_at=NOW + timedelta(minutes=1)), False),
        (Run("", "", "", RunState.LATER, again_at=NOW), True),
        (Run("", "", "", RunState.FAILED), False),
        (Run("", "", "", RunState.PASSED), False),
        (Run("", "", "", RunState.MADE), True),
        (Run("", "", "", RunState.MADE, mailed=True), False),
    ],
)
def test_what_is_left_to_do(run: Run, left: bool) -> None:
    """Nothing while somebody is at it, or it is to rest, or it is over; of what was made, its mail."""
    assert wants(run, NOW) is left
