"""Moments to post at: four of five by what is known, one where little is known, so that there is something to learn.

The four are drawn as Thompson (1933) drew treatments: a world that could be is drawn from the belief, and its best cell
taken. Where no cell is better this spreads posts over all of them, and no suggestion claims more; the surer a cell is, the
more often it comes. The fifth goes where the belief is widest. Everything is drawn from a seed, so that whoever asks again gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import Final

from toolkit.learning.times.belief import DRAWS
from toolkit.learning.times.cells import cell_of
from toolkit.learning.times.estimate import CellTime, Times
from toolkit.messages import _, decimal
from toolkit.values import dataclass

SHARE: Final = 5  # one of so many explores


class Why(StrEnum):
    """Why a moment is proposed."""

    BETTER = "better"  # its cell is reliably better than the others
    TRY = "try"  # little is known about its cell: there is something to learn
    VARIETY = "variety"  # no reliable difference, or nothing known at all


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A moment on the account's clock, why, and what is known of its cell."""

    at: datetime
    known: CellTime
    why: Why

    @property
    def cell(self) -> str:
        return self.known.cell


def suggest_times(times: Times, openings: Iterable[datetime], count: int, seed: str) -> tuple[Suggestion, ...]:
    """Up to `count` moments out of `openings` (local, in order), not two on one day; in the order of time.

    Cells without an opening are not drawn, so that nothing is promised that quiet hours forbid; nor are cells that are
    reliably worse, as long as there are others.
    """
    chance, free = Random(seed), _by_cell(openings)  # noqa: S311  # draws that everybody can repeat
    found: list[Suggestion] = []
    for number in range(count):
        if number % SHARE == 0:
            exploring = number + chance.randrange(SHARE)
        cells = [cell for cell in free if free[cell]]
        if not cells:
            break
        known = _draw(times, cells, chance, explore=number == exploring)
        at = free[known.cell][0]
        found.append(Suggestion(at, known, _why(times, known, explored=number == exploring)))
        free = {name: [one for one in own if one.date() != at.date()] for name, own in free.items()}
    return tuple(sorted(found, key=lambda one: one.at.timestamp()))


def say_why(one: Suggestion) -> str:
    """The reason in words, with n and interval."""
    if one.known.factor is None and one.why is Why.VARIETY:
        return _("for variety: too few posts to prefer any time (n = {n})").format(n=one.known.n)
    words = {
        Why.BETTER: _("better: {numbers}"),
        Why.TRY: _("to try: little is known about this time yet, {numbers}"),
        Why.VARIETY: _("for variety: no reliable difference, {numbers}"),
    }
    return words[one.why].format(numbers=say_numbers(one.known))


def say_numbers(known: CellTime) -> str:
    """What posts of a cell brought, with the interval, and how many they are."""
    if known.factor is None or known.low is None or known.high is None:
        return _("n = {n}: too few posts").format(n=known.n)
    factor, low, high = (decimal(number, ".2f") for number in (known.factor, known.low, known.high))
    return _("{factor} times other times, interval (90%) {low} to {high}, n = {n}").format(
        factor=factor, low=low, high=high, n=known.n
    )


def _why(times: Times, known: CellTime, *, explored: bool) -> Why:
    if explored and times.belief is not None and not known.reliable:
        return Why.TRY
    return Why.BETTER if known.better else Why.VARIETY


def _draw(times: Times, cells: Sequence[str], chance: Random, *, explore: bool) -> CellTime:
    """The cell that comes out best in a world that could be; to explore, one by how little is known of it."""
    belief = times.belief
    if belief is None:
        return times.at(chance.choice(cells))
    known = [times.at(cell) for cell in cells]
    open_ones = [one for one in known if not one.reliable] if explore else []
    kept = open_ones or [one for one in known if not one.reliable or one.better] or known
    if explore:
        return chance.choices(kept, [belief.doubt(one.cell) ** 2 + 1e-12 for one in kept])[0]
    world = belief.world(chance.randrange(DRAWS))
    return max(kept, key=lambda one: (world[one.cell], one.cell))


def _by_cell(openings: Iterable[datetime]) -> Mapping[str, Sequence[datetime]]:
    found: dict[str, list[datetime]] = {}
    for at in openings:
        found.setdefault(cell_of(at), []).append(at)
    return found
