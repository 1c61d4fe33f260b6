"""One form for every cell, whatever a spreadsheet program made of it: days, moments, lists, line ends, formulas."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

# What spreadsheet programs take for a formula or a command when a cell begins with it.
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NEXT: Final = "next"
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n]")
_OFFSET: Final = r"(?:\s*(?P<offset>Z|[+-]\d\d:?\d\d))?"
_CLOCK: Final = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\s+Uhr)?{_OFFSET}"
_ISO: Final = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T\s]+{_CLOCK})?", re.ASCII)
_GERMAN: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d\d)(?:,?\s+{_CLOCK})?", re.ASCII
)
_LOOSE: Final = re.compile(r"[,\"\r\n]")
_WORD: Final = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*|(?P<bare>[^,]*))(?:,|\Z)')


class Kind(StrEnum):
    """What stands in a cell."""

    TEXT = "text"
    WORDS = "words"
    DAY = "day"
    MOMENT = "moment"


def plain(kind: Kind, text: str) -> str:
    """The one form of what a person or a program wrote; what cannot be read stays as it is.

    >>> plain(Kind.MOMENT, "1.12.2026 7:30"), plain(Kind.MOMENT, "2026-12-01T07:30:00"), plain(Kind.WORDS, "x,mastodon")
    ('2026-12-01 07:30', '2026-12-01 07:30', 'x, mastodon')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    match kind:
        case Kind.WORDS:
            return join_words(split_words(text))
        case Kind.DAY | Kind.MOMENT:
            return _moment(text) or text
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


def _moment(text: str) -> str:
    match = _ISO.fullmatch(text) or _GERMAN.fullmatch(text)
    if match is None:
        return ""
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        day = date(year, int(match["month"]), int(match["day"]))
        if match["hour"] is None:
            return day.isoformat()
        clock = datetime(  # noqa: DTZ001  # a wall time has no zone yet
            day.year, day.month, day.day, int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
        )
    except ValueError:
        return ""
    return _shown(clock) + (match["offset"] or "")


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
