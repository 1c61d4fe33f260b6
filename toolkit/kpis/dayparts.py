"""The parts of the day in which posts are compared: hours alone would leave too few posts in each cell."""

from __future__ import annotations

from typing import Final

# name → (first hour, the hour after the last), local time
DAY_PARTS: Final = {"morning": (0, 10), "midday": (10, 14), "afternoon": (14, 18), "evening": (18, 24)}


def part_of_day(hour: int) -> str:
    """The part of the day of a local hour.

    >>> [part_of_day(hour) for hour in (0, 9, 10, 14, 18)]
    ['morning', 'morning', 'midday', 'afternoon', 'evening']
    """
    return next(name for name, (start, end) in DAY_PARTS.items() if start <= hour < end)
