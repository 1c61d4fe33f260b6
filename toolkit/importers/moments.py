"""Days and times of a whole column: 07/08/2026 is a doubt alone, and none in a column in which 07/14/2026 stands too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from toolkit.importers.values import UnreadableError
from toolkit.messages import _

MONTH_FIRST: Final = "mdy"
DAY_FIRST: Final = "dmy"

_CLOCK: Final = r"(?:[T,]?\s*(\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)\s*([AaPp]\.?[Mm]\.?)?(?:\s*(Z|UTC|[+-]\d\d:?\d\d))?)?"
_SLASHED: Final = re.compile(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}|\d\d){_CLOCK}")
_SHORT: Final = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d\d){_CLOCK}")  # 31.10.26
_BARE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WORDED: Final = (
    # Tue, Jul 14, 2026 · July 14, 2026 09:30
    (re.compile(rf"(?:\w+\.?,\s*)?([^\W\d]+)\.?\s+(\d{{1,2}}),?\s+(\d{{4}}){_CLOCK}"), (1, 2)),
    # 14 Jul 2026 · 14. Juli 2026, 09:30 · Di., 14. Juli 2026
    (re.compile(rf"(?:\w+\.?,\s*)?(\d{{1,2}})\.?\s+([^\W\d]+)\.?\s+(\d{{4}}){_CLOCK}"), (2, 1)),
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN: Final = {"mär": "mar", "mrz": "mar", "mai": "may", "okt": "oct", "dez": "dec", "jän": "jan"}


def slash_order(texts: Iterable[str]) -> str:
    """Which of two numbers with a slash is the month, as a column's cells prove it; "" where they prove none or both.

    >>> slash_order(["07/08/2026", "07/14/2026"]), slash_order(["07/08/2026"])
    ('mdy', '')
    """
    found = set(map(proved_order, texts)) - {""}
    return found.pop() if len(found) == 1 else ""


def proved_order(text: str) -> str:
    """What one cell proves alone, "" where it proves nothing."""
    match = _SLASHED.fullmatch(text)
    if not match or (int(match[1]) > 12) == (int(match[2]) > 12):
        return ""
    return DAY_FIRST if int(match[1]) > 12 else MONTH_FIRST


def plain_moment(text: str, order: str = "") -> str:
    """A day or time as ISO 8601 writes it, for `toolkit.importers.values.read_moment`; others are left as they are.

    >>> plain_moment("Tue, Jul 14, 2026"), plain_moment("07/08/2026 9:05 PM", MONTH_FIRST), plain_moment("14. Juli 2026")
    ('2026-07-14', '2026-07-08 21:05', '2026-07-14')
    """
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        return _slashed(text, slashed, order)
    short = _SHORT.fullmatch(text)
    if short:
        return _joined(f"20{short[3]}", short[2], short[1], short.groups()[3:])
    bare = _BARE.fullmatch(text)
    if bare:
        return "-".join(bare.groups())
    for form, (month_at, day_at) in _WORDED:
        match = form.fullmatch(text)
        month = _month(match[month_at]) if match else 0
        if match and month:
            return _joined(match[3], str(month), match[day_at], match.groups()[3:])
    return text


def _slashed(text: str, match: re.Match[str], order: str) -> str:
    first, second, year = int(match[1]), int(match[2]), match[3]
    order = order or slash_order([text])
    if not order and first != second:
        message = _("{text} can be day or month first, and no other cell decides; write the days as 2026-07-14")
        raise UnreadableError(message.format(text=text))
    month, day = (second, first) if order == DAY_FIRST else (first, second)
    return _joined(f"20{year}" if len(year) == 2 else year, str(month), str(day), match.groups()[3:])


def _joined(year: str, month: str, day: str, clock: tuple[str | None, ...]) -> str:
    wall, half, offset = clock
    date = f"{year}-{month:0>2}-{day:0>2}"
    if not wall:
        return date
    hours, rest = wall.split(":", 1)
    hour = int(hours)
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    zone = "Z" if offset in ("UTC", "Z") else offset or ""
    return f"{date} {hour:02}:{rest}{zone}"


def _month(word: str) -> int:
    short = word.casefold()[:3]
    short = _GERMAN.get(short, short)
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
