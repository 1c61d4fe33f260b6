"""The people of the house as the inbox shows them: who may take a conversation, who is away and who stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from toolkit.approval import present_person
from toolkit.dates import say_short_day
from toolkit.messages import _
from toolkit.settings import Person, Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody who may be asked to answer; `away` says until when they are not there and who stands in."""

    key: str
    name: str
    away: str = ""
    possible: bool = True


def mates(settings: Settings, day: date) -> tuple[Mate, ...]:
    """Everybody of leitstand.toml in its order."""
    return tuple(_mates(settings, day))


def options(team: Iterable[Mate]) -> list[tuple[str, str]]:
    """Who may be chosen and how they are called, with absences; first nobody."""
    people = ((one.key, f"{one.name} ({one.away})" if one.away else one.name) for one in team if one.possible)
    return [("", _("nobody")), *people]


def name_of(settings: Settings, key: str) -> str:
    """What a person is called; the machine is called Leitstand."""
    person = settings.people.get(key)
    return person.name if person is not None else key or "Leitstand"


def _mates(settings: Settings, day: date) -> Iterator[Mate]:
    for person in settings.people.values():
        found = present_person(person, settings, day)
        yield Mate(person.key, person.name, _say_away(person, found, day), found is not None)


def _say_away(person: Person, found: Person | None, day: date) -> str:
    absence = next((one for one in person.absences if one.first <= day <= one.last), None)
    if absence is None:
        return ""
    until = say_short_day(absence.last)
    if found is None:
        return _("away until {day}, nobody stands in").format(day=until)
    return _("away until {day}, {deputy} stands in").format(day=until, deputy=found.name)
