"""Fair comparison of posts: each against what its channel usually has, all at the same age."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.chance import ENOUGH, usual
from toolkit.kpis.dayparts import part_of_day
from toolkit.kpis.rows import UnitRow
from toolkit.model import Subject
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class PostResult:
    """One post on one channel, and what is usual for an audience of that size. None: too few posts to say."""

    uid: str
    channel: str
    local: datetime
    about: Subject
    interactions: float
    usual: float | None  # the median of its channel and format
    usual_channel: float | None  # the median of its channel
    n: int  # posts behind `usual`

    @property
    def lift(self) -> float | None:
        """How many times its usual interactions the post had; both count one more, so that zero divides nothing."""
        return None if self.usual is None else (self.interactions + 1) / (self.usual + 1)


def post_results(
    rows: Iterable[UnitRow], followers: Mapping[tuple[str, str], float], subjects: Mapping[str, Subject], zone: ZoneInfo
) -> list[PostResult]:
    """Every post with its baseline: its channel and format if that cell has enough posts, else its channel.

    `followers`, (uid, channel) → count at publication, takes the growth of an audience out of the comparison, on the
    channels where it is known for every post.
    """
    kept = [(row, subjects.get(row.unit, Subject(row.unit)), row.part or 0.0) for row in rows]
    blind = {row.channel for row, _about, _value in kept if (row.unit, row.channel) not in followers}
    sizes = [1.0 if row.channel in blind else followers[row.unit, row.channel] for row, _about, _value in kept]
    cells: dict[tuple[str, str | None], list[float]] = {}
    for (row, about, value), size in zip(kept, sizes, strict=True):
        cells.setdefault((row.channel, about.format), []).append(value / size)
        cells.setdefault((row.channel, None), []).append(value / size)
    results = []
    for (row, about, value), size in zip(kept, sizes, strict=True):
        cell = cells[row.channel, about.format]
        base = cell if len(cell) >= ENOUGH else cells[row.channel, None]
        whole = _usual(cells[row.channel, None], size)
        local = row.at.astimezone(zone)
        results.append(PostResult(row.unit, row.channel, local, about, value, _usual(base, size), whole, len(base)))
    return results


def _usual(values: Sequence[float], size: float) -> float | None:
    found = usual(values)
    return None if found is None else found.median * size


KINDS: Final[Mapping[str, Callable[[PostResult], str]]] = {
    "campaign": lambda post: post.about.campaign,
    "pillar": lambda post: post.about.pillar,
    "format": lambda post: post.about.format,
    "weekday": lambda post: str(post.local.isoweekday()),
    "part": lambda post: part_of_day(post.local.hour),
    "paid": lambda post: "" if post.about.paid is None else "paid" if post.about.paid else "unpaid",
}
