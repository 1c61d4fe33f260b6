"""The tables ``[windows.NAME]``: on which days and at which hours an account, a network or all of them may post."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name
from toolkit.values import dataclass

TABLE: Final = "windows"
EVERYWHERE: Final = "all"
KEYS: Final[Mapping[str, str]] = {
    "times": 'When posts may go out, such as ["mon-fri 08:00-18:00", "sat 10:00-14:00"]. NAME is an account, a network or all.',
    "reason": "Why, in a sentence; it stands in the message.",
}
# English and German, as people write them.
_DAYS: Final[Mapping[str, int]] = {
    name: day
    for day, names in enumerate(
        ("mon mo", "tue tu di", "wed we mi", "thu th do", "fri fr", "sat sa", "sun su so"),
    )
    for name in names.split()
}
_SPAN: Final = re.compile(
    r"(?P<days>[a-z]+(?:-[a-z]+)?(?:,[a-z]+(?:-[a-z]+)?)*)?\s*(?:(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d))?", re.ASCII
)
_WEEK: Final = frozenset(range(7))
_EXAMPLE: Final = "mon-fri 08:00-18:00"


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of some days of the week (0 is Monday); over midnight when `end` is not after `start`."""

    days: frozenset[int]
    start: time
    end: time

    def contains(self, moment: datetime) -> bool:
        """Whether the wall time lies inside; what follows midnight belongs to the day before."""
        clock, today = moment.time(), moment.weekday() in self.days
        if self.start < self.end:
            return today and self.start <= clock < self.end
        yesterday = (moment.weekday() - 1) % 7 in self.days
        return (today and clock >= self.start) or (yesterday and clock < self.end)


@dataclass(frozen=True, slots=True)
class Window:
    """When an account, a network or everybody may post. `said` is how the settings put it."""

    name: str
    hours: tuple[Hours, ...]
    said: tuple[str, ...]
    reason: str = ""

    def contains(self, moment: datetime) -> bool:
        """Whether the account's wall time lies in one of the spans."""
        return any(hours.contains(moment) for hours in self.hours)


def read_windows(reader: Reader, raw: Mapping[str, object], networks: Mapping[str, str]) -> Mapping[str, Window]:
    """The windows by the name of account, network or ``all``; `networks` are those of the accounts."""
    known = (*networks, *networks.values(), EVERYWHERE)
    return {name: _read(reader, raw, name, known) for name in reader.sub(raw, TABLE)}


def _read(reader: Reader, raw: Mapping[str, object], name: str, known: Collection[str]) -> Window:
    where = f"{TABLE}.{name}"
    if name not in known:
        reader.error(TABLE, name, unknown_name(_("account or network"), name, dict.fromkeys(known)))
    table = reader.table(reader.sub(reader.sub(raw, TABLE), name, TABLE), where, KEYS)
    said = reader.words(table, where, "times", ())
    hours = []
    for one in said:
        span = read_hours(one)
        if span is None:
            message = _("a time is written like {example}, not {span!r}")
            reader.error(where, "times", message.format(example=f'"{_EXAMPLE}"', span=one))
        else:
            hours.append(span)
    if not said:
        reader.error(
            where, "times", _("{key} is missing, such as {example}").format(key="times", example=f'["{_EXAMPLE}"]')
        )
    return Window(name, tuple(hours), said, reader.value(table, where, "reason", str, ""))


def read_hours(said: str) -> Hours | None:
    """``mon-fri 08:00-18:00``, ``sat,sun`` or ``09:00-17:00`` as a span; None for anything else."""
    match = _SPAN.fullmatch(said.strip().lower())
    if match is None or not match[0]:
        return None
    days = read_days(match["days"])
    start, end = read_clock(match["start"] or "00:00"), read_clock(match["end"] or "24:00")
    return None if days is None or start is None or end is None else Hours(days, start, end)


def read_days(said: str | None) -> frozenset[int] | None:
    """``mon-fri`` or ``sat,sun``, in English or German, as numbers from 0 for Monday; nothing is every day, None unknown."""
    if not said:
        return _WEEK
    days: set[int] = set()
    for piece in said.split(","):
        first, _dash, last = piece.partition("-")
        if first not in _DAYS or (last or first) not in _DAYS:
            return None
        start, end = _DAYS[first], _DAYS[last or first]
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def read_clock(said: str) -> time | None:
    """``07:30`` as a time; None for anything else."""
    try:
        return time.fromisoformat("00:00" if said == "24:00" else said)
    except ValueError:
        return None
