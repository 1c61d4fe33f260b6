"""The best time to post, or that there is none: one estimate for each cell of the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from toolkit.kpis.chance import FEWEST
from toolkit.learning.times.belief import Belief, Seen, believe
from toolkit.learning.times.cells import CELLS
from toolkit.learning.times.posts import TimedPost, left_over

LEVEL: Final = 0.8
PROBABLE: Final = 0.5  # that a cell is the best, before it is called so
FREEDOM: Final = 20  # posts more than numbers that explain them


@dataclass(frozen=True, slots=True)
class CellTime:
    """One cell. Factors over the usual; None where there are too few posts. 80 % interval."""

    cell: str
    n: int
    factor: float | None = None
    low: float | None = None
    high: float | None = None
    best: float | None = None  # probability that it is the best of the cells with enough posts

    @property
    def reliable(self) -> bool:
        """Whether the interval leaves "no difference" out."""
        return self.low is not None and self.high is not None and (self.low > 1 or self.high < 1)


@dataclass(frozen=True, slots=True)
class Times:
    """The week. `belief` is None where there are too few posts to compare anything."""

    n: int  # posts
    cells: tuple[CellTime, ...]  # in the order of the week
    belief: Belief | None = None

    @property
    def leading(self) -> CellTime | None:
        """The cell with the largest estimate, whether that means anything or not."""
        known = [one for one in self.cells if one.factor is not None]
        return max(known, key=lambda one: (one.factor or 0.0, one.cell), default=None)

    @property
    def best(self) -> CellTime | None:
        """The cell that is reliably better than usual and probably the best; None is the normal answer."""
        first = self.leading
        good = first is not None and first.low is not None and first.low > 1 and (first.best or 0.0) >= PROBABLE
        return first if good else None

    @property
    def compared(self) -> int:
        """How many cells have enough posts."""
        return sum(one.factor is not None for one in self.cells)


def estimate_times(posts: Sequence[TimedPost]) -> Times:
    """One estimate for each cell with at least eight posts; none when fewer than two cells have them."""
    counts = {cell: sum(post.cell == cell for post in posts) for cell in CELLS}
    enough = [cell for cell, n in counts.items() if n >= FEWEST]
    lifts, free = left_over(posts)
    freedom = len(posts) - free - sum(n > 0 for n in counts.values())
    if len(enough) < 2 or freedom < FREEDOM:
        return Times(len(posts), tuple(CellTime(cell, n) for cell, n in counts.items()))
    seen = {cell: _seen(cell, posts, lifts) for cell in CELLS}
    squares = sum((lift - seen[post.cell].mean) ** 2 for post, lift in zip(posts, lifts, strict=True))
    belief = believe(seen, squares / freedom)
    return Times(len(posts), tuple(_cell(cell, counts[cell], belief, enough) for cell in CELLS), belief)


def _seen(cell: str, posts: Sequence[TimedPost], lifts: Sequence[float]) -> Seen:
    own = [lift for post, lift in zip(posts, lifts, strict=True) if post.cell == cell]
    return Seen(len(own), sum(own) / len(own) if own else 0.0)


def _cell(cell: str, n: int, belief: Belief, enough: Sequence[str]) -> CellTime:
    if cell not in enough:
        return CellTime(cell, n)
    return CellTime(cell, n, belief.factor(cell), *belief.interval(cell, LEVEL), belief.best(cell, enough))
