"""Days that matter to the house (`content/occasions/*.yml`): own holidays, school holidays, days of mourning, fairs."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import Fields, FrontMatter, Tree, decode
from toolkit.source.blocks import read_data
from toolkit.values import dataclass

OCCASIONS: Final = "content/occasions"
OCCASION_KEYS: Final[Mapping[str, str]] = {
    "name": "Name of the day or days.",
    "from": "First day.",
    "until": "Last day; default: the first.",
    "kind": "public (a holiday), school (school holidays), mourning (no advertising) or day (default: to know).",
    "yearly": "true when it comes every year on the same date.",
    "repeat": "RFC 5545 rule for days that move, such as FREQ=YEARLY;BYMONTH=5;BYDAY=2SU for the second Sunday in May.",
    "owner": "Person who prepares what we make of it.",
    "lead": "Days before the first one on which the work begins.",
    "pillar": "Content pillar it belongs to.",
    "channels": "Accounts it suits.",
    "note": "What the editors should know: why it matters to us, what it is not.",
    "source": "Where the day is written down, such as the address of its organiser.",
}
OCCASION_SHAPE: Final = "{name: Betriebsferien, from: 2026-12-24, until: 2027-01-03, kind: public}"
# Longer spans are slips of the year; a calendar of them would be full.
_LONGEST: Final = timedelta(days=366)
_EXAMPLE: Final = "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"
# Days, and nothing that could ask for every second of a year.
_YEARLY: Final = re.compile(
    r"FREQ=YEARLY(;((BYMONTH|BYDAY|BYMONTHDAY|BYEASTER|BYWEEKNO|UNTIL)=[0-9A-Z,+-]+|INTERVAL=[1-9]\d?))+",
    re.ASCII | re.IGNORECASE,
)


class DayKind(StrEnum):
    """What a special day means for posts."""

    PUBLIC = "public"
    SCHOOL = "school"
    MOURNING = "mourning"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One or more days in a row, both ends included."""

    name: str
    first: date
    last: date
    kind: DayKind = DayKind.DAY
    yearly: bool = False
    repeat: str = ""
    owner: str = ""
    lead: int = 0  # days
    pillar: str = ""
    channels: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    places: FrontMatter | None = field(default=None, compare=False, repr=False)
    key: str = ""  # of the entry in its file

    def days(self, year: int) -> Iterator[date]:
        """Its days in that year."""
        for start in self.starts(year):
            for step in range((self.last - self.first).days + 1):
                day = start + timedelta(days=step)
                if day.year == year:
                    yield day

    def starts(self, year: int) -> Iterator[date]:
        """The first days from which it can last into that year: of the year, and of the one before."""
        if self.repeat:
            yield from _moving(self.repeat, self.first, year)
            return
        if not self.yearly:
            yield self.first
            return
        for own in (year - 1, year):
            # The 29th of February comes every four years, and is then what people mean.
            exists = (self.first.month, self.first.day) != (2, 29) or isleap(own)
            if own >= self.first.year and exists:
                yield self.first.replace(year=own)


@lru_cache(maxsize=512)
def _moving(rule: str, first: date, year: int) -> tuple[date, ...]:
    """The days of a rule in the year and the one before, never before its first day."""
    from dateutil.rrule import rrulestr

    earliest, latest = (datetime.combine(date(own, 1, 1), time.min) for own in (max(year - 1, 1), min(year + 1, 9999)))
    days = rrulestr(rule, dtstart=datetime.combine(first, time.min))
    return tuple(one.date() for one in days.between(earliest, latest, inc=True) if one.year <= year)


def _complain(rule: str, first: date) -> str:
    """Why a rule cannot be used; "" for one that comes."""
    from dateutil.rrule import rrulestr

    if _YEARLY.fullmatch(rule) is None:
        message = _("{key} is a rule of years such as {example}, not {value!r}")
        return message.format(key="repeat", example=_EXAMPLE, value=rule)
    try:
        comes = next(iter(rrulestr(rule, dtstart=datetime.combine(first, time.min))), None)
    except (ValueError, TypeError, OverflowError) as error:
        return _("the rule cannot be read: {error}").format(error=error)
    return "" if comes is not None else _("the rule names no day")


def read_occasions(tree: Tree) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
    """The occasions of every file, and what is wrong with them; a bad file hides no other."""
    found: list[Occasion] = []
    problems: list[Problem] = []
    for path in tree.paths(OCCASIONS, ".yml"):
        try:
            occasions, said = read_days(path, tree.read(path))
        except OSError as error:
            message = _("cannot be read: {error}").format(error=error.strerror or error)
            occasions, said = (), (Problem(path, Span(), "encoding", Severity.ERROR, message),)
        found += occasions
        problems += said
    return tuple(found), tuple(problems)


@lru_cache(maxsize=64)
def read_days(path: str, data: bytes) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
    """The occasions of one file, and what is wrong with them."""
    source, problems = decode(path, data)
    fields = read_data(source, problems) if source is not None else None
    if fields is None:
        return (), tuple(problems)
    fields.refuse_unknown(("occasions",))
    found = [_occasion(item) for item in fields.items("occasions", OCCASION_SHAPE)]
    return tuple(filter(None, found)), tuple(problems)


def _occasion(item: Fields) -> Occasion | None:
    item.refuse_unknown(OCCASION_KEYS)
    name, first, last = item.text("name"), item.day("from"), item.day("until")
    if not name or not item.has("from"):
        item.problem("", _("an occasion looks like: {shape}").format(shape=OCCASION_SHAPE))
    if not name or first is None:
        return None
    last = last or first
    if last < first:
        item.problem("until", _("{last} is before {first}").format(last=last, first=first))
        return None
    if last - first > _LONGEST:
        item.problem("until", _("longer than a year; is the year right?"))
        return None
    return Occasion(
        name,
        first,
        last,
        kind=item.choice("kind", DayKind, DayKind.DAY),
        yearly=bool(item.flag("yearly")),
        repeat=_repeat(item, first),
        owner=item.text("owner"),
        lead=item.number("lead", 0),
        pillar=item.text("pillar"),
        channels=item.words("channels"),
        note=item.text("note"),
        source=item.text("source"),
        places=item.front,
        key=item.prefix,
    )


def _repeat(item: Fields, first: date) -> str:
    """The rule of days that move; "" with a problem for one that cannot be used."""
    rule = item.text("repeat").strip().removeprefix("RRULE:")
    if not rule:
        return ""
    said = _("an occasion has either yearly or repeat") if item.flag("yearly") else _complain(rule, first)
    if said:
        item.problem("repeat", said)
    return "" if said else rule
