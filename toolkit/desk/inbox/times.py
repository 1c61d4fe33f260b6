"""Moments as lists and conversations show them: short, with the whole of it for whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from toolkit.dates import say_moment, say_short_day, say_time
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import WallTime, in_range
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A moment, how it is said beside others, and in full."""

    moment: str  # ISO
    short: str
    exact: str


def say(moment: datetime, now: datetime, zone: ZoneInfo) -> Said:
    """Today by the clock, else by the day; on the workspace's own clock."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        short = say_time(local)
    elif local.year == today.year:
        short = _("{day}, {time}").format(day=say_short_day(local.date()), time=say_time(local))
    else:
        short = _("{day} {year}").format(day=say_short_day(local.date()), year=local.year)
    return Said(local.isoformat(timespec="seconds"), short, say_moment(local))


@dataclass(frozen=True, slots=True)
class Later:
    """A moment that somebody may choose with one press."""

    name: str
    words: str
    moment: datetime


def snoozes(now: datetime, zone: ZoneInfo) -> tuple[Later, ...]:
    """In an hour, tomorrow morning, on Monday morning."""
    today = now.astimezone(zone).date()
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    found = [Later("hour", _("in an hour"), now + timedelta(hours=1))]
    for name, day, words in (("tomorrow", tomorrow, _("tomorrow, 9:00")), ("monday", monday, _("on Monday, 9:00"))):
        # 9:00 exists everywhere: clocks are moved at night.
        found.append(Later(name, words, datetime(day.year, day.month, day.day, 9, tzinfo=zone)))
    return tuple(found)


def read_later(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """What somebody chose: one of `snoozes`, or a moment on the workspace's clock. Raises `UsageError`."""
    chosen = next((one.moment for one in snoozes(now, zone) if one.name == text), None)
    return chosen or read_moment(text, zone)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """A moment as a browser's field gives it; without an offset it is wall time. Raises `UsageError`."""
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        parsed = None
    if parsed is None or not in_range(parsed):
        raise UsageError(_("{text!r} is no moment; choose a day and a time").format(text=text[:40]))
    return parsed if parsed.tzinfo is not None else WallTime(parsed, str(zone)).instant()
