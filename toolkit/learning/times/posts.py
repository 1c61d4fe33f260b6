"""Posts as the question for the best time sees them: when, how well, and what else could explain that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from math import log
from typing import Final

from toolkit.kpis.contrast import Model, Row
from toolkit.kpis.lifts import PostResult
from toolkit.learning.times.cells import cell_of
from toolkit.values import dataclass

CELL: Final = "cell"
MONTH: Final = "month"


@dataclass(frozen=True, slots=True)
class TimedPost:
    """One post in one cell. `lift` is the logarithm of its result over what its channel usually has.

    `factors` names what else could explain the result: kind → the post's group, the same kinds for all posts.
    """

    uid: str
    local: datetime
    cell: str
    lift: float
    factors: Mapping[str, str]


# What content was chosen for a time, and what moved everything at that time.
FACTORS: Final[Mapping[str, Callable[[PostResult], str]]] = {
    MONTH: lambda post: f"{post.local:%Y-%m}",
    "format": lambda post: post.about.format,
    "paid": lambda post: "" if post.about.paid is None else "paid" if post.about.paid else "unpaid",
    "campaign": lambda post: post.about.campaign,
    "pillar": lambda post: post.about.pillar,
}


def timed_posts(results: Iterable[PostResult], channel: str = "") -> list[TimedPost]:
    """The posts of a channel, or of all: then a post counts once in each cell, because its channels share its luck."""
    groups: dict[tuple[str, str], list[PostResult]] = {}
    for post in results:
        if post.usual_channel is not None and (not channel or post.channel == channel):
            groups.setdefault((post.uid, cell_of(post.local)), []).append(post)
    found = [_timed(cell, own) for (_uid, cell), own in groups.items()]
    return sorted(found, key=lambda post: (post.local, post.uid))


def _timed(cell: str, own: Sequence[PostResult]) -> TimedPost:
    lifts = [log((post.interactions + 1) / ((post.usual_channel or 0.0) + 1)) for post in own]
    factors = {kind: group(own[0]) for kind, group in FACTORS.items()}
    return TimedPost(own[0].uid, own[0].local, cell, sum(lifts) / len(lifts), factors)


def make_model(posts: Sequence[TimedPost]) -> Model:
    """The posts as the linear model that compares groups everywhere, with the cell as one kind."""
    return Model([Row(post.lift, {**post.factors, CELL: post.cell}) for post in posts])


def left_over(posts: Sequence[TimedPost]) -> list[float]:
    """Each post's lift less what everything but its time explains."""
    levels = make_model(posts).levels()
    return [post.lift - _explained(post, levels) for post in posts]


def adjust(known: Sequence[TimedPost], later: Sequence[TimedPost]) -> list[float]:
    """The lifts of later posts less what the known ones' formats, campaigns and so on explain, and their own month's mean.

    A month nobody has seen yet cannot be explained from before; what is left compares posts of the same month.
    """
    levels = {key: value for key, value in make_model(known).levels().items() if key[0] != MONTH}
    rest = [post.lift - _explained(post, levels) for post in later]
    months: dict[str, list[float]] = {}
    for post, value in zip(later, rest, strict=True):
        months.setdefault(post.factors[MONTH], []).append(value)
    means = {month: sum(values) / len(values) for month, values in months.items()}
    return [value - means[post.factors[MONTH]] for post, value in zip(later, rest, strict=True)]


def _explained(post: TimedPost, levels: Mapping[tuple[str, str], float]) -> float:
    return sum(levels.get(factor, 0.0) for factor in post.factors.items())
