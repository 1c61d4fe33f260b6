"""The running detector gives what a whole series gives, over restarts, absences and raggedness."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.surprise import Count, Detector, ForgottenError, Level, Memory, Reading, Scale, Thresholds, Tuning, judge

START = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(minutes=5)
# Short enough that a few hundred counts live through learning, forgetting, both scales and several cool-downs.
SHORT = Tuning(
    step=STEP,
    history=timedelta(hours=6),
    learning=timedelta(hours=2),
    cooldown=timedelta(hours=3),
    settling=timedelta(minutes=20),
    usual=Scale(timedelta(minutes=15), Thresholds()),
    small=Scale(timedelta(minutes=40), Thresholds(1.2, 1.6, 2)),
    small_below=300,
)


def fed(counts: Sequence[Count], tuning: Tuning, *, restart_every: int = 10**9) -> list[Reading]:
    """Readings of counts taken one by one, with the memory written to JSON and read again every so often."""
    detector, readings = Detector.empty(tuning), []
    for index, count in enumerate(counts, 1):
        readings.append(detector.append(count))
        if index % restart_every == 0:
            detector = Detector.recall(json.loads(json.dumps(detector.memory())), tuning)
    return readings


def same(one: Sequence[Reading], other: Sequence[Reading]) -> None:
    """The same readings; scores may differ in the last digit, in which arrays of another length are computed."""
    assert [score.score for score in one] == pytest.approx([score.score for score in other], rel=1e-12, abs=1e-12)
    plain = [
        [(each.at, each.value, each.window, each.count, each.expected, each.reached, each.alarm) for each in readings]
        for readings in (one, other)
    ]
    assert plain[0] == plain[1]


rows = st.lists(
    st.tuples(
        st.one_of(st.integers(240, 360), st.integers(0, 900), st.integers(0, 30_000)),  # seconds after the one before
        st.one_of(st.integers(0, 3), st.integers(0, 60), st.integers(0, 10**9)),
    ),
    max_size=150,
)


@settings(max_examples=40)
@given(rows, st.integers(1, 60))
def test_one_by_one_is_as_all_at_once(ragged: list[tuple[int, int]], restart_every: int) -> None:
    """Whatever the seconds between counts, the absences, the numbers and the restarts: the readings are the same."""
    at, counts = START, []
    for seconds, value in ragged:
        at += timedelta(seconds=seconds)
        counts.append(Count(at, value))
    same(fed(counts, SHORT, restart_every=restart_every), judge(counts, SHORT))


def test_a_storm_is_told_the_same_way() -> None:
    """Twenty hours with two storms, by chance and seed: same levels, same alarms, and there are some."""
    values = np.random.default_rng(4).poisson(6, 240)
    values[100:110] += 30
    values[200:206] += 60
    counts = [Count(START + index * STEP, int(value)) for index, value in enumerate(values)]
    batch = judge(counts, SHORT)
    assert sum(reading.alarm is not None for reading in batch) >= 2
    same(fed(counts, SHORT, restart_every=7), batch)


def test_the_real_tuning_too() -> None:
    """Three weeks at the shipped tuning, the last hours one by one: the readings are those of the whole."""
    values = np.random.default_rng(5).poisson(3, 21 * 288)
    values[-30:-20] += 25
    counts = [Count(START + index * STEP, int(value)) for index, value in enumerate(values)]
    detector = Detector(Tuning(), [count.value for count in counts[:-60]], counts[-61].at)
    batch = judge(counts, Tuning())
    assert all(reading.alarm is None for reading in batch[-400:-60])
    same([detector.append(count) for count in counts[-60:]], batch[-60:])


def test_the_memory_is_small() -> None:
    """After a month the memory holds two weeks and an hour or three, in less than 20 kB of JSON for 1,200 mentions a day."""
    values = np.random.default_rng(6).poisson(4, 30 * 288).tolist()
    tuning = Tuning()
    detector = Detector(tuning, values[-tuning.remembered :], START)
    detector.append(Count(START + STEP, 4))
    memory = detector.memory()
    assert len(memory["totals"]) == tuning.remembered
    assert len(json.dumps(memory)) < 20_000


def test_a_late_count_is_refused_and_changes_nothing() -> None:
    """A count before the last bin is told, and the memory stays as it was."""
    detector = Detector.empty(SHORT)
    detector.append(Count(START, 3))
    before = detector.memory()
    with pytest.raises(ValueError, match="order of time"):
        detector.append(Count(START - STEP, 3))
    assert detector.memory() == before


def test_thresholds_may_change_over_a_restart() -> None:
    """A memory is of counts, so another window, history or threshold goes on from it."""
    detector = Detector.empty(Tuning())
    detector.append(Count(START, 3))
    other = Tuning(history=timedelta(days=7), usual=Scale(timedelta(minutes=30), Thresholds(2, 3, 5)))
    assert Detector.recall(detector.memory(), other).append(Count(START + STEP, 3)).reached is Level.LEARNING


def memory(**changes: object) -> Memory:
    """A memory with something wrong in it."""
    detector = Detector.empty(SHORT)
    detector.append(Count(START, 3))
    return {**detector.memory(), **changes}  # type: ignore[typeddict-item]  # wrong on purpose


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"step": 60.0},
        {"begins": None},
        {"begins": "2026-03-02T00:00:00"},
        {"begins": "gestern"},
        {"totals": [-1]},
        {"totals": ["viele"]},
        {"totals": None},
        {"told_at": "2026-03-02T00:00:00+00:00", "told_level": "panic"},
    ],
)
def test_a_damaged_memory_is_refused(changes: dict[str, object]) -> None:
    """What cannot be gone on from is said, instead of judging by nonsense."""
    with pytest.raises(ForgottenError, match="memory"):
        Detector.recall(memory(**changes), SHORT)
