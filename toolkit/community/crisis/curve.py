"""What was heard, counted in steps of five minutes and judged: the curve under every proposal.

A step in which a source that matters was down is unknown and not quiet, so it does not enter what is usual. In the window
that is judged, what the other sources told still counts: a part can only look like less, never like a rise. A source that
is new is left out for two days, else its first day would look like a wave.

What comes every week at this time is no surprise, though the detector knows no weeks: where both weeks before had such a
peak, within two hours of the same time, the count is measured against these.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.surprise import Count, Reading, Tuning, judge, tally
from toolkit.values import dataclass
from toolkit.workspace import AuthorRole

WEEK: Final = timedelta(days=7)
WEEKS: Final = 2  # once is an event, twice is a rhythm
ABOUT: Final = timedelta(hours=2)  # people come a little earlier or later
LOOKS_BACK: Final = WEEKS * WEEK + ABOUT + timedelta(hours=3)
SWAY: Final = 0.3  # how far one such peak differs from another, as a share of it


@dataclass(frozen=True, slots=True)
class Mention:
    """A message that somebody wrote to us or about us.

    `role` is who they are to us, `risks` the names of the dangers it tells of, `danger` whether one of these is of class 1
    or higher; `negative` how it is said to sound. What was only counted has no `text`. `source` is where it was heard.
    """

    at: datetime
    text: str
    role: AuthorRole | None = None
    risks: frozenset[str] = frozenset()
    danger: bool = False
    negative: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a source could not be heard and of which nothing came later."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What came since `since`, up to `now`. Messages from before a source was asked are not zero, so `since` says it.

    `mentions` may reach further back, complete from `known` on. `gaps` were not seen; the sources in `young` are too new
    to be counted.
    """

    mentions: Sequence[Mention]
    since: datetime
    now: datetime
    known: datetime | None = None
    gaps: Sequence[Gap] = ()
    young: frozenset[str] = frozenset()


def read_curve(mentions: Iterable[Mention], heard: Heard) -> list[Reading]:
    """What the detector makes of each of its steps from `heard.since` to `heard.now`."""
    tuning = Tuning()
    begins = heard.now - (heard.now - heard.since) // tuning.step * tuning.step
    counts = tally(_moments(mentions, heard), begins, heard.now, tuning.step)
    return judge(_seen(counts, heard, tuning), tuning)


def with_rhythm(reading: Reading, mentions: Iterable[Mention], heard: Heard) -> Reading:
    """The reading of this moment; no more than a little surprising where both weeks before were like it."""
    from toolkit.surprise.tail import surprise

    known = heard.known or heard.since
    if not reading.reached.speaks or heard.now - known < WEEKS * WEEK + ABOUT + reading.window:
        return reading
    moments = sorted(_moments(mentions, heard))
    usual = min(_peak(moments, heard.now - number * WEEK, reading.window) for number in range(1, WEEKS + 1))
    if not usual:
        return reading
    import numpy as np

    count, mean = np.array([float(reading.count)]), np.array([float(usual)])
    score = min(reading.score, float(surprise(count, mean, mean + (SWAY * mean) ** 2)[0]))
    tuning = Tuning()
    scale = next(one for one in tuning.scales if one.window == reading.window)
    return replace(reading, score=score, reached=scale.thresholds.level(score))


def _moments(mentions: Iterable[Mention], heard: Heard) -> list[datetime]:
    """When they came. A message of this very moment counts, and the last step ends with it."""
    last = heard.now - timedelta(microseconds=1)
    return [min(one.at, last) for one in mentions if one.at <= heard.now and one.source not in heard.young]


def _seen(counts: Iterable[Count], heard: Heard, tuning: Tuning) -> list[Count]:
    """Without the steps that a gap touches, but for those of the window that is judged now."""
    judged = heard.now - tuning.longest * tuning.step
    return [one for one in counts if one.at >= judged or not _missing(one.at, one.at + tuning.step, heard.gaps)]


def _missing(begins: datetime, ends: datetime, gaps: Iterable[Gap]) -> bool:
    return any(gap.begins < ends and begins < gap.ends for gap in gaps)


def _peak(moments: Sequence[datetime], around: datetime, window: timedelta) -> int:
    """The most that came in one window that ended about then."""
    step = Tuning().step
    ends = (around - ABOUT + number * step for number in range(2 * (ABOUT // step) + 1))
    return max(bisect_right(moments, end) - bisect_right(moments, end - window) for end in ends)
