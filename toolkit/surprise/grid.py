"""Where counts fall in time: bins of one step, whatever seconds a source is late or early.

Instants are compared, never wall times, so that summer time neither repeats an hour nor leaves one out. The first count
sets the beat; each later one goes to the bin that begins nearest to it. A bin without a count was not seen: the source
was down, and that is not the same as zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from toolkit.surprise.tuning import Tuning
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How many mentions there were in the step that `at` (aware) stands for."""

    at: datetime
    value: int

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a count has an instant: a time with a zone")
        if self.value < 0:
            raise ValueError("a count is never negative")


@dataclass(frozen=True, slots=True)
class Bin:
    """The last bin: when it begins, and what was counted in it up to now.

    `total` is None in the bin in which a source came back after an absence: what it brings may have piled up, so it is
    not believed. One bin may be lost in twelve of a window; that much more in one bin is no spike.
    """

    begins: datetime
    total: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The bins of a tuning: how long one is, how many may be lost before a source was away, when all is forgotten."""

    step: timedelta
    lost: int
    forgotten: int
    greatest: int

    @classmethod
    def of(cls, tuning: Tuning) -> Grid:
        return cls(tuning.step, tuning.shortest // 12, tuning.remembered, tuning.greatest)

    def place(self, last: Bin | None, count: Count) -> tuple[int, Bin]:
        """How many bins a count is after the last one, and the bin it goes to; 0 when it joins that bin.

        An absence that outlasts the memory is cut to it. Raises `ValueError` for a count before the last bin.
        """
        value = min(count.value, self.greatest)
        if last is None:
            return 1, Bin(count.at.astimezone(UTC), value)
        ahead = (count.at - last.begins + self.step / 2) // self.step
        if ahead > 0:
            total = value if ahead <= self.lost + 1 else None
            return min(ahead, self.forgotten + 1), Bin(last.begins + ahead * self.step, total)
        if ahead < 0:
            at, begins = count.at.isoformat(), last.begins.isoformat()
            raise ValueError(f"a count of {at} after the one of {begins}: counts come in the order of time")
        return 0, Bin(last.begins, None if last.total is None else min(last.total + value, self.greatest))


@dataclass(frozen=True, slots=True)
class Placed:
    """Bins in a row, None where nothing was seen, and for each count its bin and that bin's total up to it."""

    totals: tuple[int | None, ...]
    indexes: tuple[int, ...]
    so_far: tuple[int, ...]


def place_all(counts: Iterable[Count], tuning: Tuning) -> Placed:
    """All counts of a series, in the order of time."""
    totals: list[int | None] = []
    indexes: list[int] = []
    so_far: list[int] = []
    grid = Grid.of(tuning)
    last: Bin | None = None
    for count in counts:
        ahead, last = grid.place(last, count)
        extend(totals, ahead, last.total)
        indexes.append(len(totals) - 1)
        so_far.append(last.total or 0)
    return Placed(tuple(totals), tuple(indexes), tuple(so_far))


def extend(totals: list[int | None], ahead: int, total: int | None) -> None:
    """Go `ahead` bins and put the total into the last one; the bins between were not seen."""
    if ahead:
        totals.extend([None] * ahead)
    totals[-1] = total


def tally(instants: Iterable[datetime], begins: datetime, ends: datetime, step: timedelta) -> list[Count]:
    """Count single mentions: one `Count` for each whole step from `begins` to `ends`, zeros included.

    Call it for the time in which the source was asked and answered, so that what was not seen stays unseen. Mentions
    outside that time are left out.
    """
    values = [0] * ((ends - begins) // step)
    for instant in instants:
        index = (instant - begins) // step
        if 0 <= index < len(values):
            values[index] += 1
    return [Count(begins + index * step, value) for index, value in enumerate(values)]
