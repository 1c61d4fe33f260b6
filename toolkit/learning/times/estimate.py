"""The best time to post, or that there is none: one estimate for each cell of the week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toolkit.kpis.chance import FEWEST, LEVEL
from toolkit.learning.times.belief import Belief, Seen, believe
from toolkit.learning.times.cells import CELLS
from toolkit.learning.times.posts import CELL, TimedPost, make_model
from toolkit.values import dataclass

SHOWN: Final = 2  # decimals; an interval that is shown as 1.00 to 1.53 has no difference in it
PROBABLE: Final = 0.5  # that a cell is the best, before it is called so


@dataclass(frozen=True, slots=True)
class CellTime:
    """One cell. Factors over what posts at other times bring; None where there are too few posts. 90 % interval."""

    cell: str
    n: int
    factor: float | None = None
    low: float | None = None
    high: float | None = None
    best: float | None = None  # probability that it is the best of the cells with enough posts

    @property
    def reliable(self) -> bool:
        """Whether the interval, as it is shown, leaves "no difference" out."""
        return self.better or (self.high is not None and round(self.high, SHOWN) < 1)

    @property
    def better(self) -> bool:
        """Whether it is reliable, and more."""
        return self.low is not None and round(self.low, SHOWN) > 1


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
        """The cell that is reliably better than the others and probably the best; None is the normal answer."""
        first = self.leading
        return first if first is not None and first.better and (first.best or 0.0) >= PROBABLE else None

    @property
    def compared(self) -> int:
        """How many cells have enough posts."""
        return sum(one.factor is not None for one in self.cells)

    def at(self, cell: str) -> CellTime:
        """What is known of a cell."""
        return next(one for one in self.cells if one.cell == cell)


def estimate_times(posts: Sequence[TimedPost]) -> Times:
    """One estimate for each cell with at least eight posts; none when fewer than two cells have them."""
    counts = {cell: sum(post.cell == cell for post in posts) for cell in CELLS}
    enough = [cell for cell, n in counts.items() if n >= FEWEST]
    model = make_model(posts) if len(enough) > 1 else None
    spread = model.spread_of(CELL) if model is not None else None
    if model is None or spread is None:
        return Times(len(posts), tuple(CellTime(cell, n) for cell, n in counts.items()))
    levels = model.levels()
    order = [group for kind, group in model.names if kind == CELL]
    at = [order.index(cell) for cell in CELLS if counts[cell]]
    seen = {cell: Seen(n, levels.get((CELL, cell), 0.0)) for cell, n in counts.items()}
    belief = believe(seen, spread[at][:, at])
    return Times(len(posts), tuple(_cell(cell, counts[cell], belief, enough) for cell in CELLS), belief)


def _cell(cell: str, n: int, belief: Belief, enough: Sequence[str]) -> CellTime:
    if cell not in enough:
        return CellTime(cell, n)
    return CellTime(cell, n, *belief.middle(cell, LEVEL), belief.best(cell, enough))
