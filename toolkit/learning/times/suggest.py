"""Moments to post at: four of five where it is probably good, one where little is known, so that there is something to learn.

The four are drawn as Thompson (1933) drew treatments: a world that could be is drawn from the belief, and its best cell
taken. Where no cell is better this spreads posts over all of them; the surer a cell is, the more often it comes. The fifth
goes where the belief is widest. Everything is drawn from a seed, so that whoever asks again gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random
from statistics import pstdev
from typing import Final

from toolkit.learning.times.belief import Belief
from toolkit.learning.times.cells import cell_of
from toolkit.learning.times.estimate import Times
from toolkit.messages import _

SHARE: Final = 5  # one of so many explores


class Why(StrEnum):
    """Why a moment is proposed."""

    GOOD = "good"  # its cell came out best of what is believed
    EXPLORE = "explore"  # little is known about its cell
    VARIETY = "variety"  # nothing is known about any cell


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A moment on the account's clock, its cell, and why."""

    at: datetime
    cell: str
    why: Why


def suggest_times(times: Times, openings: Iterable[datetime], count: int, seed: str) -> tuple[Suggestion, ...]:
    """Up to `count` moments out of `openings` (local, in order), not two on one day; in the order of time.

    Cells without an opening are not drawn, so that nothing is promised that quiet hours forbid.
    """
    chance, free = Random(seed), _by_cell(openings)  # noqa: S311  # draws that everybody can repeat
    found: list[Suggestion] = []
    for number in range(count):
        if number % SHARE == 0:
            exploring = number + chance.randrange(SHARE)
        cells = [cell for cell in free if free[cell]]
        if not cells:
            break
        cell, why = _draw(times.belief, cells, chance, explore=number == exploring)
        at = free[cell][0]
        found.append(Suggestion(at, cell, why))
        free = {name: [one for one in own if one.date() != at.date()] for name, own in free.items()}
    return tuple(sorted(found, key=lambda one: one.at.timestamp()))


def say_why(why: Why) -> str:
    """The reason in words."""
    return {
        Why.GOOD: _("probably good, by the posts so far"),
        Why.EXPLORE: _("to learn: little is known about this time"),
        Why.VARIETY: _("for variety: too little is known to prefer any time"),
    }[why]


def _draw(belief: Belief | None, cells: Sequence[str], chance: Random, *, explore: bool) -> tuple[str, Why]:
    if belief is None:
        return chance.choice(cells), Why.VARIETY
    if explore:
        doubts = [pstdev(belief.effects(cell)) for cell in cells]
        return chance.choices(cells, [doubt**2 + 1e-12 for doubt in doubts])[0], Why.EXPLORE
    world = dict(zip(belief.cells, chance.choice(belief.draws), strict=True))
    return max(cells, key=lambda cell: (world[cell], cell)), Why.GOOD


def _by_cell(openings: Iterable[datetime]) -> Mapping[str, Sequence[datetime]]:
    found: dict[str, list[datetime]] = {}
    for at in openings:
        found.setdefault(cell_of(at), []).append(at)
    return found
