"""What triage says of a conversation, and the order in which an inbox shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from toolkit.community.hours import Promise
from toolkit.community.triage.parts import Part
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Triage:
    """How urgent a conversation is, why, what it is called, whose it is, and until when an answer is promised.

    `assignee` is a person who is there, or ""; `risk` is a class from 0 to 3; `rules` are those that applied.
    `promise` is None where nobody promised anything; `since` and `due` are None while it is their turn.
    """

    parts: tuple[Part, ...] = ()
    labels: tuple[str, ...] = ()
    assignee: str = ""
    risk: int = 0
    promise: Promise | None = None
    since: datetime | None = None
    due: datetime | None = None
    rules: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()  # rules whose patterns took too long on this text

    @property
    def score(self) -> float:
        """The sum of the parts; more is more urgent."""
        return round(sum(part.points for part in self.parts), 3)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, the weightiest first."""
        return tuple(part.reason for part in sorted(self.parts, key=lambda part: -abs(part.points)))


def by_urgency(cases: Iterable[tuple[str, Triage]]) -> list[str]:
    """The ids in the order in which they are to be answered: the highest score first, of equal ones who waited longest.

    What nobody waits for comes after what somebody waits for.
    """

    def place(case: tuple[str, Triage]) -> tuple[float, bool, float, str]:
        found = case[1]
        return -found.score, found.since is None, found.since.timestamp() if found.since else 0.0, case[0]

    return [name for name, _found in sorted(cases, key=place)]
