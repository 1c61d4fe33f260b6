"""When a post was published. galaxy-social notes no times, but the order of publication and a date in most names.

The dates of news and of hand-written posts that rise with that order can be trusted (the weightiest such run is taken:
a mistyped year is not in it). Every other post was published between two of these: what is dated earlier waited in a
queue, what is dated later announces an event.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[list[int]], tuple[int, int, int]]], ...]] = (
    (re.compile(r"(?<!\d)(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)"), lambda n: (n[0], n[1], n[2])),
    (re.compile(r"(?<!\d)(\d{1,2})-(\d{1,2})-(20\d\d)(?!\d)"), lambda n: (n[2], n[1], n[0])),
    (re.compile(r"(?<!\d)(\d\d)-(\d\d)-(\d\d)(?!\d)"), lambda n: (2000 + n[0], n[1], n[2])),
    (re.compile(r"(?<!\d)(20\d\d)-(\d{1,2})(?!\d)"), lambda n: (n[0], n[1], 1)),
)
_EVENTS: Final = "galaxy_events"  # these are named after the day of the event
_BOTS: Final = re.compile(r"(?:^|/)\w+_bot/")
_MORNING: Final = time(9)
_STEP: Final = timedelta(minutes=30)
_LAST: Final = timedelta(hours=14)  # after the first post of a day


def date_of_name(path: str) -> date | None:
    """The date in a file's name."""
    for pattern, order in _FORMS:
        found = pattern.search(PurePosixPath(path).name)
        if found:
            try:
                return date(*order([int(number) for number in found.groups()]))
            except ValueError:
                continue
    return None


def birth_of(path: str) -> date:
    """A date that never changes: the name's, else the folder's year. Part of the post's identity."""
    named = date_of_name(path)
    years = [int(part) for part in PurePosixPath(path).parts if re.fullmatch(r"20\d\d", part)]
    return named or date(years[0] if years else 2000, 1, 1)


def publish_dates(order: Sequence[str]) -> dict[str, date]:
    """Path → day of publication, for paths in the order in which they were published."""
    named = {path: day for path in order if (day := date_of_name(path))}
    dated = [(index, path) for index, path in enumerate(order) if path in named and not _is_event(path)]
    trusted = [dated[place] for place in _most_trusted([(path, named[path]) for _index, path in dated])]
    places = [index for index, _path in trusted]
    days = {}
    for index, path in enumerate(order):
        after = bisect_right(places, index)
        earliest = named[trusted[after - 1][1]] if after else None
        latest = named[trusted[after][1]] if after < len(trusted) else earliest
        days[path] = _between(named.get(path), earliest, latest) or birth_of(path)
    return days


def publish_times(days: Mapping[str, date]) -> dict[str, datetime]:
    """Path → wall time: in their order, from nine o'clock on."""
    times = {}
    for day, group in groupby(sorted(days, key=days.__getitem__), key=days.__getitem__):
        paths = list(group)
        step = min(_STEP, _LAST / len(paths))
        minutes = max(1, step // timedelta(minutes=1))
        for number, path in enumerate(paths):
            times[path] = datetime.combine(day, _MORNING) + timedelta(minutes=minutes * number)
    return times


def _is_event(path: str) -> bool:
    return _EVENTS in PurePosixPath(path).parts


def _between(named: date | None, earliest: date | None, latest: date | None) -> date | None:
    day = named or earliest or latest
    if day is None:
        return None
    if earliest is not None:
        day = max(day, earliest)
    return min(day, latest) if latest is not None else day


def _most_trusted(dated: Sequence[tuple[str, date]]) -> list[int]:
    """Places of a run of dates that never falls, with the most trust; a moment for thousands of posts."""
    sums: list[int] = []
    before: list[int] = []
    for index, (path, day) in enumerate(dated):
        earlier = (place for place in range(index) if dated[place][1] <= day)
        best = max(earlier, key=sums.__getitem__, default=-1)
        sums.append(_trust(path) + (sums[best] if best >= 0 else 0))
        before.append(best)
    found, place = [], max(range(len(sums)), key=sums.__getitem__, default=-1)
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _trust(path: str) -> int:
    """What people write is published when it is written; what programs write waits in a queue."""
    return 1 if _BOTS.search(path) else 5
