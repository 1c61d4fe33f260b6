"""The three series of a brand as they stand now: all mentions, those that sound negative, those that tell of a danger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from toolkit.community.crisis.curve import Heard, read_curve, with_rhythm
from toolkit.community.crisis.proposing import belongs
from toolkit.surprise import Reading
from toolkit.workspace.playbook import Series

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One series: what the detector makes of this moment, None before the first step; `day` is what came within 24 hours."""

    series: Series
    reading: Reading | None
    day: int


def read_standings(heard: Heard) -> Iterator[Standing]:
    """Every series, in the order of `Series`."""
    for series in Series:
        chosen = [one for one in heard.mentions if belongs(one, series)]
        readings = read_curve(chosen, heard)
        day = sum(heard.now - DAY < one.at <= heard.now for one in chosen)
        yield Standing(series, with_rhythm(readings[-1], chosen, heard) if readings else None, day)
