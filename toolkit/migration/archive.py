"""What another tool left behind, in one form for all tools: channels, posts, and what became of each on each channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.evidence import Evidence
from toolkit.migration.base import Change
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.values import dataclass

RULE: Final = "import-posts"


class State(StrEnum):
    """What the other tool says of a post on a channel."""

    DRAFT = "draft"
    PLANNED = "planned"
    PUBLISHED = "published"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing of it is to be sent any more."""
        return self in (State.PUBLISHED, State.FAILED)


class Days(StrEnum):
    """How a tool writes 3/4/2026, where the file itself proves nothing."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Channel:
    """An account as the other tool names it: its `key` there, our name of the network ("" for none), its handle."""

    key: str
    network: str
    handle: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, video or document: an address; `local` when it is a file that a site has on this machine.

    What an export merely calls a path is none: it could name any file of whoever imports it.
    """

    address: str
    alt: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """A post on one channel: the Markdown of its parts, what became of it, and where it is."""

    channel: str
    state: State
    parts: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A post of the other tool. `key` is its identity there, `at` its aware moment.

    `source` names the file and, where it has lines, the line.
    """

    key: str
    source: str
    at: datetime | None
    sendings: tuple[Sending, ...]
    title: str = ""
    media: tuple[Medium, ...] = ()
    labels: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that was read. `problems` are what could not be taken, each with its place."""

    channels: tuple[Channel, ...]
    items: tuple[Item, ...]
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is given beside the files: the zone of wall times, and how days are written when nothing shows it."""

    zone: str
    now: datetime
    days: Days | None = None

    def aware(self, at: datetime | None) -> datetime | None:
        """The moment of a wall time in the zone; what is aware already is what it is."""
        return at.replace(tzinfo=ZoneInfo(self.zone)) if at is not None and at.tzinfo is None else at

    def state_by_time(self, at: datetime | None) -> State:
        """What a post is of which only the time is known: past, it counts as published."""
        if at is None:
            return State.DRAFT
        return State.PUBLISHED if at <= self.now else State.PLANNED


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that posts are taken over from; `evidence` says how sure we are of each form of its files."""

    name: str
    title: str
    wants: str  # what to give to the command
    read: Callable[[Sequence[Path], Reading], Archive]
    evidence: tuple[tuple[str, Evidence], ...]


def problem_at(source: SourceText, at: int, message: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem at an offset of a text."""
    return Problem(source.path, source.span(min(at, len(source.text))), RULE, severity, message)


def problem_in(path: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem of a file as a whole."""
    return Problem(path, Span(), RULE, severity, message)
