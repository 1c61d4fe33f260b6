"""The nouns of a crisis plan: a playbook with its levels, as a manager wrote it down on a quiet day.

Which level holds is proposed by numbers and declared by a person; see `toolkit.community.crisis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.source import FrontMatter
from toolkit.workspace.triage import AuthorRole


@dataclass(frozen=True, slots=True)
class Trigger:
    """What proposes a level: any of what it says. Empty and 0 say nothing.

    `score` is the detector's (see `toolkit.surprise`), `per_hour` a count of messages with one of `words`, or of all
    messages where there are no words; without `per_hour` one message with a word is enough.
    """

    score: float = 0.0
    words: tuple[str, ...] = ()
    per_hour: int = 0
    any_of: frozenset[AuthorRole] = frozenset()


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
    def words(self) -> tuple[str, ...]:
        """The words of all its levels, each once."""
        return tuple(dict.fromkeys(word for level in self.levels for word in level.when.words))

    def find_level(self, level: int) -> CrisisLevel | None:
        """The level with that number."""
        return next((one for one in self.levels if one.level == level), None)
