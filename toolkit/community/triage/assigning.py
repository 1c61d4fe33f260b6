"""Whose a conversation is: a person or a role of leitstand.toml, and the deputy of who is away."""

from __future__ import annotations

from datetime import date

from toolkit.approval import present_person
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import Person, Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes a conversation that was meant for somebody; `detail` is what the log says of it."""

    person: Person
    detail: str
    stands_in: bool = False


def find_taker(wanted: Person, settings: Settings, day: date) -> Taker:
    """The person, or who stands in on that day. Raises `UsageError` where everybody is away."""
    found = present_person(wanted, settings, day)
    if found is None:
        raise UsageError(_("{person} is away, and so is everybody who stands in").format(person=wanted.name))
    if found.key == wanted.key:
        return Taker(found, found.key)
    return Taker(found, f"{found.key} ({wanted.key})", stands_in=True)


def find_assignee(named: str, settings: Settings, day: date) -> str:
    """The person, else the first with the role, who is there on that day, or whose deputy is; "" for nobody.

    Of a role somebody who is there comes before the deputy of somebody who is not.
    """
    if named in settings.people:
        person = present_person(settings.people[named], settings, day)
        return person.key if person else ""
    group = [person for person in settings.people.values() if named in person.roles]
    there = next((person.key for person in group if not person.absent(day)), "")
    stand_ins = (present_person(person, settings, day) for person in group)
    return there or next((person.key for person in stand_ins if person is not None), "")
