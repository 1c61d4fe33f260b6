"""Questions about posts: what weekday, part of the day, pillar, format, hashtag, word and shape of a text bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import exp, log
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis import KPIS, Engine, Period, UnitRow, unit_rows
from toolkit.kpis.lifts import KINDS, PostResult, post_results
from toolkit.learning.contrast import Contrast, Model, Row
from toolkit.learning.question import Answer, Kind
from toolkit.learning.traits import Traits
from toolkit.model import Subject

HISTORY: Final = timedelta(days=365)
RIPE: Final = timedelta(days=7)  # posts are compared at this age
# What is asked about; of the other kinds it is only known that they play a part.
ASKED: Final = (Kind.WEEKDAY, Kind.PART, Kind.PILLAR, Kind.FORMAT)
_MONTH: Final = "month"
_TOLD: Final = "told"


@dataclass(frozen=True, slots=True)
class Rated:
    """One post: when it went out on the workspace's clock, and the mean over its channels of the lift's logarithm."""

    uid: str
    local: datetime
    lift: float
    groups: Mapping[str, str] = field(repr=False)


def rate_posts(
    engine: Engine, subjects: Mapping[str, Subject], zone: ZoneInfo, now: datetime, since: datetime | None = None
) -> list[Rated]:
    """Every post of the last year, or since a moment, that has its age; oldest first.

    Lift is what a post brought over what its channel usually has. The channels of a post share its luck, so that they
    are one row.
    """
    period = Period(min(since or now - HISTORY, now - RIPE), now - RIPE, now)
    rates = unit_rows(KPIS["engagement_rate_followers"], engine, period)
    followers = {(row.unit, row.channel): row.base for row in rates if row.base}
    return rate_rows(unit_rows(KPIS["interactions"], engine, period), followers, subjects, zone)


def rate_rows(
    rows: Iterable[UnitRow], followers: Mapping[tuple[str, str], float], subjects: Mapping[str, Subject], zone: ZoneInfo
) -> list[Rated]:
    """The same of counts that somebody has already; `followers` as `toolkit.kpis.lifts.post_results` takes them."""
    posts: dict[str, list[PostResult]] = {}
    for result in post_results(rows, followers, subjects, zone):
        if result.usual_channel is not None:
            posts.setdefault(result.uid, []).append(result)
    return sorted((_rate(uid, results) for uid, results in posts.items()), key=lambda post: (post.local, post.uid))


def _rate(uid: str, results: Sequence[PostResult]) -> Rated:
    first = min(results, key=lambda result: (result.local, result.channel))
    lifts = [log((result.interactions + 1) / ((result.usual_channel or 0.0) + 1)) for result in results]
    groups = {kind: group(first) for kind, group in KINDS.items()} | {_MONTH: f"{first.local:%Y-%m}"}
    return Rated(uid, first.local, sum(lifts) / len(lifts), groups)


def make_model(posts: Iterable[Rated], traits: Traits | None = None) -> Model:
    """The posts as a linear model; whether a post's text is known is a column of its own."""
    known = traits.of if traits is not None else {}
    return Model(
        [
            Row(post.lift, {**post.groups, _TOLD: "yes" if post.uid in known else ""}, known.get(post.uid))
            for post in posts
        ]
    )


def ask_posts(posts: Sequence[Rated], traits: Traits) -> list[Answer]:
    """An answer to every question that enough posts can answer; not yet judged (`toolkit.learning.question.judge`)."""
    if not posts:
        return []
    model = make_model(posts, traits)
    answers = [answer for kind in ASKED for answer in _answers(kind, model.groups(kind.value))]
    for kind in (Kind.HASHTAG, Kind.WORD, Kind.SHAPE):
        names = {key: name for key, (own, name) in traits.asked.items() if own is kind}
        found = [one for key in names if (one := model.trait(kind.value, key)) is not None]
        answers += _answers(kind, [replace(one, group=names[one.group]) for one in found])
    return answers


def answer(kind: Kind, contrast: Contrast) -> Answer:
    """A contrast as factors."""
    value, low, high = (exp(contrast.value + side * contrast.reach()) for side in (0, -1, 1))
    return Answer(
        kind, contrast.group, contrast.n, contrast.others, value=value, low=low, high=high, p=contrast.p, expected=value
    )


def _answers(kind: Kind, found: Sequence[Contrast]) -> list[Answer]:
    """Whichever group looks best is a little lucky: what each promises is drawn towards no difference."""
    if not found:
        return []
    spread = _spread(found)
    return [replace(answer(kind, one), expected=exp(one.value * spread / (spread + one.error**2))) for one in found]


def _spread(found: Sequence[Contrast]) -> float:
    """How much the true differences of a kind scatter around none, beyond what chance makes of them (by moments)."""
    weights = [1 / one.error**2 for one in found]
    scatter = sum(weight * one.value**2 for weight, one in zip(weights, found, strict=True))
    return max(0.0, (scatter - len(found)) / sum(weights))
