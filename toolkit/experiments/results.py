"""What an experiment's posts brought: one value for each post of each arm, at equal age."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from math import log
from statistics import mean, stdev
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.experiments.anytime import Anytime, compare_anytime
from toolkit.experiments.counts import Brought
from toolkit.experiments.experiment import Experiment
from toolkit.kpis import AGE_HOURS, KPIS, Comparison, Engine, Period, compare, midnight, unit_rows
from toolkit.kpis.leaving import ripe_units
from toolkit.kpis.lifts import PostResult, post_results
from toolkit.model import Post, Subject

YEAR: Final = timedelta(days=365)
Labels = Mapping[str, Collection[str]]  # uid of a post → its labels


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where results come from, and up to when they are known."""

    engine: Engine
    subjects: Mapping[str, Subject]
    zone: ZoneInfo
    seen: datetime  # aware
    channels: tuple[str, ...] = ()  # () means all
    age_hours: float = AGE_HOURS

    @property
    def mature(self) -> timedelta:
        """How long after publication posts are compared."""
        return timedelta(hours=self.age_hours)


@dataclass(frozen=True)
class Outcome:
    """What both arms brought: each post's mean factor over the usual of its channels and formats."""

    experiment: Experiment
    lifts: tuple[tuple[float, ...], tuple[float, ...]]
    seen: date  # the last day that is known
    over: bool  # the posts of the last day have their age, or both arms have their posts
    posts: tuple[int, int] = field(default=(0, 0))  # of each arm in the plan, whether they count yet or not

    @property
    def counts(self) -> tuple[int, int]:
        """The posts of each arm that are old enough and counted."""
        return len(self.lifts[0]), len(self.lifts[1])

    @property
    def full(self) -> bool:
        """Whether both arms have the posts that were planned."""
        return min(self.counts) >= self.experiment.planned

    @cached_property
    def anytime(self) -> Anytime | None:
        """The difference of the logarithms; None where nothing can be said yet."""
        first, second = ([log(lift) for lift in lifts if lift > 0] for lifts in self.lifts)
        return compare_anytime(first, second)

    @cached_property
    def comparison(self) -> Comparison:
        """By ranks."""
        return compare(*self.lifts)

    @property
    def spread(self) -> float:
        """The deviation of the logarithms over both arms; 1 where nothing is known."""
        logs = [log(lift) for lifts in self.lifts for lift in lifts if lift > 0]
        return max(stdev(logs), 0.05) if len(logs) > 1 else 1.0


def labels_of(posts: Iterable[Post]) -> Labels:
    """Uid → labels."""
    return {post.uid: frozenset(post.labels) for post in posts}


def outcome_of(experiment: Experiment, numbers: Numbers, labels: Labels) -> Outcome:
    """Both arms as known at `numbers.seen`."""
    first, last = midnight(experiment.start, numbers.zone), midnight(experiment.stop + timedelta(days=1), numbers.zone)
    since = min(numbers.seen - YEAR, first)
    results = lifts_of(numbers, experiment.metric, Period(since, max(numbers.seen, since), numbers.seen))
    lifts = post_lifts(post for post in results if first <= post.local < last)
    arms = [tuple(lifts[uid] for uid in sorted(lifts) if label in labels.get(uid, ())) for label in experiment.labels]
    planned = [sum(label in own for own in labels.values()) for label in experiment.labels]
    over = numbers.seen >= last + numbers.mature or min(map(len, arms)) >= experiment.planned
    seen = numbers.seen.astimezone(numbers.zone).date()
    return Outcome(experiment, (arms[0], arms[1]), seen, over, (planned[0], planned[1]))


def lifts_of(numbers: Numbers, metric: str, period: Period) -> list[PostResult]:
    """The posts of a period that were counted at their age, with what is usual for them."""
    asked = Period(period.start, period.end, period.until, numbers.age_hours)
    kpi = KPIS[metric]
    ripe = ripe_units(kpi, numbers.engine, asked, numbers.channels)
    rows = [row for row in unit_rows(kpi, numbers.engine, asked, numbers.channels) if (row.unit, row.channel) in ripe]
    rates = unit_rows(KPIS["engagement_rate_followers"], numbers.engine, asked, numbers.channels)
    followers = {(row.unit, row.channel): row.base for row in rates if row.base}
    return post_results(rows, {} if kpi.denominator else followers, numbers.subjects, numbers.zone)


def post_lifts(results: Iterable[PostResult]) -> dict[str, float]:
    """Uid → one value for each post: its channels share its luck."""
    lifts: dict[str, list[float]] = {}
    for post in results:
        if post.lift is not None:
            lifts.setdefault(post.uid, []).append(post.lift)
    return {uid: mean(values) for uid, values in lifts.items()}


def posts_brought(results: Iterable[PostResult]) -> dict[str, Brought]:
    """Uid → the same value with the interactions behind it; those of all its channels weigh as one audience."""
    known: dict[str, list[PostResult]] = {}
    for post in results:
        if post.usual is not None:
            known.setdefault(post.uid, []).append(post)
    lifts = post_lifts(post for posts in known.values() for post in posts)
    floors = {uid: mean(1 / ((post.usual or 0) + 1) for post in posts) for uid, posts in known.items()}
    return {uid: Brought(lifts[uid], floors[uid], floors[uid] / len(posts)) for uid, posts in known.items()}
