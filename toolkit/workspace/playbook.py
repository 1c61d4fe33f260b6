"""The nouns of a crisis plan: a playbook with its levels, as a manager wrote it down on a quiet day.

Which level holds is proposed by numbers and declared by a person; see `toolkit.community.crisis`.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from toolkit.source import FrontMatter
from toolkit.values import dataclass
from toolkit.workspace.triage import AuthorRole, Risk


class Series(StrEnum):
    """What is counted of a brand: everything that is said, what sounds negative, what tells of a danger."""

    ALL = "all"
    NEGATIVE = "negative"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What proposes a level: any of what it says. Empty and 0 say nothing.

    It is about the messages that tell of one of `risks`, dangers of the handbook, or, where it names none, about those of
    its `series`. `score` is the detector's (see `toolkit.surprise`), `per_hour` a count of them; without `per_hour` one
    message that tells of a danger is enough. `words` are a plan's own, from before dangers had names.
    """

    score: float = 0.0
    words: tuple[str, ...] = ()
    per_hour: int = 0
    any_of: frozenset[AuthorRole] = frozenset()
    risks: tuple[Risk, ...] = ()
    series: Series = Series.ALL

    @property
    def names(self) -> frozenset[str]:
        """Of the dangers."""
        return frozenset(risk.name for risk in self.risks)

    @property
    def chosen(self) -> bool:
        """Whether it is about certain messages and not about all."""
        return bool(self.risks or self.words)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words of its dangers, and its own, each once: to be shown."""
        return tuple(dict.fromkeys([*self.words, *(word for risk in self.risks for word in risk.wording.words)]))


@dataclass(frozen=True, slots=True)
class CrisisLevel:
    """One level of a playbook. `key` leads to its place in the front matter."""

    key: str
    level: int
    name: str = ""
    when: Trigger = Trigger()
    owner: str = ""
    backup: str = ""
    first_response: timedelta | None = None
    update_every: timedelta | None = None
    approvers: tuple[str, ...] = ()  # who lets holding statements out; empty: whoever may approve
    pause: tuple[str, ...] = ()  # scopes such as ``all`` and ``campaign:advent-2026``
    allow: tuple[str, ...] = ()  # labels that go out all the same
    holding: tuple[str, ...] = ()  # posts that wait, approved and without a time


@dataclass(frozen=True, slots=True)
class AllClear:
    """When a crisis may end: how long nothing new came, and who says so. `within` days later people talk about it."""

    quiet_for: timedelta | None = None
    decided_by: str = ""
    review_by: str = ""
    within: int = 10


@dataclass(frozen=True, slots=True)
class Playbook:
    """One page of guidelines/crisis. `places` leads to its keys."""

    id: str
    title: str
    owner: str
    places: FrontMatter
    levels: tuple[CrisisLevel, ...] = ()
    do_not: tuple[str, ...] = ()
    all_clear: AllClear = AllClear()
    next_review: date | None = None
    drill_last: date | None = None
    drill_next: date | None = None

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path

    @property
    def subject(self) -> tuple[Trigger, ...]:
        """What it is about: the dangers that its levels name; everything where none names any."""
        return tuple(one.when for one in self.levels if one.when.chosen) or (Trigger(),)

    def find_level(self, level: int) -> CrisisLevel | None:
        """The level with that number."""
        return next((one for one in self.levels if one.level == level), None)
