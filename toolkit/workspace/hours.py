"""Service hours: when somebody answers, and how soon they mean to. Blocks of the handbook's pages.

They stand in the page that explains them, as a fence with the word ``hours`` behind it and YAML in it. One block without
`channels` is for everybody; one with `channels` is for these and takes what it does not say from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from toolkit.messages import _
from toolkit.model import MessageKind, Problem, Severity
from toolkit.settings import Hours
from toolkit.settings.windows import read_hours
from toolkit.source import Fields, FrontMatter
from toolkit.source.frontmatter import RULE as FRONT_MATTER_RULE
from toolkit.values import dataclass

HOURS: Final = "hours"
HOURS_KEYS: Final[Mapping[str, str]] = {
    "hours": "When somebody answers, such as [mon-fri 08:00-18:00, sat 10:00-16:00]; [] is never.",
    "timezone": "The zone of these times; default: the workspace's.",
    "holidays": "Whether somebody answers on the region's public holidays as on other days; default: false.",
    "closed": "Days on which nobody answers, such as 2026-12-24, or 2026-12-24/2026-12-31 for several.",
    "open": "List of {day, hours}: other hours on one day, also when it is a holiday.",
    "channels": "Accounts and networks they are for; default: all that have none of their own.",
    "first_response": "How soon the first response is wanted, in service hours, such as PT2H or PT45M.",
    "levels": "List of {first_response, kinds, labels, channels, risk, always}; the first that fits goes before first_response.",
}
LEVEL_KEYS: Final[Mapping[str, str]] = {
    "first_response": "How soon the first response is wanted, such as PT2H.",
    "kinds": "comment, mention, direct or review; default: all.",
    "labels": "Labels of the conversation; default: all.",
    "channels": "Accounts and networks; default: all of the block.",
    "risk": "Smallest risk class it is for, 1 to 3; default: all.",
    "always": "Whether the time runs outside of service hours, too: true or false.",
}
OPEN_KEYS: Final[Mapping[str, str]] = {
    "day": "The day with other hours.",
    "hours": "The hours of that day, such as [10:00-14:00].",
}
HIGHEST: Final = 3  # risk class
LONGEST: Final = timedelta(hours=10_000)
_DURATION: Final = re.compile(r"PT(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """How soon the first response is wanted, and for which messages. Empty sets are all."""

    first_response: timedelta
    kinds: frozenset[MessageKind] = frozenset()
    labels: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    risk: int = 0
    always: bool = False  # the time runs outside of service hours, too


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """One block. `hours` None takes those of the block for everybody; spans belong to the day on which they begin."""

    places: FrontMatter
    hours: tuple[Hours, ...] | None = None
    timezone: str = ""
    holidays: bool | None = None
    closed: tuple[tuple[date, date], ...] = ()
    opened: Mapping[date, tuple[Hours, ...]] | None = None
    channels: frozenset[str] = frozenset()
    levels: tuple[ServiceLevel, ...] = ()  # the most special first

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path


def read_service_hours(fields: Fields) -> ServiceHours | None:
    """The hours of an ``hours`` block; None, with a problem, when they cannot be used."""
    fields.refuse_unknown(HOURS_KEYS)
    before, channels = len(fields.problems), frozenset(fields.words("channels"))
    if not fields.has("hours") and not channels:
        message = _("{key} is missing, such as {example}").format(key="hours", example="[mon-fri 09:00-17:00]")
        tell_missing(fields, "hours", message)
    found = ServiceHours(
        fields.front,
        read_spans(fields, "hours") if fields.has("hours") else None,
        fields.zone("timezone", ""),
        fields.flag("holidays"),
        tuple(_closed(fields)),
        dict(_opened(fields)),
        channels,
        tuple(_levels(fields)),
    )
    return found if len(fields.problems) == before else None


def tell_missing(fields: Fields, key: str, message: str) -> None:
    """Note what is not there at the block's first key; in an empty block, where it begins."""
    if fields.values or fields.prefix:
        fields.problem(next(iter(fields.values), key), message)
    else:
        front = fields.front
        fields.problems.append(
            Problem(front.source.path, front.source.span(front.start), FRONT_MATTER_RULE, Severity.ERROR, message)
        )


def read_spans(fields: Fields, name: str) -> tuple[Hours, ...]:
    """Spans of weekdays and times, in English or German."""
    found = []
    for said in fields.words(name):
        span = read_hours(said)
        if span is None:
            message = _("a time is written like {example}, not {span!r}")
            fields.problem(name, message.format(example="mon-fri 08:00-18:00", span=said))
        else:
            found.append(span)
    return tuple(found)


def read_duration(fields: Fields, name: str) -> timedelta | None:
    """Hours and minutes as ISO 8601 writes them; None where nothing, or nothing that can be used, is said."""
    said = fields.text(name)
    match = _DURATION.fullmatch(said)
    length = timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0)) if match else timedelta(0)
    if timedelta(0) < length <= LONGEST:
        return length
    if said:
        message = _(
            "{key} must be hours and minutes such as PT2H or PT1H30M, not {value!r}; days are of unequal length"
        )
        fields.problem(name, message.format(key=name, value=said))
    return None


def read_class(fields: Fields, name: str) -> int:
    """A risk class, 1 to 3; 0 where nothing is said."""
    said = fields.number(name, 0)
    if fields.has(name) and not 1 <= said <= HIGHEST and fields.text(name).isdigit():
        fields.problem(name, _("{key} must be between 1 and {most}").format(key=name, most=HIGHEST))
        return 0
    return said


def read_kinds(fields: Fields) -> frozenset[MessageKind]:
    """The kinds of messages that ``kinds`` names."""
    said, known = fields.words("kinds"), set(MessageKind)
    for index, kind in enumerate(said):
        if kind not in known:
            message = _("{key} must be one of {known}, not {value!r}")
            listed = ", ".join(MessageKind)
            fields.problem(f"kinds.{index}", message.format(key="kinds", known=listed, value=kind))
    return frozenset(MessageKind(kind) for kind in said if kind in known)


def _closed(fields: Fields) -> Iterator[tuple[date, date]]:
    for said in fields.words("closed"):
        first, _slash, last = said.partition("/")
        try:
            span = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
        except ValueError:
            span = date.max, date.min
        if span[0] <= span[1]:
            yield span
        else:
            message = _("{key} must be days such as 2026-12-24 or 2026-12-24/2026-12-31, not {value!r}")
            fields.problem("closed", message.format(key="closed", value=said))


def _opened(fields: Fields) -> Iterator[tuple[date, tuple[Hours, ...]]]:
    for entry in fields.items("open", "{day: 2026-12-27, hours: [10:00-14:00]}"):
        entry.refuse_unknown(OPEN_KEYS)
        before, day, hours = len(fields.problems), entry.day("day"), read_spans(entry, "hours")
        if day is not None and hours:
            yield day, hours
        elif len(fields.problems) == before:
            key = "day" if day is None else "hours"
            tell_missing(entry, key, _("{key} is missing").format(key=key))


def _levels(fields: Fields) -> Iterator[ServiceLevel]:
    for entry in fields.items("levels", "{kinds: [direct], first_response: PT4H}"):
        entry.refuse_unknown(LEVEL_KEYS)
        length = read_duration(entry, "first_response")
        if not entry.has("first_response"):
            tell_missing(entry, "first_response", _("{key} is missing").format(key="first_response"))
        scope = {key: frozenset(entry.words(key)) for key in ("labels", "channels")}
        always, kinds, risk = entry.flag("always") or False, read_kinds(entry), read_class(entry, "risk")
        if length is not None:
            yield ServiceLevel(length, kinds, **scope, risk=risk, always=always)
    usual = read_duration(fields, "first_response")
    if usual is not None:
        yield ServiceLevel(usual)
