"""Times of which some are not over yet: who still waits has waited at least so long (Kaplan and Meier 1958).

Leaving them out would make every inbox quick in which the hard questions lie.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Time:
    """A length of time in seconds, and whether it is over."""

    seconds: float
    over: bool


def time_until(times: Sequence[Time], share: float) -> float | None:
    """After how many seconds this share is over; None where so many are open that nobody knows.

    >>> time_until([Time(10, True), Time(20, True), Time(30, False), Time(40, True)], 0.5)
    20
    >>> time_until([Time(10, True), Time(20, False), Time(30, False)], 0.5) is None
    True
    """
    left, alive = len(times), 1.0
    # At the same moment an end comes before what was only watched so long.
    for one in sorted(times, key=lambda one: (one.seconds, not one.over)):
        if one.over:
            alive *= 1 - 1 / left
            if alive <= 1 - share + 1e-12:
                return one.seconds
        left -= 1
    return None
