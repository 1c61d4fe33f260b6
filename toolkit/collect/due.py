"""When to ask again: less and less often the older a post is, and in time for the ages at which posts are compared.

============================  =====================================================================
age of the post               asked once
============================  =====================================================================
first day                     an hour
first month                   a day
first year                    a week
later                         four weeks
the hour before a mark        60, 30 and 10 minutes before it: see `MARKS`
============================  =====================================================================

Posts are compared by the last value at or before a mark (`Store.at_age`), so a value right before it is worth more than
one right after. With a timer that fires every hour such a value is less than an hour old at the mark, with one that
fires every few minutes less than ten minutes. After an outage the next round asks at once, because a new step has
begun; every observation carries the age that it really has.

Steps are counted from publication, not from the last measurement: a timer that comes a second early or an hour late
never makes the next value slip.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)
FIRST_MONTH: Final = timedelta(days=30)
FIRST_YEAR: Final = FIRST_MONTH + 48 * WEEK
MARKS: Final = (HOUR, DAY, WEEK, 4 * WEEK)  # the ages at which posts are compared
APPROACHES: Final = (timedelta(minutes=60), timedelta(minutes=30), timedelta(minutes=10))

_HOURS: Final = [hour * HOUR for hour in range(24)]
_DAYS: Final = [day * DAY for day in range(1, 30)]
_WEEKS: Final = [FIRST_MONTH + week * WEEK for week in range(48)]
_NEAR: Final = [mark - before for mark in MARKS for before in APPROACHES]
_STEPS: Final = sorted({*_HOURS, *_DAYS, *_WEEKS, *_NEAR, FIRST_YEAR})


def due_for_measuring(published_at: datetime, last: datetime | None, now: datetime) -> bool:
    """Whether a new step of the post's age has begun since it was measured `last` (None: never)."""
    return last is None or step(now - published_at) > step(last - published_at)


def step(age: timedelta) -> int:
    """The number of the step that a post of this age is in; grows with age."""
    return bisect_right(_STEPS, age) + max(0, (age - FIRST_YEAR) // (4 * WEEK))


def is_near_mark(age: timedelta) -> bool:
    """Whether a value of this age is one that posts will be compared by: those go first when not all can be asked."""
    return any(timedelta(0) <= mark - age <= HOUR for mark in MARKS)


def account_due(last: datetime | None, now: datetime) -> bool:
    """Whether an account's followers are to be counted: once on each day (UTC)."""
    return last is None or last.astimezone(UTC).date() < now.astimezone(UTC).date()
