"""Moments as other tools write them: ISO with or without a zone, seconds since 1970, days of the United States."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from toolkit.migration.archive import Days

_SLASHED: Final = re.compile(
    r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?", re.ASCII
)
_SECONDS: Final = re.compile(r"-?\d{9,10}(?:\.\d+)?", re.ASCII)
_SPACED: Final = re.compile(
    r"^(\d{4}-\d{1,2}-\d{1,2})[ T]+(\d{1,2}:\d{2}(?::\d{2})?)(\.\d+)?\s*(UTC|Z|[+-]\d{2}:?\d{2})?$"
)


def read_moment(text: str, *, utc: bool = False) -> datetime | None:
    """The moment: aware where the text says its zone (or `utc` says that it is UTC), else a wall time; None for no moment."""
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(float(text), UTC)
    match = _SPACED.match(text)
    try:
        if match:
            day, clock, _fraction, zone = match.groups()
            found = _join(day, clock, (zone or "").replace("UTC", "+00:00").replace("Z", "+00:00"))
        else:
            found = datetime.fromisoformat(text) if text[:4].isdecimal() else parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if found.year < 1971:  # how databases say: never
        return None
    return found.replace(tzinfo=UTC) if utc and found.tzinfo is None else found


def _join(day: str, clock: str, zone: str) -> datetime:
    year, month, date = day.split("-")
    hour, rest = clock.split(":", 1)
    return datetime.fromisoformat(f"{year}-{month:0>2}-{date:0>2}T{hour:0>2}:{rest}{zone}")


def order_of_days(texts: Iterable[str]) -> Days | None:
    """How 3/4/2026 is meant in a file: proven by a number above 12, or None."""
    found = [match for match in map(_SLASHED.fullmatch, map(str.strip, texts)) if match]
    day_first = any(int(match[1]) > 12 for match in found) or any("." in match[0][:3] for match in found)
    month_first = any(int(match[2]) > 12 for match in found)
    if day_first == month_first:
        return None
    return Days.DAY_FIRST if day_first else Days.MONTH_FIRST


def read_slashed(text: str, days: Days) -> datetime | None:
    """``12/01/2026 07:30`` and ``01.12.2026 7:30 PM`` as a wall time; None for what is no such moment."""
    match = _SLASHED.fullmatch(text.strip())
    if match is None:
        return None
    first, second, year, hour, minute, seconds, half = match.groups()
    month, day = (first, second) if days is Days.MONTH_FIRST else (second, first)
    hours = int(hour or 0) % 12 + 12 * (half.lower() == "pm") if half else int(hour or 0)
    try:
        return datetime(int(year), int(month), int(day), hours, int(minute or 0), int(seconds or 0))  # noqa: DTZ001  # a wall time has no zone yet
    except ValueError:
        return None
