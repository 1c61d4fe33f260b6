"""The benchmark's five shared series: what the detector is worth there, and that the scoring is the published one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.nab import BRANDS, EARLIEST, Series, load, score, total, worth
from toolkit.surprise import Count, Level, Reading, Tuning, judge

# results/windowedGaussian/windowedGaussian_standard_scores.csv of github.com/numenta/NAB: score and false positives of
# the detector that the benchmark ships, at its threshold of 1.0.
PUBLISHED = {
    "AAPL": (1.5139968362565832, 24),
    "AMZN": (1.5584829945714498, 20),
    "CRM": (0.7638457640937151, 0),
    "CVS": (0.77368206139354, 18),
    "KO": (-0.914196106944424, 33),
}


@pytest.fixture(scope="module")
def series(shared_data: Path) -> list[Series]:
    return [load(shared_data / "nab", brand) for brand in BRANDS]


@pytest.fixture(scope="module")
def readings(series: list[Series]) -> list[list[Reading]]:
    return [judge(map(Count, one.times, one.values), Tuning()) for one in series]


def windowed_gaussian(values: Sequence[int]) -> list[int]:
    """NAB's windowedGaussian: certain alarms by mean and deviation of the last 6400 counts, renewed every 100."""
    window: list[int] = []
    waiting: list[int] = []
    mean, deviation, found = 0.0, 1.0, []
    for index, value in enumerate(values):
        if window:
            off = (value - mean) / deviation
            tail = 0.5 * math.erfc(abs(off) / 1.4142)
            # Its results were written with twelve digits, and 1.0 was its threshold.
            if float(f"{1 - tail if off >= 0 else tail:.12g}") >= 1:
                found.append(index)
        if len(window) < 6400:
            window.append(value)
        else:
            waiting.append(value)
        if len(waiting) == 100:
            window, waiting = window[100:] + waiting, []
        if not waiting:
            mean, deviation = float(np.mean(window)), float(np.std(window)) or 1e-6
    return found


def test_the_scoring_is_the_published_one(series: list[Series]) -> None:
    """The benchmark's own simplest detector gets from our scorer what the benchmark published, file by file."""
    for one in series:
        found = score(one, windowed_gaussian(one.values))
        raw, false_alarms = PUBLISHED[one.name]
        assert found.raw == pytest.approx(raw, abs=1e-9), one.name
        assert found.false_alarms == false_alarms, one.name


def test_silence_has_no_points_and_perfection_a_hundred(series: list[Series]) -> None:
    """0 is a detector that never speaks, 100 one that speaks at each window's left edge."""
    assert total([score(one, []) for one in series]).points == 0
    perfect = total([score(one, [left for left, _right in one.windows]) for one in series])
    assert perfect.points == pytest.approx(100)
    assert (perfect.hit, perfect.false_alarms) == (perfect.windows, 0)
    assert (worth(-1), worth(0), worth(3)) == (EARLIEST, 0, -1)


def alarms(readings: Sequence[Reading]) -> list[int]:
    return [index for index, reading in enumerate(readings) if reading.alarm]


def test_the_five_series_have_85_points(series: list[Series], readings: list[list[Reading]]) -> None:
    """As shipped, every alarm counted, rises inside the cool-down too: every labelled window hit, 85 points or more."""
    found = total([score(one, alarms(each)) for one, each in zip(series, readings, strict=True)])
    assert found.points >= 85
    assert (found.hit, found.windows) == (17, 17)
    assert found.false_alarms <= 28


def test_higher_levels_are_rarer_and_truer(series: list[Series], readings: list[list[Reading]]) -> None:
    """Alerts and candidates are false about once a brand and month or less often, and hit most and half the windows."""
    for level, false_per_month, hit in ((Level.ALERT, 1.1, 14), (Level.CANDIDATE, 0.7, 9)):
        told = [
            [index for index, one in enumerate(each) if one.alarm and one.alarm.level.rank >= level.rank]
            for each in readings
        ]
        found = total([score(one, each) for one, each in zip(series, told, strict=True)])
        assert found.false_per_month <= false_per_month, level
        assert found.hit >= hit, level
