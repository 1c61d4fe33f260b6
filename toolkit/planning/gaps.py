"""Gaps: stretches of days on which a regular account will say nothing.

An account is regular when it has at least four posting days in the four weeks before and the weeks ahead, and these
lie, by their median, no further apart than the gap that is asked about. An account for one-off announcements has
no gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo
from itertools import pairwise
from statistics import median
from typing import Final

from toolkit.planning.slots import Slot
from toolkit.values import dataclass

LOOK_BACK: Final = timedelta(days=28)
LOOK_AHEAD: Final = timedelta(days=28)
FEWEST_DAYS: Final = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any post of one account, first and last included."""

    account: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def gaps(
    planned: Iterable[Slot], today: date, zone: tzinfo, *, longer_than: int = 7, ahead: timedelta = LOOK_AHEAD
) -> tuple[Gap, ...]:
    """Stretches of more than `longer_than` days without a post, from `today` on, per regular account.

    Days are those of `zone`. The stretch after the last planned post counts up to `today` + `ahead`.
    """
    first, end = today - LOOK_BACK, today + ahead
    # Of years of posts most are far away, on whatever clock.
    near = (first - timedelta(days=1), end + timedelta(days=1))
    days: dict[str, set[date]] = {}
    for slot in planned:
        if slot.due is not None and near[0] <= slot.due.date() <= near[1]:
            day = slot.due.astimezone(zone).date()
            if first <= day < end:
                days.setdefault(slot.account.name, set()).add(day)
    found = (
        gap
        for account, posted in days.items()
        if _regular(sorted(posted), longer_than)
        for gap in _account_gaps(account, sorted(posted), today, end)
        if gap.days > longer_than
    )
    return tuple(sorted(found, key=lambda gap: (gap.first, gap.account)))


def _regular(days: Sequence[date], longer_than: int) -> bool:
    if len(days) < FEWEST_DAYS:
        return False
    return median((later - earlier).days for earlier, later in pairwise(days)) <= longer_than


def _account_gaps(account: str, days: Sequence[date], today: date, end: date) -> Iterator[Gap]:
    one = timedelta(days=1)
    edges = [today - one, *(day for day in days if day >= today), end]
    for before, after in pairwise(edges):
        if after - before > one:
            yield Gap(account, before + one, after - one)
