"""Occasions: the days of `content/occasions/*.yml` that are near, and the ideas that somebody has for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from toolkit.editorial.ideas import Idea, Origin
from toolkit.language.sameness import title_words
from toolkit.model import Problem
from toolkit.values import dataclass
from toolkit.workspace import Occasion, Workspace

# Ideas that are older belong to its last time.
_SEASON: Final = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Coming:
    """An occasion's next time: its first and last day, and the day from which it is prepared."""

    occasion: Occasion
    first: date
    last: date
    start: date  # of the work: `lead` days before the first


def read_occasions(workspace: Workspace) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
    """The occasions in the order of their files, and what is wrong with them; the same that calendars show."""
    return workspace.occasions


def coming(occasions: Iterable[Occasion], today: date, ahead: timedelta) -> list[Coming]:
    """Occasions that last today or begin in the time `ahead`, the nearest first, each with its next time."""
    found = (one for occasion in occasions if (one := _next(occasion, today)) is not None)
    return sorted((one for one in found if one.first <= today + ahead), key=lambda one: (one.first, one.occasion.name))


def serves(idea: Idea, near: Coming) -> bool:
    """Whether somebody thought of this occasion for its next time, whatever became of the idea."""
    named = idea.source is Origin.OCCASION and title_words(idea.origin) == title_words(near.occasion.name)
    return named and (idea.created is None or near.first - _SEASON <= idea.created <= near.last)


def _next(occasion: Occasion, today: date) -> Coming | None:
    length = occasion.last - occasion.first
    # After eight years at the latest a 29th of February has come again.
    for year in range(today.year, today.year + 9):
        for first in sorted(occasion.starts(year)):
            if first + length >= today:
                return Coming(occasion, first, first + length, first - timedelta(days=occasion.lead))
    return None
