"""Which post belongs to which arm: balanced, and alternating inside each weekday.

People who choose give the better post to the arm they like. So posts are dealt out: those of one weekday alternate, which
keeps what is special about Mondays and about the season out of the difference; who begins is drawn from the name of the
experiment, so that everybody who asks gets the same answer. Whoever has an arm keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random

from toolkit.experiments.experiment import Experiment
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post that could take part. `arm` is 0 or 1 where it has one already."""

    uid: str
    local: datetime  # on the clock of the workspace
    arm: int | None = None


@dataclass(frozen=True, slots=True)
class Dealt:
    """A post and its arm, 0 or 1; `new` when it had none before."""

    candidate: Candidate
    arm: int
    new: bool


def deal(experiment: Experiment, candidates: Iterable[Candidate]) -> tuple[Dealt, ...]:
    """Every candidate in the order of time, with its arm. Those outside the experiment's days are left out.

    Of new posts no weekday has more than one more of an arm, nor have all days together.
    """
    inside = [one for one in candidates if experiment.start <= one.local.date() <= experiment.stop]
    days: dict[int, list[Candidate]] = {}
    for one in sorted(inside, key=_order):
        days.setdefault(one.local.isoweekday(), []).append(one)
    balance = sum(_sign(one.arm) for one in inside if one.arm is not None)
    found: list[Dealt] = []
    for weekday, own in sorted(days.items()):
        coin = Random(f"{experiment.name} {weekday}").randrange(2)  # noqa: S311  # a coin that everybody can toss again
        dealt = _deal_day(own, balance, coin)
        balance += sum(_sign(one.arm) for one in dealt if one.new)
        found += dealt
    return tuple(sorted(found, key=lambda one: _order(one.candidate)))


def _deal_day(own: Sequence[Candidate], balance: int, coin: int) -> list[Dealt]:
    """One weekday's posts. `balance` is how many more the first arm has so far, over all days."""
    here = sum(_sign(one.arm) for one in own if one.arm is not None)
    free = sum(one.arm is None for one in own)
    # What is left over when the day itself is even goes where fewer are.
    odd = (free - abs(here)) % 2 == 1 and free > abs(here)
    arm = _behind(balance, coin) if odd else coin
    dealt = []
    for one in own:
        if one.arm is not None:
            dealt.append(Dealt(one, one.arm, new=False))
            continue
        chosen = _behind(here, arm)
        here += _sign(chosen)
        dealt.append(Dealt(one, chosen, new=True))
    return dealt


def _behind(balance: int, otherwise: int) -> int:
    """The arm that has fewer."""
    return otherwise if balance == 0 else 1 if balance > 0 else 0


def _sign(arm: int) -> int:
    return 1 if arm == 0 else -1


def _order(one: Candidate) -> tuple[datetime, str]:
    return one.local.replace(tzinfo=None), one.uid
