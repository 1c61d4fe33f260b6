"""Who is on duty for the community when posts go out. One block of the handbook's pages.

It stands in the page that explains it, as a fence with the word ``duty`` behind it and YAML in it. Absences and deputies
are those of leitstand.toml; see `toolkit.planning.duty`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from toolkit.messages import _
from toolkit.settings import Hours
from toolkit.source import Fields, FrontMatter
from toolkit.values import dataclass
from toolkit.workspace.hours import read_duration, read_spans, tell_missing

DUTY: Final = "duty"
DUTY_KEYS: Final[Mapping[str, str]] = {
    "roster": "List of {person, hours}: who answers when in a usual week.",
    "days": "List of {day, person, hours}: who answers on one day instead, also when it is a holiday.",
    "holidays": "Whether the roster holds on the region's public holidays, too; default: false.",
    "within": "How soon after a post somebody has to be there, such as PT1H; default: PT1H.",
    "unattended": "When posts may go out although nobody is there, such as [sun 08:00-12:00].",
}
TURN_KEYS: Final[Mapping[str, str]] = {
    "person": "Who answers; while they are away, their deputy.",
    "hours": "When, such as [mon-fri 08:00-18:00].",
}
TURN_SHAPE: Final = "{person: mai, hours: [mon-fri 08:00-18:00]}"
DAY_SHAPE: Final = "{day: 2026-12-24, person: mai, hours: [09:00-14:00]}"
USUAL: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody answers at these hours; `key` leads to its place in the block."""

    person: str
    hours: tuple[Hours, ...]
    key: str


@dataclass(frozen=True, slots=True)
class DutyRoster:
    """Who is on duty in a usual week and on single days, on the workspace's clock."""

    places: FrontMatter
    turns: tuple[Turn, ...]
    days: Mapping[date, tuple[Turn, ...]]
    holidays: bool = False
    within: timedelta = USUAL
    unattended: tuple[Hours, ...] = ()

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path

    def all_turns(self) -> Iterator[Turn]:
        """Those of the week, then those of single days."""
        yield from self.turns
        for turns in self.days.values():
            yield from turns


def read_duty(fields: Fields) -> DutyRoster | None:
    """The roster of a ``duty`` block; None, with a problem, when it cannot be used."""
    fields.refuse_unknown(DUTY_KEYS)
    before = len(fields.problems)
    if not fields.has("roster"):
        tell_missing(
            fields, "roster", _("{key} is missing, such as {example}").format(key="roster", example=TURN_SHAPE)
        )
    found = DutyRoster(
        fields.front,
        tuple(turn for item in fields.items("roster", TURN_SHAPE) for turn in _turn(item, (*TURN_KEYS,))),
        _days(fields),
        fields.flag("holidays") or False,
        read_duration(fields, "within") or USUAL,
        read_spans(fields, "unattended"),
    )
    return found if len(fields.problems) == before else None


def _turn(item: Fields, known: tuple[str, ...]) -> Iterator[Turn]:
    item.refuse_unknown(known)
    person, hours = item.text("person"), read_spans(item, "hours")
    for key in ("person", "hours"):
        if not item.has(key):
            tell_missing(item, key, _("{key} is missing").format(key=key))
    if person and hours:
        yield Turn(person, hours, item.key("person"))


def _days(fields: Fields) -> Mapping[date, tuple[Turn, ...]]:
    found: dict[date, tuple[Turn, ...]] = {}
    for item in fields.items("days", DAY_SHAPE):
        day = item.day("day")
        if day is None and not item.has("day"):
            tell_missing(item, "day", _("{key} is missing").format(key="day"))
        for turn in _turn(item, ("day", *TURN_KEYS)):
            if day is not None:
                found[day] = (*found.get(day, ()), turn)
    return found
