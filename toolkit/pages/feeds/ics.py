"""iCalendar files (RFC 5545) as calendar programs subscribe to them: events, time zones, escaping, folding.

Everything here is a pure function of its arguments: the same events make the same bytes.

- Lines end in CRLF and are folded after 75 octets, never inside a character (§3.1); texts are escaped (§3.3.11) and
  control characters, which no value may hold, are left out.
- A time stands as local time with its zone (``DTSTART;TZID=Europe/Berlin:…``), so that programs show it as people planned
  it. Of the hour that comes twice in autumn a local time means the first (§3.3.5); the second is written in UTC.
- The zone's definition (``VTIMEZONE``) is read off `zoneinfo` for the years that the events lie in, one observance per
  change of the clocks: no rule of ours that a government could outdate.
- Without ``METHOD``, ``DTSTAMP`` is the moment of the last change (§3.8.7.2), as ``LAST-MODIFIED`` is; not the moment of
  the build, which would make every file new every day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.planning import clock_changes
from toolkit.values import dataclass

# Octets of a line without its end.
LINE: Final = 75
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_MEANING: Final = re.compile(r"[\\;,]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# An address has no line ends and no spaces; whatever else is in it is the address's own.
_NOT_IN_ADDRESS: Final = re.compile(r"[\x00-\x20\x7f]")
_EDGE: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `start` is aware and on the feed's clock, or a day; of days `last` is the last one, included.

    `changed` is when it last changed (aware), `sequence` rises with every change, `status` is ``TENTATIVE``,
    ``CONFIRMED`` or ``CANCELLED``.
    """

    uid: str
    start: datetime | date
    title: str
    changed: datetime
    sequence: int = 0
    status: str = "CONFIRMED"
    minutes: int = 15
    last: date | None = None
    description: str = ""
    categories: tuple[str, ...] = ()
    url: str = ""


def make_calendar(name: str, zone: ZoneInfo, events: Sequence[Event], year: int, description: str = "") -> bytes:
    """A calendar file; `zone` must be the zone of the events' starts. Events in the order that they are given.

    A calendar without a single component is none (§3.6): one without events still describes its zone, in `year`.
    """
    moments = [event.start for event in events if isinstance(event.start, datetime)]
    moments = moments or [datetime(year, 1, 1, tzinfo=zone)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Leitstand//Calendar//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        *([f"DESCRIPTION:{escape(description)}", f"X-WR-CALDESC:{escape(description)}"] if description else []),
        f"X-WR-TIMEZONE:{zone.key}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *describe_zone(zone, min(moments), max(moments)),
    ]
    body = "".join(fold(line) for line in lines) + "".join(map(write_event, events)) + fold("END:VCALENDAR")
    return body.encode()


def write_event(event: Event) -> str:
    """The event's lines, folded."""
    changed = _utc(event.changed)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(event.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{event.sequence}",
        *_when(event),
        f"SUMMARY:{escape(event.title)}",
        f"STATUS:{event.status}",
        # Nobody is busy because a post goes out.
        "TRANSP:TRANSPARENT",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{escape(event.description)}")
    if event.categories:
        lines.append(f"CATEGORIES:{','.join(map(escape, event.categories))}")
    if event.url:
        lines.append(f"URL;VALUE=URI:{_NOT_IN_ADDRESS.sub('', event.url)}")
    lines.append("END:VEVENT")
    return "".join(map(fold, lines))


def _when(event: Event) -> Iterator[str]:
    start = event.start
    if isinstance(start, datetime):
        yield f"DTSTART{_moment(start)}"
        yield f"DURATION:PT{event.minutes}M"
    else:
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{(event.last or start) + timedelta(days=1):%Y%m%d}"


def _moment(moment: datetime) -> str:
    zone = moment.tzinfo
    second = moment.fold and moment.utcoffset() != moment.replace(fold=0).utcoffset()
    if second or not isinstance(zone, ZoneInfo):
        return f":{_utc(moment)}"
    return f";TZID={zone.key}:{_basic(moment)}"


def _utc(moment: datetime) -> str:
    return f"{_basic(moment.astimezone(UTC))}Z"


def _basic(moment: datetime) -> str:
    """A time without its offset, as ``20261201T073000``; `strftime` takes four times as long."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds").replace("-", "").replace(":", "")


def describe_zone(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[str]:
    """The lines of a VTIMEZONE that is right from `first` to `last` (both aware)."""
    begin = (first - _EDGE).astimezone(zone)
    offset = begin.utcoffset() or timedelta(0)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    yield from _observance(begin.replace(tzinfo=None, microsecond=0), offset, offset, begin)
    for change in clock_changes(zone, begin, last + _EDGE):
        after = change.at.astimezone(zone)
        offset = after.utcoffset() or timedelta(0)
        before = offset - change.by
        # The onset is written on the clock that was in force until then (§3.6.5).
        yield from _observance((change.at + before).replace(tzinfo=None), before, offset, after)
    yield "END:VTIMEZONE"


def _observance(onset: datetime, before: timedelta, after: timedelta, moment: datetime) -> Iterator[str]:
    kind = "DAYLIGHT" if moment.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{_basic(onset)}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(after)}"
    yield f"TZNAME:{escape(moment.tzname() or '')}"
    yield f"END:{kind}"


def _offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}" + (f"{left:02}" if left else "")


def escape(text: str) -> str:
    """A text as a value: what has a meaning is escaped, line ends are said by letters, control characters are gone."""
    if text.isprintable() and not _MEANING.search(text):
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    return _CONTROL.sub("", plain.replace("\u2029", "\n")).translate(_ESCAPED)


def fold(line: str) -> str:
    """A line with its end, cut into pieces of at most 75 octets each that begin with a space, between characters."""
    if len(line) <= LINE and (line.isascii() or len(line.encode()) <= LINE):
        return f"{line}\r\n"
    return "\r\n ".join(_pieces(line)) + "\r\n"


def _pieces(line: str) -> Iterable[str]:
    data, room = line.encode(), LINE
    while len(data) > room:
        end = room
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        yield data[:end].decode()
        # The space at the beginning counts.
        data, room = data[end:], LINE - 1
    yield data.decode()
