"""When to ask again: every hour on the first day, every day in the first month, every week later.

Steps are counted from publication, not from the last measurement: a timer that comes a second early or an hour late
never makes the next value slip, and values of different posts stand at comparable ages.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)
FIRST_MONTH: Final = timedelta(days=30)


def due_for_measuring(published_at: datetime, last: datetime | None, now: datetime) -> bool:
    """Whether a new step of the post's age has begun since it was measured `last` (None: never)."""
    return last is None or step(now - published_at) > step(last - published_at)


def step(age: timedelta) -> int:
    """The number of the step that a post of this age is in; grows by one an hour, then a day, then a week."""
    if age < DAY:
        return max(age // HOUR, -1)
    if age < FIRST_MONTH:
        return 23 + age // DAY
    return 23 + FIRST_MONTH // DAY + (age - FIRST_MONTH) // WEEK


def account_due(last: datetime | None, now: datetime) -> bool:
    """Whether an account's followers are to be counted: once on each day (UTC)."""
    return last is None or last.astimezone(UTC).date() < now.astimezone(UTC).date()
