"""`leitstand crisis detect`: what was asked as a tuning, and the answers as lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import floor
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.surprise import Count, Reading, Scale, Thresholds, Tuning
from toolkit.surprise.reading import Row, usual_step
from toolkit.values import dataclass

STDIN: Final = "stdin"
DURATION: Final = re.compile(r"([0-9]{1,6})(s|m|h|d)")
UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
MOST_STEPS: Final = 20_000_000  # from the first row to the last: 190 years of five minutes
MOST_ZEROS: Final = 2_000_000
DIGITS: Final = 1000  # of a score that are shown


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were written; empty is the default."""

    window: str
    history: str
    thresholds: str
    cooldown: str
    step: str


def tune(asked: Asked, rows: Sequence[Row]) -> Tuning:
    """The tuning that was asked for, its step as in the rows; raises `UsageError`.

    A window of one's own is for brands of every size, thresholds too.
    """
    usual, small = Tuning().usual, Tuning().small
    if asked.thresholds:
        own = _thresholds(asked.thresholds)
        usual, small = Scale(usual.window, own), small and Scale(small.window, own)
    if asked.window:
        usual, small = Scale(_duration(asked.window, "--window"), usual.thresholds), None
    step = _duration(asked.step, "--step") if asked.step else timedelta(seconds=usual_step(rows)) or Tuning().step
    if (rows[-1].count.at - rows[0].count.at) / step > MOST_STEPS:
        raise UsageError(_("the rows lie too far apart for a step of {step}; --step sets another").format(step=step))
    history, cooldown = _duration(asked.history, "--history"), _duration(asked.cooldown, "--cooldown")
    try:
        return Tuning(step, history, cooldown=cooldown, usual=usual, small=small)
    except ValueError as error:
        raise UsageError(_("{error} (--history, --step, --window)").format(error=error)) from None


def fill(rows: Sequence[Row], step: timedelta) -> tuple[list[Count], list[int]]:
    """The rows' counts with a zero for each step that has no row, and where the rows are among them.

    Raises `UsageError` when that would be more than anybody counts.
    """
    if (rows[-1].count.at - rows[0].count.at) / step > MOST_ZEROS:
        raise UsageError(
            _("--zeros would add more than {most} rows; --step sets a longer step").format(most=MOST_ZEROS)
        )
    counts: list[Count] = []
    places: list[int] = []
    for row in rows:
        while counts and row.count.at - counts[-1].at >= 1.5 * step:
            counts.append(Count(counts[-1].at + step, 0))
        places.append(len(counts))
        counts.append(row.count)
    return counts, places


def _duration(text: str, option: str) -> timedelta:
    match = DURATION.fullmatch(text.strip())
    if match is None or not int(match[1]):
        message = _("{option} needs a number and s, m, h or d, such as 90m or 14d, not {text!r}")
        raise UsageError(message.format(option=option, text=text))
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def _thresholds(text: str) -> Thresholds:
    try:
        watch, alert, candidate = map(float, text.split(","))
        return Thresholds(watch, alert, candidate)
    except ValueError:
        message = _("--thresholds needs three rising numbers greater than 0, such as 2.4,3,4, not {text!r}")
        raise UsageError(message.format(text=text)) from None


def lines(rows: Sequence[Row], readings: Sequence[Reading], *, as_json: bool) -> Iterator[str]:
    """The answer's lines: CSV with a header, or one JSON object each."""
    if not as_json:
        yield "timestamp,value,score,level\n"
    for row, reading in zip(rows, readings, strict=True):
        # Cut and not rounded: a score just under a threshold must not look as if it had reached it.
        score = floor(reading.score * DIGITS) / DIGITS
        if as_json:
            yield json.dumps(_record(row, reading, score)) + "\n"
        else:
            yield f"{row.timestamp},{reading.value},{score:.3f},{reading.told}\n"


def _record(row: Row, reading: Reading, score: float) -> dict[str, object]:
    return {
        "timestamp": row.timestamp,
        "value": reading.value,
        "score": score,
        "level": reading.told,
        "reached": reading.reached.value,
        "window_minutes": reading.window.total_seconds() / 60,
        "count": reading.count,
        "expected": round(reading.expected, 3),
    }
