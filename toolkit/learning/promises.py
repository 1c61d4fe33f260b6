"""Questions about promised answering times: whether the inbox keeps what the handbook says.

Each service level is asked about by itself, over the turns of the last quarter that were answered or whose time is over.
One that is surely kept in less than four of five cases is no promise: proposed is the time, in service hours, within which
nine of ten got their answer, whoever still waits counted as having waited so long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from toolkit.community.hours import ServiceTimes
from toolkit.community.summary.spoken import Wait
from toolkit.community.summary.survival import Time, time_until
from toolkit.errors import LeitstandError
from toolkit.kpis.chance import FEWEST
from toolkit.learning.changes import Change
from toolkit.learning.question import Answer, Kind, write_change
from toolkit.messages import _
from toolkit.source import Edit
from toolkit.values import dataclass
from toolkit.workspace import ServiceHours, ServiceLevel

QUARTER: Final = timedelta(days=91)
KEPT: Final = 0.8  # of the cases; less is no promise
MOST: Final = 0.9  # who has to be answered within the time that is proposed
_HALF: Final = timedelta(minutes=30)


@dataclass(slots=True)
class _Asked:
    """One level and the turns that it was for."""

    level: ServiceLevel
    kept: int = 0
    missed: int = 0
    times: list[Time] = field(default_factory=list)


def ask_promises(waits: Iterable[Wait], times: ServiceTimes, now: datetime) -> list[Answer]:
    """One answer for each service level with enough turns."""
    asked: dict[str, _Asked] = {}
    for wait in waits:
        promise = times.promise(wait.channel, wait.kind, wait.labels)
        if promise is None:
            continue
        one = asked.setdefault(level_name(promise.level), _Asked(promise.level))
        until = wait.answered_at or now
        one.times.append(
            Time(promise.timetable.business_time(wait.asked_at, until).total_seconds(), wait.answered_at is not None)
        )
        if promise.used(wait.asked_at, until) > 1:
            one.missed += 1
        elif wait.answered_at is not None:
            one.kept += 1
    return [_answer(name, one) for name, one in asked.items() if one.kept + one.missed >= FEWEST]


def promise_change(blocks: Sequence[ServiceHours], name: str, length: str, unless: str = "") -> Change:
    """The handbook's block with the other time.

    Raises `LeitstandError` when the level is gone; with `unless`, when another time than that stands there.
    """
    for block, key, level in _levels(blocks):
        if level_name(level) == name:
            text, place = block.places.source.text, block.places.offsets(key)
            if unless and text[slice(*place)] != unless:
                raise LeitstandError(_("{path}: {name} is another one by now").format(path=block.path, name=name))
            return Change(block.path, text, (Edit(*place, length),))
    raise LeitstandError(_("there is no promise {name} any more").format(name=name))


def promise_page(blocks: Sequence[ServiceHours], name: str) -> str:
    """The page that makes a promise; "" when none does."""
    return next((block.path for block, _key, level in _levels(blocks) if level_name(level) == name), "")


def level_name(level: ServiceLevel) -> str:
    """What a level is for, in one line.

    >>> level_name(ServiceLevel(timedelta(hours=2), channels=frozenset({"x", "linkedin"})))
    'linkedin x'
    """
    words = sorted({*(kind.value for kind in level.kinds), *level.labels, *level.channels})
    return " ".join([*words, *([f"risk {level.risk}"] if level.risk else [])]) or "all"


def written(length: timedelta) -> str:
    """A length as the block has it, up to the next half hour.

    >>> written(timedelta(minutes=95)), written(timedelta(hours=7, minutes=1)), written(timedelta(minutes=3))
    ('PT2H', 'PT7H30M', 'PT30M')
    """
    return _exact(max(1, ceil(length / _HALF)) * _HALF)


def _exact(length: timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds()) // 60, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def _levels(blocks: Sequence[ServiceHours]) -> Iterator[tuple[ServiceHours, str, ServiceLevel]]:
    """Every level with the key at which its time stands; the last one of a block can be the block's own."""
    for block in blocks:
        for number, level in enumerate(block.levels):
            listed = block.places.node(f"levels.{number}") is not None
            yield block, f"levels.{number}.first_response" if listed else "first_response", level


def _answer(name: str, one: _Asked) -> Answer:
    from scipy.stats import binomtest

    n = one.kept + one.missed
    found = binomtest(one.kept, n, KEPT, alternative="less")
    interval = binomtest(one.kept, n, KEPT).proportion_ci(0.9)
    high = float(interval.high)
    length = time_until(one.times, MOST)
    late = high < KEPT and length is not None and timedelta(seconds=length) > one.level.first_response
    remedy = written(timedelta(seconds=length)) if late and length is not None else ""
    return Answer(
        Kind.PROMISE,
        name,
        n,
        one.missed,
        value=one.kept / n,
        low=float(interval.low),
        high=high,
        p=float(found.pvalue),
        remedy=remedy,
        changed=(write_change(name, _exact(one.level.first_response), remedy),) if remedy else (),
        label=_("the answering time for {name}").format(name=name),
    )
