"""Posts by what they brought over the usual, one row each, and the one way in which groups of them are compared.

Everything that says "this group does better" asks here: what `leitstand learn` proposes, what came after a decision, and
the tables and sentences of reports. So none of them says another number than the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from math import exp, log
from typing import Final

from toolkit.kpis.contrast import Contrast, Model, Row
from toolkit.kpis.lifts import KINDS, PostResult
from toolkit.values import dataclass

_MONTH: Final = "month"
_TOLD: Final = "told"


@dataclass(frozen=True, slots=True)
class Rated:
    """One post: when it went out on the workspace's clock, and the mean over its channels of the lift's logarithm."""

    uid: str
    local: datetime
    lift: float
    groups: Mapping[str, str] = field(repr=False)


def rate_results(results: Iterable[PostResult]) -> list[Rated]:
    """Every post that has a usual to be held against; oldest first.

    Lift is what a post brought over what its channel usually has. The channels of a post share its luck, so that they
    are one row.
    """
    posts: dict[str, list[PostResult]] = {}
    for result in results:
        if result.usual_channel is not None:
            posts.setdefault(result.uid, []).append(result)
    return sorted((_rate(uid, own) for uid, own in posts.items()), key=lambda post: (post.local, post.uid))


def _rate(uid: str, results: Sequence[PostResult]) -> Rated:
    first = min(results, key=lambda result: (result.local, result.channel))
    lifts = [log((result.interactions + 1) / ((result.usual_channel or 0.0) + 1)) for result in results]
    groups = {kind: group(first) for kind, group in KINDS.items()} | {_MONTH: f"{first.local:%Y-%m}"}
    return Rated(uid, first.local, sum(lifts) / len(lifts), groups)


def make_model(posts: Iterable[Rated], traits: Mapping[str, frozenset[str]]) -> Model:
    """The posts as a linear model; whether a post's text is known (is in `traits`) is a column of its own."""
    return Model(
        [
            Row(post.lift, {**post.groups, _TOLD: "yes" if post.uid in traits else ""}, traits.get(post.uid))
            for post in posts
        ]
    )


def expected(found: Sequence[Contrast]) -> list[float]:
    """The factor that each group of a kind promises: whichever looks best is a little lucky, so all are drawn towards 1."""
    if not found:
        return []
    spread = _spread(found)
    return [exp(one.value * spread / (spread + one.error**2)) for one in found]


def _spread(found: Sequence[Contrast]) -> float:
    """How much the true differences of a kind scatter around none, beyond what chance makes of them (by moments)."""
    weights = [1 / one.error**2 for one in found]
    scatter = sum(weight * one.value**2 for weight, one in zip(weights, found, strict=True))
    return max(0.0, (scatter - len(found)) / sum(weights))
