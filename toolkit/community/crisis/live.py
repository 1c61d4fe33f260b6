"""The three series of a brand as they stand now: all mentions, those that sound negative, those that tell of a danger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.community.crisis.curve import Heard, read_curve, with_rhythm
from toolkit.community.crisis.proposing import belongs
from toolkit.messages import _, decimal
from toolkit.surprise import Level, Reading
from toolkit.values import dataclass
from toolkit.workspace.playbook import Series

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One series: what the detector makes of this moment, None before the first step; `day` is what came within 24 hours."""

    series: Series
    reading: Reading | None
    day: int

    @property
    def speaks(self) -> bool:
        """Whether it is worth a look now."""
        return self.reading is not None and self.reading.reached.speaks


def read_standings(heard: Heard) -> Iterator[Standing]:
    """Every series, in the order of `Series`."""
    for series in Series:
        chosen = [one for one in heard.mentions if belongs(one, series)]
        readings = read_curve(chosen, heard)
        day = sum(heard.now - DAY < one.at <= heard.now for one in chosen)
        yield Standing(series, with_rhythm(readings[-1], chosen, heard) if readings else None, day)


def say_standing(one: Standing) -> str:
    """A series in one line: how much there is, how much is usual, and what that is called."""
    if one.reading is None:
        return f"{series_word(one.series)}: " + _("nothing known yet")
    said = _("{count} in {minutes} minutes, usual are {expected}; score {score}: {level}").format(
        count=one.reading.count,
        minutes=round(one.reading.window.total_seconds() / 60),
        expected=decimal(one.reading.expected, ".1f"),
        score=decimal(one.reading.score, ".1f"),
        level=level_word(one.reading.reached),
    )
    return f"{series_word(one.series)}: {said}; " + _("{count} in 24 hours").format(count=one.day)


def series_word(series: Series) -> str:
    """What a series counts."""
    words = {
        Series.ALL: _("all mentions"),
        Series.NEGATIVE: _("sounds negative"),
        Series.RISK: _("tells of a danger"),
    }
    return words[series]


def level_word(level: Level) -> str:
    """How unusual it is, as people read it."""
    words = {
        Level.LEARNING: _("still learning"),
        Level.CALM: _("calm"),
        Level.WATCH: _("watch"),
        Level.ALERT: _("unusual"),
        Level.CANDIDATE: _("very unusual"),
    }
    return words[level]
