"""Whole series: learning, absences, small brands, and what a manager would expect of quiet and of storms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from toolkit.surprise import Count, Level, Reading, Scale, Thresholds, Tuning, judge

TUNING = Tuning()
START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = 288  # bins


def quiet(days: int, *, mean: float = 4.0, seed: int = 7) -> list[int]:
    """Counts of a brand about which people talk as by chance."""
    return [int(value) for value in np.random.default_rng(seed).poisson(mean, days * DAY)]


def judged(values: Sequence[int | None], tuning: Tuning = TUNING) -> list[Reading]:
    """Readings of five-minute counts; None is a count that is missing."""
    counts = [
        Count(START + index * timedelta(minutes=5), value) for index, value in enumerate(values) if value is not None
    ]
    return judge(counts, tuning)


def alarms(readings: Sequence[Reading]) -> list[tuple[datetime, Level]]:
    return [(reading.alarm.at, reading.alarm.level) for reading in readings if reading.alarm]


def test_nothing_is_nothing() -> None:
    """A series without counts has no readings."""
    assert judge([], TUNING) == []


def test_under_two_days_it_learns() -> None:
    """Until windows of two days are known every level is learning and every score 0, even in a storm; then it speaks."""
    readings = judged([*quiet(1), *[400] * 12, *quiet(2)])
    known = [index for index, reading in enumerate(readings) if reading.reached is not Level.LEARNING]
    # Nine counts of five minutes are the first window that is seen well enough.
    assert known == list(range(2 * DAY + 8, len(readings)))
    assert {reading.score for reading in readings[: known[0]]} == {0.0}


def test_a_storm_is_seen_within_minutes_and_told_once() -> None:
    """Ten times the usual for three hours: an alarm within 15 minutes, a candidate, then quiet."""
    values = quiet(10)
    at = 9 * DAY
    values[at : at + 36] = [40] * 36
    found = [(when - START - timedelta(days=9), level) for when, level in alarms(judged(values)[at:])]
    assert found[0][0] < timedelta(minutes=15)
    assert found[-1][1] is Level.CANDIDATE
    assert len(found) <= 2


def test_a_storm_that_lasts_is_told_once_a_day() -> None:
    """What lasts and grows is told again when the cool-down is over, and not in between."""
    values = quiet(14)
    for day, mean in ((10, 30), (11, 80)):
        values[day * DAY : (day + 1) * DAY] = [mean] * DAY
    found = [when for when, level in alarms(judged(values)[10 * DAY :]) if level is Level.CANDIDATE]
    assert len(found) == 2
    assert all(after - before >= timedelta(hours=24) for before, after in pairwise(found))


def test_chance_alone_is_calm() -> None:
    """Of twenty weeks of pure chance one window in 250 is a watch, as 2.4 says, and no candidate is told."""
    readings = judged(quiet(140))
    watched = sum(reading.reached.speaks for reading in readings) / len(readings)
    assert 0.002 < watched < 0.006
    assert Level.CANDIDATE not in {level for _when, level in alarms(readings)}


def test_a_window_is_compared_with_the_fourteen_days_before_it() -> None:
    """Count, mean and score are those of the plain definition, computed here window by window."""
    values = quiet(20, mean=9, seed=3)
    values[17 * DAY] = 300
    reading = judged(values)[17 * DAY]
    windows = [sum(values[end - 11 : end + 1]) for end in range(17 * DAY - 14 * DAY, 17 * DAY)]
    from scipy.stats import nbinom

    mean, variance = float(np.mean(windows)), float(np.var(windows))
    shape = mean**2 / (variance - mean)
    expected = -nbinom.logsf(reading.count - 1, shape, shape / (shape + mean)) / np.log(10)
    assert reading.count == sum(values[17 * DAY - 11 : 17 * DAY + 1])
    assert (reading.expected, reading.score) == pytest.approx((mean, expected), rel=1e-9)


def test_an_absence_does_not_calm_the_history() -> None:
    """A source that was down for four days leaves the expectation as it was; as zeros it would have lowered it."""
    values: list[int | None] = list(quiet(14, mean=40))
    gap = slice(8 * DAY, 12 * DAY)
    values[gap] = [None] * (4 * DAY)
    zeros = [value or 0 for value in values]
    assert judged(values)[-1].expected == pytest.approx(480, rel=0.02)
    assert judged(zeros)[-1].expected < 400


@pytest.mark.parametrize("bins", [1, 2, 3, 5, 11, 13, 40, DAY, 5 * DAY, 20 * DAY])
@pytest.mark.parametrize("piled_up", [False, True])
def test_the_return_of_a_source_is_no_spike(bins: int, *, piled_up: bool) -> None:
    """After an absence of any length nobody is told of the return, also when it brings all that was missed at once."""
    values: list[int | None] = list(quiet(9, mean=40))
    missed = quiet(20, mean=40, seed=8)[:bins]
    back = quiet(3, mean=40, seed=9)
    back[0] += sum(missed) if piled_up else 0
    readings = judged([*values, *[None] * bins, *back])
    assert alarms(readings[-len(back) :]) == []


def test_a_storm_after_an_absence_is_seen() -> None:
    """An absence blinds for the first count only: a storm that was there on the return is told within an hour."""
    values: list[int | None] = [*quiet(9, mean=40), *[None] * 30, *[600] * 12]
    assert alarms(judged(values)[-12:])


def test_after_two_weeks_of_absence_it_learns_again() -> None:
    """What is older than the history is not compared with."""
    readings = judged([*quiet(9), *[None] * (14 * DAY + 12), *quiet(1)])
    assert {reading.reached for reading in readings[-DAY:]} == {Level.LEARNING}


def test_a_source_that_misses_a_fifth_is_judged_all_the_same() -> None:
    """One count in five missing, at random: the history is scaled up, not lost."""
    lost = np.random.default_rng(1).random(14 * DAY) < 0.2
    values = [None if gone else value for gone, value in zip(lost, quiet(14, mean=40), strict=True)]
    last = judged(values)[-1]
    assert last.reached is not Level.LEARNING
    assert last.expected == pytest.approx(480, rel=0.03)


def test_small_brands_are_looked_at_through_three_hours() -> None:
    """Under a hundred mentions a day the window is 180 minutes and a score of 1.7 is a watch; above, 60 and 2.4."""
    few, many = judged(quiet(5, mean=90 / DAY))[-1], judged(quiet(5, mean=150 / DAY))[-1]
    assert (few.window, many.window) == (timedelta(hours=3), timedelta(hours=1))
    small = TUNING.small
    assert small is not None
    assert small.thresholds.level(1.7) is Level.WATCH
    assert TUNING.usual.thresholds.level(1.7) is Level.CALM


def test_a_brand_nobody_speaks_of_is_not_alarmed_by_one() -> None:
    """A single mention after two weeks of silence is calm; twenty within the hour are not."""
    assert alarms(judged([*[0] * (14 * DAY), 1, *[0] * 12])) == []
    assert alarms(judged([*[0] * (14 * DAY), 20]))


def test_levels_can_be_ones_own() -> None:
    """A tuning on one scale holds for brands of every size."""
    own = TUNING.on_one_scale(Scale(timedelta(minutes=30), Thresholds(1, 2, 3)))
    readings = judged(quiet(5, mean=0.2), own)
    assert {reading.window for reading in readings} == {timedelta(minutes=30)}
    assert {reading.reached for reading in readings if 1 <= reading.score < 2} == {Level.WATCH}


def test_what_was_told_is_ongoing() -> None:
    """The word for a row: its alarm, else ongoing for what is as high as an alarm, else calm or learning."""
    values = quiet(10)
    values[9 * DAY : 9 * DAY + 36] = [40] * 36
    readings = judged(values)
    words = {reading.told for reading in readings}
    assert {"learning", "calm", "ongoing", "candidate"} <= words
    assert all((reading.told == "ongoing") == (reading.reached.speaks and not reading.alarm) for reading in readings)


def test_daily_counts_need_a_longer_history() -> None:
    """Fourteen numbers are no history: the tuning refuses and says how many there must be."""
    with pytest.raises(ValueError, match=r"14 counts is too short.*20 at least"):
        replace(TUNING, step=timedelta(days=1))


@pytest.mark.parametrize("thresholds", [(3, 2, 4), (0, 1, 2), (1, 2, float("nan")), (1, 2, float("inf"))])
def test_thresholds_rise(thresholds: tuple[float, float, float]) -> None:
    """Levels that could never be reached in their order are refused."""
    with pytest.raises(ValueError, match="thresholds rise"):
        Thresholds(*thresholds)


def test_numbers_beyond_all_measure_are_judged() -> None:
    """Counts of a thousand million overflow nothing: the greatest surprise is a candidate with a finite score."""
    readings = judged([*quiet(5), *[10**12] * 3])
    assert readings[-1].reached is Level.CANDIDATE
    assert np.isfinite([reading.score for reading in readings]).all()
