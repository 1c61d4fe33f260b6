"""The cool-down, as its docstring promises it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.surprise import Alarm, Level, Tuning
from toolkit.surprise.alarms import next_alarm

TUNING = Tuning()
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
W, A, C = Level.WATCH, Level.ALERT, Level.CANDIDATE


def raised(*levels: tuple[float, Level]) -> list[tuple[float, Level]]:
    """The alarms of levels that are reached at so many hours after noon."""
    last: Alarm | None = None
    found = []
    for hours, level in levels:
        alarm = next_alarm(last, NOON + timedelta(hours=hours), level, TUNING)
        if alarm is not None:
            last = alarm
            found.append((hours, level))
    return found


@pytest.mark.parametrize("level", [W, A, C])
def test_the_first_alarm_comes_at_once(level: Level) -> None:
    """Every level from watch on is told when it is reached first."""
    assert raised((0, level)) == [(0, level)]


@pytest.mark.parametrize("level", [Level.LEARNING, Level.CALM])
def test_what_is_calm_tells_nobody(level: Level) -> None:
    """Neither calm nor learning is an alarm, whenever it comes."""
    assert raised((0, level), (30, level)) == []


def test_the_same_level_is_quiet_for_a_day() -> None:
    """A level that lasts, falls and comes again is told once in 24 hours, and again when they are over."""
    assert raised((0, A), (1, A), (5, Level.CALM), (6, A), (7, W), (23.99, A), (24, A)) == [(0, A), (24, A)]


def test_a_candidate_breaks_the_quiet_at_once() -> None:
    """Five minutes after a watch, a candidate is told."""
    assert raised((0, W), (1 / 12, C)) == [(0, W), (1 / 12, C)]
    assert raised((0, A), (1 / 12, C)) == [(0, A), (1 / 12, C)]


def test_an_alert_waits_until_the_hour_is_full() -> None:
    """A watch that grows to an alert within the hour is told as an alert only if it is one after the hour."""
    assert raised((0, W), (0.25, A), (0.99, A), (1, A)) == [(0, W), (1, A)]
    assert raised((0, W), (0.25, A), (1, W), (2, Level.CALM)) == [(0, W)]


def test_every_alarm_begins_the_cooldown_anew() -> None:
    """After an alert at 20 o'clock, the watch of the next noon is quiet: a day is counted from the last alarm."""
    assert raised((0, W), (20, A), (25, A), (43.9, W), (44, W)) == [(0, W), (20, A), (44, W)]


@given(st.lists(st.tuples(st.integers(1, 400), st.sampled_from(Level)), max_size=200))
def test_three_alarms_a_day_at_most(steps: list[tuple[int, Level]]) -> None:
    """Whatever happens, 24 hours hold three alarms at most, and each is worse than the one before it."""
    minutes, levels = 0, []
    for ahead, level in steps:
        minutes += ahead
        levels.append((minutes / 60, level))
    found = raised(*levels)
    for (before, low), (after, high) in pairwise(found):
        assert after - before >= 24 - 1e-9 or high.rank > low.rank
    for hours, _level in found:
        assert sum(hours <= other < hours + 24 - 1e-9 for other, _ in found) <= 3
