"""What a style rule finds: an alert at an exact place of the text that was checked."""

from __future__ import annotations

from enum import StrEnum

from toolkit.values import dataclass


class Level(StrEnum):
    """How much an alert matters, in Vale's words."""

    SUGGESTION = "suggestion"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """0 for a suggestion, 2 for an error: levels can be compared by it."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Replacement:
    """The one text that may stand in place of the match; "" removes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding in the code points ``start:end`` of the text; ``text[start:end] == match``, always.

    An alert about the text as a whole (its length, its readability) stands at its beginning and matches nothing. `fix`
    is None when there is no replacement, or more than one.
    """

    rule: str
    start: int
    end: int
    match: str
    message: str
    level: Level
    fix: Replacement | None = None
    link: str = ""
