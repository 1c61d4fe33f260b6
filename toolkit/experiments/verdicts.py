"""What may be said about an experiment now: nobody is called a winner before the posts that were planned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, log
from typing import Final

from toolkit.experiments.anytime import Anytime
from toolkit.experiments.experiment import Analysis, Arm
from toolkit.experiments.results import Outcome

SURE: Final = 0.05


class Finding(StrEnum):
    """Where an experiment stands."""

    COMING = "coming"  # its first day lies ahead
    RUNNING = "running"  # too early for a word about winners
    SHORT = "short"  # its time is over and posts are missing
    WINNER = "winner"
    EQUAL = "equal"  # no difference that is worth knowing
    OPEN = "open"  # everything is counted, and chance explains the difference


@dataclass(frozen=True, slots=True)
class Verdict:
    """`leading` is the arm that is ahead, also where it is no winner; `interval` holds at all looks together."""

    finding: Finding
    leading: int  # 0 or 1
    interval: Anytime | None
    p: float | None = None  # of the one look; None before it, and with always-valid
    ahead: float | None = None  # share of pairs in which the leading arm has more

    @property
    def winner(self) -> int | None:
        """The arm that does better; None where nobody may be called that."""
        return self.leading if self.finding is Finding.WINNER else None


def decide(outcome: Outcome) -> Verdict:
    """The verdict by the rule that the experiment was registered with."""
    found = outcome.anytime
    leading = 0 if found is None or found.difference >= 0 else 1
    early = _early(outcome)
    if early is not None:
        return Verdict(early, leading, found)
    if outcome.experiment.analysis is Analysis.ALWAYS:
        return Verdict(_at_any_time(outcome), leading, found)
    return _at_the_end(outcome, found)


def arm_of(outcome: Outcome, verdict: Verdict) -> Arm:
    """The arm that is ahead."""
    return outcome.experiment.arms[verdict.leading]


def _early(outcome: Outcome) -> Finding | None:
    """What has to be said as long as nobody may win; None when somebody may."""
    experiment = outcome.experiment
    if outcome.seen < experiment.start:
        return Finding.COMING
    always = experiment.analysis is Analysis.ALWAYS
    if min(outcome.counts) >= (experiment.least if always else experiment.planned):
        return None
    return Finding.SHORT if outcome.over else Finding.RUNNING


def _at_any_time(outcome: Outcome) -> Finding:
    found = outcome.anytime
    if found is None or not isfinite(found.low):
        return Finding.SHORT if outcome.over else Finding.RUNNING
    if found.low > 0 or found.high < 0:
        return Finding.WINNER
    if _is_equal(found, outcome):
        return Finding.EQUAL
    return Finding.OPEN if outcome.over else Finding.RUNNING


def _at_the_end(outcome: Outcome, found: Anytime | None) -> Verdict:
    """The one look: ranks decide, and the interval says whether what is left is worth knowing."""
    compared = outcome.comparison
    leading, ahead = 0 if compared.effect >= 0 else 1, (1 + abs(compared.effect)) / 2
    finding = Finding.OPEN
    if compared.p is None:
        finding = Finding.SHORT
    elif compared.p < SURE:
        finding = Finding.WINNER
    elif found is not None and _is_equal(found, outcome):
        finding = Finding.EQUAL
    return Verdict(finding, leading, found, compared.p, ahead)


def _is_equal(found: Anytime, outcome: Outcome) -> bool:
    return max(abs(found.low), abs(found.high)) < log(outcome.experiment.factor)
