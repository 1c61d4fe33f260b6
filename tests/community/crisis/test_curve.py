"""The curve: a gap is unknown and no zero, a new source waits, a rhythm is no surprise. Pure values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from toolkit.community.crisis.curve import Gap, Heard, Mention, read_curve, with_rhythm
from toolkit.community.crisis.sources import Source, find_gaps, find_young, weighty
from toolkit.surprise import Level

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def said(begins: datetime, ends: datetime, an_hour: int, source: str = "a") -> Iterator[Mention]:
    count = round((ends - begins) / HOUR * an_hour)
    return (Mention(begins + (ends - begins) * number / count, "x", source=source) for number in range(count))


def level(heard: Heard) -> tuple[Level, float]:
    reading = with_rhythm(read_curve(heard.mentions, heard)[-1], heard.mentions, heard)
    return reading.reached, reading.expected


def test_a_gap_that_is_known_leaves_the_detector_sharp() -> None:
    """Eight of fourteen days were not heard. Taken for silence they would hide a wave."""
    down = Gap(NOW - 10 * DAY, NOW - 2 * DAY)
    usual = [*said(NOW - 14 * DAY, down.begins, 30), *said(down.ends, NOW - HOUR, 30)]
    heard = Heard([*usual, *said(NOW - HOUR, NOW, 75)], NOW - 14 * DAY, NOW)
    blind, expected = level(heard)
    assert not blind.speaks
    assert expected < 15
    sharp, expected = level(replace(heard, gaps=(down,)))
    assert sharp is Level.CANDIDATE
    assert expected == pytest.approx(30, abs=1)


def test_what_others_say_counts_while_a_source_is_down() -> None:
    """The window of this hour is judged by what there is: a part looks like less, and a wave is seen all the same."""
    usual = list(said(NOW - 14 * DAY, NOW - 2 * HOUR, 30))
    heard = Heard(usual, NOW - 14 * DAY, NOW, gaps=(Gap(NOW - 2 * HOUR, NOW),))
    assert level(heard)[0] is Level.CALM
    loud = replace(heard, mentions=[*usual, *said(NOW - HOUR, NOW, 120, "b")])
    assert level(loud)[0] is Level.CANDIDATE


def test_a_new_source_is_left_out_until_its_third_day() -> None:
    """A busy hashtag that is watched since an hour is no wave."""
    busy = [*said(NOW - 14 * DAY, NOW, 6), *said(NOW - HOUR, NOW, 200, "tag")]
    heard = Heard(busy, NOW - 14 * DAY, NOW)
    assert level(heard)[0] is Level.CANDIDATE
    assert level(replace(heard, young=frozenset({"tag"})))[0] is Level.CALM


@pytest.mark.parametrize(
    ("weeks", "expected"), [((1, 2), Level.CALM), ((1,), Level.CANDIDATE), ((2,), Level.CANDIDATE)]
)
def test_twice_is_a_rhythm_and_once_is_an_event(weeks: tuple[int, ...], expected: Level) -> None:
    """A peak at this time one week ago and two weeks ago explains the one of today; one of them alone does not."""
    peaks = [NOW, *(NOW - number * 7 * DAY + timedelta(minutes=50) for number in weeks)]
    mentions = [*said(NOW - 16 * DAY, NOW, 6), *(one for peak in peaks for one in said(peak - HOUR, peak, 60))]
    heard = Heard(mentions, NOW - 14 * DAY, NOW, NOW - 16 * DAY)
    assert level(heard)[0] is expected


def test_a_rhythm_is_known_only_from_two_weeks_on() -> None:
    """What was not listened to then was no quiet week."""
    mentions = [*said(NOW - 16 * DAY, NOW, 6), *said(NOW - HOUR, NOW, 60)]
    assert level(Heard(mentions, NOW - 13 * DAY, NOW, NOW - 13 * DAY))[0] is Level.CANDIDATE


def test_gaps_are_those_of_sources_that_would_be_missed() -> None:
    """Half an hour is no absence; what brings a tenth of all is missed, what brings less is not."""
    mentions = [*said(NOW - DAY, NOW, 30), *said(NOW - DAY, NOW, 1, "small")]
    old = Gap(NOW - 3 * DAY, NOW - 2 * DAY)
    sources = [
        Source("a", "a", heard_at=NOW - timedelta(minutes=29), gaps=(old,)),
        Source("small", "small", heard_at=NOW - DAY),
    ]
    assert weighty(mentions) == {"a"}
    assert find_gaps(sources, mentions, NOW) == (old,)
    late = replace(sources[0], heard_at=NOW - timedelta(minutes=31))
    assert find_gaps([late], mentions, NOW) == (old, Gap(NOW - timedelta(minutes=31), NOW))


def test_a_source_that_tells_the_past_is_never_young() -> None:
    """An account brings its last weeks with it, a hashtag begins now."""
    tag, account = (Source(name, name, NOW - DAY, NOW, tells_past=name == "account") for name in ("tag", "account"))
    assert find_young([tag, account], NOW) == {"tag"}
    assert find_young([tag], NOW + DAY) == frozenset()
