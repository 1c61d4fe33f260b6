"""Fair comparison of posts: each against what its channel usually has, all at the same age."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.chance import ENOUGH, FEWEST, usual
from toolkit.kpis.dayparts import part_of_day
from toolkit.kpis.effects import Effect, Sample, estimate, unexplained
from toolkit.kpis.rows import UnitRow
from toolkit.model import Subject


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


@dataclass(frozen=True, slots=True)
class GroupLift:
    """What a group of posts brings; `effect` is None where n is not enough."""

    kind: str
    group: str
    n: int  # posts
    effect: Effect | None

    @property
    def factor(self) -> float:
        """The shrunken factor over the usual; 1 where nothing is known."""
        return self.effect.factor if self.effect else 1.0

    @property
    def reliable(self) -> bool:
        return self.effect is not None and self.effect.reliable


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
TIME: Final = "time"


def group_lifts(results: Iterable[PostResult]) -> dict[tuple[str, str], GroupLift]:
    """(kind, group) → what posts of the group bring, when everything else that is known is taken out.

    The kind `TIME` has a group for each weekday and part of the day, such as "2 morning".
    """
    kept = [post for post in results if post.usual_channel is not None]
    lifts = [log((post.interactions + 1) / ((post.usual_channel or 0) + 1)) for post in kept]
    kinds = {kind: names for kind, group in KINDS.items() if any(names := [group(post) for post in kept])}
    months = [f"{post.local:%Y-%m}" for post in kept]
    left = unexplained({**kinds, "month": months}, lifts)
    found: dict[tuple[str, str], GroupLift] = {}
    for kind, names in kinds.items():
        found |= _groups(kind, kept, names, left[kind], FEWEST)
    rest = {kind: names for kind, names in kinds.items() if kind not in {"weekday", "part"}}
    times = [f"{post.local.isoweekday()} {part_of_day(post.local.hour)}" for post in kept]
    return found | _groups(TIME, kept, times, unexplained({**rest, "month": months, TIME: times}, lifts)[TIME], ENOUGH)


def _groups(
    kind: str, posts: Sequence[PostResult], names: Sequence[str], lifts: Sequence[float], fewest: int
) -> dict[tuple[str, str], GroupLift]:
    uids: dict[str, set[str]] = {}
    for post, name in zip(posts, names, strict=True):
        uids.setdefault(name, set()).add(post.uid)
    samples = (Sample(post.uid, name, lift) for post, name, lift in zip(posts, names, lifts, strict=True))
    effects = {effect.group: effect for effect in estimate(samples, fewest)}
    return {(kind, name): GroupLift(kind, name, len(some), effects.get(name)) for name, some in uids.items() if name}


def reasons(post: PostResult, groups: Mapping[tuple[str, str], GroupLift]) -> list[GroupLift]:
    """The reliable groups that pull in the direction of this post's result, strongest first."""
    own = [groups.get((kind, group(post))) for kind, group in KINDS.items() if kind != "format"]
    up = (post.lift or 1.0) > 1
    fitting = [one for one in own if one is not None and one.reliable and (one.factor > 1) == up]
    return sorted(fitting, key=lambda one: one.factor, reverse=up)
