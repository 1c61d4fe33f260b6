"""When an export was made: the user's word, the file's name, the file's own date, and at last today."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.base import Document

_EPOCH: Final = re.compile(r"(?<!\d)(1[5-9]\d{11}|2\d{12})(?!\d)")  # milliseconds since 1970
_ISO: Final = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_WORDED: Final = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{2})-(\d\d)-(20\d\d)(?!\d)")  # Jul-31-2026
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def observed_at(document: Document) -> datetime:
    """The moment at which the totals in a file were counted, in UTC and never later than now.

    A name with a moment (``…_1785500000000.xls``) says it. A name with days (``Jul-01-2026_Jul-31-2026``) says which
    period was asked for, so the file's own date counts if it is not before the last of them; a copy that lost its
    date counts as made at the end of that day.
    """
    if document.observed is not None:
        return document.observed.astimezone(UTC)
    now = document.now.astimezone(UTC)
    name = document.path.replace("\\", "/").rsplit("/", 1)[-1]
    epoch = _EPOCH.search(name)
    if epoch:
        return min(datetime.fromtimestamp(int(epoch[1]) / 1000, UTC), now)
    modified = document.export.modified
    days = [day for day in _days(name) if datetime.combine(day, time(), ZoneInfo(document.zone)) <= now]
    if days:
        last = datetime.combine(max(days), time(23, 59, 59), ZoneInfo(document.zone)).astimezone(UTC)
        begun = datetime.combine(max(days), time(), ZoneInfo(document.zone))
        if modified is None or modified < begun:
            return min(last, now)
    return min(modified.astimezone(UTC), now) if modified else now


def _days(name: str) -> list[date]:
    parts = [(int(match[1]), int(match[2]), int(match[3])) for match in _ISO.finditer(name)]
    parts += [
        (int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
        for match in _WORDED.finditer(name)
        if match[1] in _MONTHS
    ]
    return [day for one in parts if (day := _day(*one)) is not None]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
