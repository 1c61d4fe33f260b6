"""Numbers and times as German and English spreadsheets write them, read strictly: doubt is a problem, never a guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Existence, WallTime

_PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_AMBIGUOUS: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GERMAN: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}")
_ENGLISH: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}")
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?")
_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d\d?:\d\d(?::\d\d)?))?")


class UnreadableError(ValueError):
    """A cell that cannot be read without a guess; the message says what to write instead."""


def read_number(text: str) -> float:
    """The number in a cell.

    >>> read_number("1234"), read_number("12,5"), read_number("1.234,56"), read_number("1,234.56"), read_number("0.125")
    (1234.0, 12.5, 1234.56, 1234.56, 0.125)
    >>> read_number("1.234")
    Traceback (most recent call last):
    toolkit.importers.values.UnreadableError: 1.234 can be 1234 or a fraction; write 1234 or 1.2340
    """
    if not text.isascii():
        raise UnreadableError(_("{text!r} is not a number").format(text=text))
    if _AMBIGUOUS.fullmatch(text):
        digits = text.replace(",", "").replace(".", "")
        message = _("{text} can be {digits} or a fraction; write {digits} or {text}0")
        raise UnreadableError(message.format(text=text, digits=digits))
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    if _GERMAN.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", ""))
    raise UnreadableError(_("{text!r} is not a number such as 1234 or 12,5").format(text=text))


def read_moment(text: str, zone: str, *, day_is_enough: bool) -> datetime:
    """The moment in a cell, in UTC; times without an offset are wall times in `zone`.

    A bare day means its noon, if that is enough.

    >>> read_moment("31.10.2026 07:30", "Europe/Berlin", day_is_enough=False)
    datetime.datetime(2026, 10, 31, 6, 30, tzinfo=datetime.timezone.utc)
    """
    day, clock, offset = _parts(text)
    if not clock and not day_is_enough:
        raise UnreadableError(_("{text} needs a time of day, such as {text} 09:00").format(text=text))
    hours, _colon, rest = (clock or "12:00").partition(":")
    try:
        wall = datetime.fromisoformat(f"{day}T{hours:0>2}:{rest}")  # a wall time until it meets its zone
        if offset:
            return datetime.fromisoformat(f"{wall.isoformat()}{offset}").astimezone(UTC)
    except ValueError:
        raise UnreadableError(_("{text} is not a day of the calendar or a time").format(text=text)) from None
    moment = WallTime(wall, zone)
    if moment.existence() is not Existence.ONCE:
        message = _("{text} does not happen exactly once in {zone}; add an offset, such as +01:00")
        raise UnreadableError(message.format(text=text, zone=zone))
    return moment.instant()


def _parts(text: str) -> tuple[str, str, str]:
    """ISO day, time of day and offset, the last two "" when absent."""
    iso = _ISO.fullmatch(text)
    if iso:
        return f"{iso[1]}-{iso[2]}-{iso[3]}", iso[4] or "", iso[5] or ""
    german = _GERMAN_DATE.fullmatch(text)
    if german:
        return f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}", german[4] or "", ""
    raise UnreadableError(_("{text!r} is not a date such as 2026-10-31 or 31.10.2026").format(text=text))
