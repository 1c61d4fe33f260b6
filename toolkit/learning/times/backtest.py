"""What a best time would have been worth: chosen from what was known, paid out by the weeks that came after.

Beside ours stands what tools do: the best of all weekdays by parts of the day, by its mean. It promises much because it is
the luckiest of many, and luck does not come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from math import exp, log
from statistics import fmean as mean
from typing import Final

from toolkit.kpis.dayparts import part_of_day
from toolkit.learning.times.estimate import Times, estimate_times
from toolkit.learning.times.posts import TimedPost, adjust, left_over
from toolkit.values import dataclass

NAIVE_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The time that a method would have chosen: its factor, and which later posts lie in it."""

    promised: float
    inside: Callable[[TimedPost], bool]
    said: bool = True  # whether the method calls it better, or only has to name one


@dataclass(frozen=True, slots=True)
class Trial:
    """One method at one origin. `delivered` is None where no later post lay in the chosen time."""

    method: str
    origin: datetime
    promised: float
    delivered: float | None
    posts: int
    said: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """A method over all origins: geometric means, weighted by the posts that paid out."""

    method: str
    origins: int
    promised: float
    delivered: float | None
    posts: int
    said: int  # at how many origins it called a time better


Method = Callable[[Sequence[TimedPost]], Choice | None]


def naive(posts: Sequence[TimedPost]) -> Choice | None:
    """The weekday and part of the day with the largest mean, nothing taken out."""
    return _largest(posts, [post.lift for post in posts], raw=True)


def residual(posts: Sequence[TimedPost]) -> Choice | None:
    """The same, with month, format, paid reach, campaign and pillar taken out."""
    return _largest(posts, left_over(posts), raw=False)


def shrunken(posts: Sequence[TimedPost]) -> Choice | None:
    """Ours: few cells, drawn towards the usual; where none is reliably better it only has to name one."""
    times: Times = estimate_times(posts)
    first = times.leading
    if first is None or first.factor is None:
        return None
    cell = first.cell
    return Choice(first.factor, lambda post: post.cell == cell, times.best is not None)


METHODS: Final[tuple[tuple[str, Method], ...]] = (("naive", naive), ("residual", residual), ("shrunken", shrunken))


def backtest(
    posts: Sequence[TimedPost],
    origins: Iterable[datetime],
    held: timedelta,
    methods: Iterable[tuple[str, Method]] = METHODS,
) -> list[Trial]:
    """Every method at every origin: chosen from the posts before, paid out by those of the time `held` after it."""
    trials, methods = [], tuple(methods)
    for origin in origins:
        known = [post for post in posts if post.local < origin]
        later = [post for post in posts if origin <= post.local < origin + held]
        if not known or not later:
            continue
        paid = adjust(known, later)
        for name, method in methods:
            choice = method(known)
            if choice is not None:
                inside = [choice.inside(post) for post in later]
                trials.append(_trial(name, origin, choice, list(zip(inside, paid, strict=True))))
    return trials


def sum_up(trials: Iterable[Trial]) -> list[Delivered]:
    """One line for each method, in the order in which they were tried."""
    methods: dict[str, list[Trial]] = {}
    for trial in trials:
        methods.setdefault(trial.method, []).append(trial)
    return [_summed(name, own) for name, own in methods.items()]


def _trial(name: str, origin: datetime, choice: Choice, paid: Sequence[tuple[bool, float]]) -> Trial:
    """The posts in the chosen time against the other ones, as it was promised."""
    own, others = ([value for inside, value in paid if inside is wanted] for wanted in (True, False))
    delivered = exp(mean(own) - mean(others)) if own and others else None
    return Trial(name, origin, choice.promised, delivered, len(own), choice.said)


def _summed(name: str, own: Sequence[Trial]) -> Delivered:
    posts = sum(trial.posts for trial in own)
    paid = sum(log(trial.delivered) * trial.posts for trial in own if trial.delivered is not None)
    promised = exp(sum(log(trial.promised) for trial in own) / len(own))
    return Delivered(
        name, len(own), promised, exp(paid / posts) if posts else None, posts, sum(one.said for one in own)
    )


def _largest(posts: Sequence[TimedPost], lifts: Sequence[float], *, raw: bool) -> Choice | None:
    cells: dict[tuple[int, str], list[float]] = {}
    for post, lift in zip(posts, lifts, strict=True):
        cells.setdefault(_fine(post), []).append(exp(lift) if raw else lift)
    means = {cell: mean(values) for cell, values in cells.items() if len(values) >= NAIVE_FEWEST}
    if not means:
        return None
    cell = max(means, key=lambda one: (means[one], one))
    rest = [value for other, values in cells.items() if other != cell for value in values]
    if not rest:
        return None
    others = mean(rest)
    promised = means[cell] / others if raw else exp(means[cell] - others)
    return Choice(promised, lambda post: _fine(post) == cell)


def _fine(post: TimedPost) -> tuple[int, str]:
    return post.local.isoweekday(), part_of_day(post.local.hour)
