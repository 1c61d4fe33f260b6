"""The nouns of an experiment: what is tried, on which posts, until when, and what would decide it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from toolkit.source import FrontMatter
from toolkit.values import dataclass

EXPERIMENTS: Final = "content/experiments"
POWER: Final = 0.8  # how often a difference of the size that is worth knowing is to be found
FACTOR: Final = 1.5
PLANNED: Final = 12


class Analysis(StrEnum):
    """How often somebody may look."""

    FIXED = "fixed"  # one look, when all posts are counted
    ALWAYS = "always-valid"  # as often as anybody likes


class Unit(StrEnum):
    """What is assigned to an arm and counted once.

    Views are none: the networks show a post to whom they like, so that a hundred views of one post are one result.
    """

    POST = "post"


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the things that are compared."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Registration:
    """Who said when that it is going to be done like this; `hash` is the design's fingerprint at that moment."""

    at: datetime | None  # aware
    by: str
    hash: str
    needed: int = 0  # posts of each arm that it takes; 0: nobody calculated it
    chance: float | None = None  # how often the planned posts find the factor, as calculated then


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the design after its first post was out, with the reason and the fingerprint since."""

    at: datetime | None  # aware
    by: str
    why: str
    hash: str


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment. `name` is the file's name without .md; `places` leads to its keys."""

    name: str
    title: str
    owner: str
    hypothesis: str
    metric: str
    arms: tuple[Arm, Arm]
    start: date
    stop: date
    places: FrontMatter
    planned: int = PLANNED  # posts of each arm
    least: int = PLANNED  # posts of each arm before anybody is called a winner
    factor: float = FACTOR  # the smallest difference that is worth knowing
    power: float = POWER
    unit: Unit = Unit.POST
    analysis: Analysis = Analysis.FIXED
    decision: str = ""
    pool: str = ""
    text: str = ""
    registered: Registration | None = None
    changes: tuple[Change, ...] = ()

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.places.source.path

    @property
    def labels(self) -> tuple[str, str]:
        """The labels of the two arms' posts."""
        return self.arms[0].label, self.arms[1].label

    def runs(self, first: date, last: date) -> bool:
        """Whether any of its days lies in a span of days, both included."""
        return self.start <= last and first <= self.stop
