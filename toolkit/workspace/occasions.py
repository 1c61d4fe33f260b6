"""Days that matter to the house (`content/occasions/*.yml`): own holidays, school holidays, days of mourning, fairs."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import Fields, Tree, decode
from toolkit.source.blocks import read_data

OCCASIONS: Final = "content/occasions"
OCCASION_KEYS: Final[Mapping[str, str]] = {
    "name": "Name of the day or days.",
    "from": "First day.",
    "until": "Last day; default: the first.",
    "kind": "public (a holiday), school (school holidays), mourning (no advertising) or day (default: to know).",
    "yearly": "true when it comes every year on the same date.",
}
OCCASION_SHAPE: Final = "{name: Betriebsferien, from: 2026-12-24, until: 2027-01-03, kind: public}"
# Longer spans are slips of the year; a calendar of them would be full.
_LONGEST: Final = timedelta(days=366)


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

    def days(self, year: int) -> Iterator[date]:
        """Its days in that year."""
        for start in self._starts(year):
            for step in range((self.last - self.first).days + 1):
                day = start + timedelta(days=step)
                if day.year == year:
                    yield day

    def _starts(self, year: int) -> Iterator[date]:
        if not self.yearly:
            yield self.first
            return
        for own in (year - 1, year):
            # The 29th of February comes every four years, and is then what people mean.
            exists = (self.first.month, self.first.day) != (2, 29) or isleap(own)
            if own >= self.first.year and exists:
                yield self.first.replace(year=own)


def read_occasions(tree: Tree) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
    """The occasions of every file, and what is wrong with them; a bad file hides no other."""
    found: list[Occasion] = []
    problems: list[Problem] = []
    for path in tree.paths(OCCASIONS, ".yml"):
        try:
            occasions, said = _read(path, tree.read(path))
        except OSError as error:
            message = _("cannot be read: {error}").format(error=error.strerror or error)
            occasions, said = (), (Problem(path, Span(), "encoding", Severity.ERROR, message),)
        found += occasions
        problems += said
    return tuple(found), tuple(problems)


@lru_cache(maxsize=64)
def _read(path: str, data: bytes) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
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
    kind, yearly = item.choice("kind", DayKind, DayKind.DAY), bool(item.flag("yearly"))
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
    return Occasion(name, first, last, kind, yearly)
