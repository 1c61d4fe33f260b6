"""One form for every cell, whatever a spreadsheet program made of it: days, moments, lists, line ends, formulas."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from toolkit.importers.moments import plain_moment
from toolkit.importers.values import UnreadableError

# What spreadsheet programs take for a formula or a command when a cell begins with it.
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NEXT: Final = "next"
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n]")
# A clock has minutes, or says that it is one: ``9 Uhr``, ``9.30 Uhr``, ``9:30 PM``.
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?=[:.]\d\d|\s*(?:Uhr|[AaPp]\.?[Mm]))(?:[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
    r"\s*(?:Uhr|(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<offset>Z|[+-]\d\d:?\d\d))?"
)
_NAMED: Final = r"(?P<named>(?i:mo|di|mi|do|fr|sa|so|tu|we|th|su)[^\W\d]*)"
_MOMENT: Final = re.compile(rf"(?:{_NAMED}\.?,?\s+)?(?P<date>\S.*?)(?:(?:T|,|\s)\s*(?:um\s+)?{_CLOCK})?")
_LONGEST: Final = 60  # characters of a moment
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_GERMAN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)", re.ASCII)
# A day as spreadsheet programs count it, with the time as its fraction; from 2000 to 2099.
_COUNTED: Final = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # a wall time has no zone yet
_COUNT: Final = range(36_526, 73_051)
_WEEK: Final = (
    ("montag", "monday"),
    ("dienstag", "tuesday"),
    ("mittwoch", "wednesday"),
    ("donnerstag", "thursday"),
    ("freitag", "friday"),
    ("samstag", "saturday", "sonnabend"),
    ("sonntag", "sunday"),
)
_LOOSE: Final = re.compile(r"[,\"\r\n]")
_WORD: Final = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*|(?P<bare>[^,]*))(?:,|\Z)')


class Kind(StrEnum):
    """What stands in a cell."""

    TEXT = "text"
    WORDS = "words"
    DAY = "day"
    MOMENT = "moment"


def plain(kind: Kind, text: str, order: str = "") -> str:
    """The one form of what a person or a program wrote; what cannot be read stays as it is.

    `order` says which number of 07/08/2026 is the month, see `toolkit.importers.moments`.

    >>> plain(Kind.MOMENT, "1.12.2026 7:30"), plain(Kind.MOMENT, "2026-12-01T07:30:00"), plain(Kind.WORDS, "x,mastodon")
    ('2026-12-01 07:30', '2026-12-01 07:30', 'x, mastodon')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    match kind:
        case Kind.WORDS:
            return join_words(split_words(text))
        case Kind.DAY | Kind.MOMENT:
            return _moment(text, order) or text
        case Kind.TEXT:
            return text


def said(kind: Kind, value: datetime) -> str:
    """What a workbook's own day or moment means in a cell; it keeps fractions of days, so seconds are rounded."""
    value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return f"{value:%Y-%m-%d}" if kind is Kind.DAY else _shown(value)


def is_readable(kind: Kind, text: str) -> bool:
    """Whether the cell (in its one form) is what its column takes; an empty cell always is."""
    if kind not in (Kind.DAY, Kind.MOMENT) or not text:
        return True
    return (kind is Kind.MOMENT and text == NEXT) or _moment(text) == text


def as_moment(text: str) -> datetime | None:
    """The day or moment of a cell in its one form, for a workbook; None for one with an offset, `next` and other words."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is None and found.year >= 1900 else None


def _moment(text: str, order: str = "") -> str:
    if len(text) > _LONGEST:
        return ""
    text = " ".join(text.split())
    if _COUNTED.fullmatch(text) and int(text[:5]) in _COUNT:
        counted = _FIRST_DAY + timedelta(days=float(text.replace(",", ".")), milliseconds=500)
        return _shown(counted.replace(microsecond=0)) if len(text) > 5 else f"{counted:%Y-%m-%d}"
    match = _MOMENT.fullmatch(text)
    day = _day(match["date"], order) if match else None
    if match is None or day is None or (match["named"] and not _falls_on(day, match["named"])):
        return ""
    if match["hour"] is None:
        return day.isoformat()
    hour = int(match["hour"])
    if match["half"]:
        hour = (hour % 12 if 1 <= hour <= 12 else 24) + (12 if match["half"] in "pP" else 0)
    try:
        clock = time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return ""
    return _shown(datetime.combine(day, clock)) + (match["offset"] or "")


def _day(text: str, order: str) -> date | None:
    found = _GERMAN.fullmatch(text)
    numbers = found.groups()[::-1] if found else None
    try:
        if numbers is None and (named := _ISO.fullmatch(plain_moment(text, order))):
            numbers = named.groups()
        if numbers is None:
            return None
        year = int(numbers[0]) + (2000 if len(numbers[0]) == 2 else 0)
        return date(year, int(numbers[1]), int(numbers[2]))
    except (UnreadableError, ValueError):
        return None


def _falls_on(day: date, named: str) -> bool:
    return any(name.startswith(named.casefold()) for name in _WEEK[day.weekday()])


def _shown(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"


def join_words(words: tuple[str, ...]) -> str:
    """A list in one cell: commas between, quotes around a word that has a comma of its own."""
    return ", ".join('"' + word.replace('"', '""') + '"' if _needs_quotes(word) else word for word in words)


def split_words(text: str) -> tuple[str, ...]:
    """The words of `join_words`, and of lists as people write them.

    >>> split_words('news , "Tür 1, offen"')
    ('news', 'Tür 1, offen')
    """
    quoted = (match["quoted"] for match in _WORD.finditer(text))
    bare = (match["bare"] or "" for match in _WORD.finditer(text))
    words = (b.strip() if q is None else q.replace('""', '"') for q, b in zip(quoted, bare, strict=True))
    return tuple(word for word in words if word)


def _needs_quotes(word: str) -> bool:
    return word != word.strip() or _LOOSE.search(word) is not None


def guard(text: str) -> str:
    """`text` so that no spreadsheet program runs it, for formats that know only texts, such as CSV."""
    return f"'{text}" if text.startswith(FORMULAS) or _GUARDED.match(text) else text


def guard_quotes(text: str) -> str:
    """`text` for a format with cells that are texts for sure: only what looks guarded is guarded once more."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """What `guard` and `guard_quotes` were given."""
    return text[1:] if _GUARDED.match(text) else text
