"""What both arms of an experiment brought: the first posts of each, as many as were planned, and no others ever.

A test at five per cent keeps its promise when it is made once, on the posts that were planned. So an arm is full with the
planned number, in the order in which posts got their age, and what comes later is not counted: the result stays what it was on the
day on which it was there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from math import log
from statistics import stdev

from toolkit.experiments.anytime import Gap, compare_anytime
from toolkit.experiments.counted import YEAR, Counted, Numbers, count_posts
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.fingerprint import Standing, standing
from toolkit.experiments.marks import Marks, read_marks
from toolkit.experiments.ranks import compare_ranks
from toolkit.kpis import Period, midnight
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ArmPosts:
    """The posts of an arm: the planned ones, in the order in which they got their age, and by uid all others."""

    counted: tuple[Counted, ...]
    surplus: tuple[str, ...] = ()  # have their age, after the arm was full
    waiting: tuple[str, ...] = ()  # have not got it, or were not measured

    @property
    def marked(self) -> int:
        """All posts that belong to it."""
        return len(self.counted) + len(self.surplus) + len(self.waiting)

    @property
    def lifts(self) -> tuple[float, ...]:
        """Each counted post's mean factor over the usual of its channels."""
        return tuple(post.brought.lift for post in self.counted)

    @property
    def logs(self) -> list[float]:
        """Their logarithms."""
        return [log(lift) for lift in self.lifts]


@dataclass(frozen=True)
class Outcome:
    """What both arms brought, as known on a day."""

    experiment: Experiment
    standing: Standing
    arms: tuple[ArmPosts, ArmPosts]
    seen: date  # the last day that is known
    last: date  # when the posts of the last day have their age
    proven: bool = True  # whether a history says with which labels the posts went out

    @property
    def counts(self) -> tuple[int, int]:
        """The posts of each arm that count."""
        return len(self.arms[0].counted), len(self.arms[1].counted)

    @property
    def full(self) -> bool:
        """Whether both arms have the posts that were planned."""
        return min(self.counts) >= self.experiment.planned

    @property
    def over(self) -> bool:
        """Whether no more posts will count: an arm is full, or its days are past and no post of them waits for its age."""
        waiting = any(arm.waiting for arm in self.arms)
        return self.full or self.seen >= (self.last if waiting else self.experiment.stop + timedelta(days=1))

    @cached_property
    def anytime(self) -> Gap | None:
        """The difference of the logarithms, which may be looked at at any time; None where nothing can be said yet."""
        return compare_anytime(self.arms[0].logs, self.arms[1].logs)

    @cached_property
    def ranked(self) -> Gap | None:
        """Their difference by ranks, for the one look at the end; None with fewer posts than are ever compared."""
        return compare_ranks(self.arms[0].logs, self.arms[1].logs)

    @property
    def spread(self) -> float:
        """The deviation of the logarithms over both arms; 1 where nothing is known."""
        logs = [*self.arms[0].logs, *self.arms[1].logs]
        return max(stdev(logs), 0.05) if len(logs) > 1 else 1.0


def read_outcomes(workspace: Workspace, numbers: Numbers, experiments: Iterable[Experiment]) -> list[Outcome]:
    """Every experiment as known at `numbers.seen`, in their order."""
    chosen = list(experiments)
    marks = read_marks(workspace, chosen, numbers.seen)
    return [outcome_of(one, numbers, marks) for one in chosen]


def first_post(experiment: Experiment, marks: Marks) -> datetime | None:
    """When the first post of an arm goes out or went out; None while none has a time."""
    arms, own = set(experiment.labels), marks.of(experiment)
    return min((at for uid, at in own.times.items() if arms & own.labels(uid)), default=None)


def outcome_of(experiment: Experiment, numbers: Numbers, marks: Marks) -> Outcome:
    """Both arms as known at `numbers.seen`."""
    marks = marks.of(experiment)
    first, last = midnight(experiment.start, numbers.zone), midnight(experiment.stop + timedelta(days=1), numbers.zone)
    end = max(min(numbers.seen, last), first)
    posts = count_posts(numbers, experiment.metric, Period(first - YEAR, end, max(numbers.seen, end)), first)
    found = [post for post in posts if post.at >= first]
    begun = min((post.at for post in posts if _arm(experiment, marks, post.uid, post.at) is not None), default=None)
    planned = first_post(experiment, marks)
    arms = tuple(_posts(experiment, marks, found, arm) for arm in (0, 1))
    return Outcome(
        experiment,
        standing(experiment, min((at for at in (begun, planned) if at is not None), default=None)),
        (arms[0], arms[1]),
        numbers.seen.astimezone(numbers.zone).date(),
        (last + numbers.mature).astimezone(numbers.zone).date(),
        marks.known,
    )


def _posts(experiment: Experiment, marks: Marks, found: Iterable[Counted], arm: int) -> ArmPosts:
    own = [post for post in found if _arm(experiment, marks, post.uid, post.at) == arm]
    ripe = {post.uid for post in own}
    waiting = [uid for uid in sorted(marks.uids - ripe) if _arm(experiment, marks, uid) == arm]
    counted, surplus = own[: experiment.planned], own[experiment.planned :]
    return ArmPosts(tuple(counted), tuple(post.uid for post in surplus), tuple(waiting))


def _arm(experiment: Experiment, marks: Marks, uid: str, at: datetime | None = None) -> int | None:
    """Which arm a post is in; None for one that is in none or, by a slip, in both."""
    labels = marks.labels(uid, at)
    own = [arm for arm, label in enumerate(experiment.labels) if label in labels]
    return own[0] if len(own) == 1 else None
