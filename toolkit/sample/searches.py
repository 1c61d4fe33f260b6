"""The sample's chart of Google Trends: a year of weeks, one word of the season, one that is steady, one that rises now."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from typing import Final

from toolkit.sample.planted import Planted
from toolkit.sample.rows import chance_of

NAME: Final = "google-trends.csv"
WEEKS: Final = 58
WORDS: Final = ("adventskalender", "kaffee abo", "frachtraten")
PLACE: Final = "Deutschland"
PEAK: Final = 49  # the calendar week in which Advent calendars are looked for most


def write_searches(planted: Planted, today: date) -> bytes:
    """The file as Google hands it out in German; its last week is not over."""
    sunday = today - timedelta(days=today.isoweekday() % 7)
    weeks = [sunday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    head = ",".join(("Woche", *(f"{word}: ({PLACE})" for word in WORDS)))
    lines = [",".join((week.isoformat(), *map(_say, _values(planted, week, sunday)))) for week in weeks]
    return "\n".join(("Kategorie: Alle Kategorien", "", head, *lines, "")).encode()


def _values(planted: Planted, week: date, last: date) -> tuple[float, ...]:
    chance = chance_of(planted, f"searches:{week}")
    away = min(abs(week.isocalendar().week - PEAK), 52 - abs(week.isocalendar().week - PEAK))
    rising = 12 if last - week <= timedelta(weeks=2) else 4
    season = 100 * exp(-((away / 4) ** 2)) * chance.uniform(0.9, 1.0)
    return season, chance.uniform(18, 24), rising * chance.uniform(0.8, 1.1)


def _say(value: float) -> str:
    return str(round(value)) if value >= 0.5 else "<1" if value > 0.001 else "0"
