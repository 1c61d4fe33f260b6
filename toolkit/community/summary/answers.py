"""How many got an answer, how soon, and how often as promised; who still waits counts as having waited so long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from toolkit.community.hours import ServiceTimes
from toolkit.community.summary.shares import Share
from toolkit.community.summary.spoken import Wait
from toolkit.community.summary.survival import Time, time_until
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Answers:
    """Turns that began in a span. Seconds are of service hours; None where too many wait for anybody to know.

    `kept` are those answered within their service level, of all whose time is over or that were answered; `pending` still
    have time, and `free` were promised nothing. Levels that ask for a class of danger are left out: classes change.
    """

    answered: Share
    median: float | None
    p90: float | None
    kept: Share
    pending: int
    free: int

    @property
    def waiting(self) -> int:
        """How many have no answer yet."""
        return self.answered.n - self.answered.hits


def count_answers(waits: Iterable[Wait], times: ServiceTimes, now: datetime) -> Answers:
    """The answers as they stand at `now`."""
    found = list(waits)
    lengths = [_time(one, times, now) for one in found]
    kept = missed = pending = free = 0
    for one in found:
        promise = times.promise(one.channel, one.kind, one.labels)
        if promise is None:
            free += 1
        elif promise.used(one.asked_at, one.answered_at or now) > 1:
            missed += 1
        elif one.answered_at is None:
            pending += 1
        else:
            kept += 1
    answered = Share(sum(one.answered_at is not None for one in found), len(found))
    return Answers(
        answered, time_until(lengths, 0.5), time_until(lengths, 0.9), Share(kept, kept + missed), pending, free
    )


def _time(one: Wait, times: ServiceTimes, now: datetime) -> Time:
    until = one.answered_at or max(now, one.asked_at)
    seconds = times.timetable(one.channel).business_time(one.asked_at, until).total_seconds()
    return Time(seconds, one.answered_at is not None)
