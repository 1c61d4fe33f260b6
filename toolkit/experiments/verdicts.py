"""What may be said about an experiment now, once for everybody: page, report, command and proposals say this and no more.

Nobody is called a winner before the posts that were planned, nor in an experiment that was not registered before its
first post: who chose the question after seeing the answer has looked at it afterwards. Each experiment is one comparison
of its own: where there is no difference, one in twenty has a winner all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from math import isfinite, log
from typing import Final

from toolkit.experiments.anytime import LEVEL, Gap, compare_anytime
from toolkit.experiments.experiment import Analysis, Arm
from toolkit.experiments.fingerprint import Standing
from toolkit.experiments.results import Outcome
from toolkit.values import dataclass

SURE: Final = 1 - LEVEL


class Finding(StrEnum):
    """Where an experiment stands."""

    COMING = "coming"  # its first day lies ahead
    RUNNING = "running"  # too early for a word about winners
    SHORT = "short"  # its time is over and posts are missing
    WINNER = "winner"
    EQUAL = "equal"  # no difference that is worth knowing
    OPEN = "open"  # everything is counted, and chance explains the difference
    AFTERWARDS = "afterwards"  # everything is counted, and it was not registered before its first post


DECIDED: Final = frozenset({Finding.WINNER, Finding.EQUAL, Finding.OPEN})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one verdict. `gap` is the difference that it rests on, None where nothing can be said of one.

    With `always` its interval holds at all looks together, else at the one look that was registered.
    """

    finding: Finding
    gap: Gap | None
    always: bool

    @property
    def leading(self) -> int:
        """The arm that is ahead, also where it is no winner: 0 or 1."""
        return 0 if self.gap is None or self.gap.difference >= 0 else 1

    @property
    def winner(self) -> int | None:
        """The arm that does better; None where nobody may be called that."""
        return self.leading if self.finding is Finding.WINNER else None


def decide(outcome: Outcome) -> Verdict:
    """The verdict by the rule that the experiment was registered with."""
    verdict = _verdict(outcome)
    if verdict.finding in DECIDED and outcome.standing is not Standing.REGISTERED:
        return replace(verdict, finding=Finding.AFTERWARDS)
    return verdict


def arm_of(outcome: Outcome, verdict: Verdict) -> Arm:
    """The arm that is ahead."""
    return outcome.experiment.arms[verdict.leading]


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.seen < outcome.experiment.start:
        return Verdict(Finding.COMING, None, always=True)
    if outcome.experiment.analysis is Analysis.ALWAYS:
        return _at_any_time(outcome)
    if not outcome.full:
        return Verdict(Finding.SHORT if outcome.over else Finding.RUNNING, outcome.anytime, always=True)
    return _at_the_end(outcome)


def _at_any_time(outcome: Outcome) -> Verdict:
    """The first look that decided, which later posts do not take back; before it what is known now."""
    for gap in _looks(outcome):
        if gap.low > 0 or gap.high < 0:
            return Verdict(Finding.WINNER, gap, always=True)
        if _is_equal(gap, outcome):
            return Verdict(Finding.EQUAL, gap, always=True)
    found = outcome.anytime
    if not outcome.over:
        return Verdict(Finding.RUNNING, found, always=True)
    said = found is not None and isfinite(found.low) and min(outcome.counts) >= outcome.experiment.least
    return Verdict(Finding.OPEN if said else Finding.SHORT, found, always=True)


def _looks(outcome: Outcome) -> Iterator[Gap]:
    """What was known after each post that got its age, as soon as both arms had the least number of posts."""
    logs: tuple[list[float], list[float]] = [], []
    posts = ((post.ripe, post.uid, arm, post) for arm in (0, 1) for post in outcome.arms[arm].counted)
    for _ripe, _uid, arm, post in sorted(posts, key=lambda one: one[:3]):
        logs[arm].append(log(post.brought.lift))
        gap = compare_anytime(*logs) if min(map(len, logs)) >= outcome.experiment.least else None
        if gap is not None:
            yield gap


def _at_the_end(outcome: Outcome) -> Verdict:
    """The one look: ranks decide, and their interval says whether what is left is worth knowing."""
    gap = outcome.ranked
    if gap is None:
        return Verdict(Finding.SHORT, outcome.anytime, always=True)
    if gap.p < SURE:
        return Verdict(Finding.WINNER, gap, always=False)
    return Verdict(Finding.EQUAL if _is_equal(gap, outcome) else Finding.OPEN, gap, always=False)


def _is_equal(gap: Gap, outcome: Outcome) -> bool:
    return max(abs(gap.low), abs(gap.high)) < log(outcome.experiment.factor)
