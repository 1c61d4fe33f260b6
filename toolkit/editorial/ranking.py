"""The order in which ideas are offered: what is nearest to being planned, and there what is worth most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from toolkit.editorial.ideas import Idea, Stage

_ORDER: Final = {
    stage: place for place, stage in enumerate((Stage.SHORTLISTED, Stage.NEW, Stage.PLANNED, Stage.DROPPED))
}


def rank(ideas: Iterable[Idea]) -> list[Idea]:
    """The shortlist, the new ones, the planned, the dropped; each by value, the unscored last, the oldest first."""
    return sorted(ideas, key=_key)


def _key(idea: Idea) -> tuple[int, float, date, str]:
    value = idea.score.value if idea.score else 0.0
    return _ORDER[idea.stage], -value, idea.created or date.max, idea.name
