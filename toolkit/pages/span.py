"""How far the calendar reaches: which months have pages, whether anything is planned in them or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from toolkit.editorial import read_occasions
from toolkit.editorial.days import coming

if TYPE_CHECKING:
    from toolkit.pages.view import Site

# So many months after this one have pages, and show their free slots, also while nothing is known of them.
AHEAD: Final = 3
# Beyond that what is known makes pages, up to so many months from here; the house's days recur, so of them a year.
FAR: Final = 24
YEAR: Final = timedelta(days=366)


def add_months(month: date, count: int) -> date:
    """The first day of the month that comes so many months later, or earlier.

    >>> add_months(date(2026, 11, 21), 3), add_months(date(2026, 1, 1), -1)
    (datetime.date(2027, 2, 1), datetime.date(2025, 12, 1))
    """
    years, number = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, number + 1, 1)


def find_months(site: Site) -> tuple[date, ...]:
    """The first days of the months, from the first post to where posts, campaigns and occasions are known.

    A typo in a year must not make a thousand empty pages: what lies further from its neighbour than `FAR` stands alone.
    """
    here = site.today.replace(day=1)
    known = {entry.local.date().replace(day=1) for entry in site.entries}
    known |= {month for month in _planned(site) if here <= month <= add_months(here, FAR)}
    return tuple(_fill(sorted(known | {here, add_months(here, AHEAD)})))


def _planned(site: Site) -> Iterator[date]:
    """The months in which campaigns and occasions begin and end."""
    days: list[date | None] = [day for one in site.workspace.campaigns.values() for day in (one.start, one.end)]
    occasions, _problems = read_occasions(site.workspace)
    days += [day for one in coming(occasions, site.today, YEAR) for day in (one.first, one.last)]
    return (day.replace(day=1) for day in days if day is not None)


def _fill(months: Iterable[date]) -> Iterator[date]:
    """The months and those between neighbours that are near each other."""
    last = None
    for month, after in pairwise(months):
        yield month
        between = (after.year - month.year) * 12 + after.month - month.month
        if between <= FAR:
            yield from (add_months(month, number) for number in range(1, between))
        last = after
    if last is not None:
        yield last
