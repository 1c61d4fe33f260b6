"""Doubts at the door: what was just measured and cannot be right, or suddenly is not there. `measure` says so at once.

Nothing is held back for a doubt: the store keeps what the network said, and `leitstand metrics check` looks at the
whole of it. Only the last value and the new one are compared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from toolkit.collect.measuring import Measurement
from toolkit.collect.plan import ACCOUNT
from toolkit.metrics import Value
from toolkit.metrics.plausible import RISING
from toolkit.model import Observation
from toolkit.values import dataclass

ROUNDING: Final = 0.01  # networks show large totals rounded
# Likes and followers are taken back now and then; more than this share and this many at once are no whim of people.
MOST: Final = 0.2
FEWEST: Final = 10.0

Before = Mapping[tuple[str, str, str], Value]  # (subject, channel, metric) → the value of the round before


class Kind(StrEnum):
    """What is doubtful."""

    FALL = "fall"  # a total that never falls, or one that fell by more than people take back
    GONE = "gone"  # a metric that the account told before and tells of none of its posts now
    SILENT = "silent"  # an account that told something before and tells nothing now


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt; `subject` and `before` are those of the example where several are meant."""

    kind: Kind
    account: str
    subject: str
    metric: str = ""
    before: float | None = None
    now: float | None = None
    posts: int = 1  # how many it is about


def index(values: Iterable[Value]) -> Before:
    """The values by what they are about."""
    return {(value.subject, value.channel, value.metric): value for value in values}


def find_doubts(before: Before, measurements: Iterable[Measurement]) -> list[Doubt]:
    """What is doubtful about the measurements of one round, by account; failures are no doubts."""
    of_account: dict[str, list[Measurement]] = {}
    for one in measurements:
        if not one.failure:
            of_account.setdefault(one.account, []).append(one)
    found: list[Doubt] = []
    for name, asked in sorted(of_account.items()):
        found += [*_falls(before, asked), *_missing(before, name, asked)]
    return found


def _falls(before: Before, asked: Iterable[Measurement]) -> Iterator[Doubt]:
    for new in (observation for one in asked for observation in one.observations):
        old = before.get((new.subject, new.channel, new.metric))
        if old is not None and _is_impossible(old.value, new):
            yield Doubt(Kind.FALL, new.channel, new.subject, new.metric, old.value, new.value)


def _is_impossible(old: float, new: Observation) -> bool:
    lost = old - new.value
    if new.metric in RISING:
        return lost > max(1.0, ROUNDING * old)
    return lost > max(FEWEST, MOST * old)


def _missing(before: Before, name: str, asked: list[Measurement]) -> Iterator[Doubt]:
    """Metrics that were told of the posts asked about, and are told of none of them now; all of them: silence."""
    posts = [one for one in asked if one.post is not None]
    subjects = {one.post.uid for one in posts if one.post} | ({ACCOUNT} if len(asked) > len(posts) else set())
    told = {(observation.subject == ACCOUNT, observation.metric) for one in asked for observation in one.observations}
    expected: dict[tuple[bool, str], list[Value]] = {}
    for (subject, channel, metric), value in before.items():
        if channel == name and subject in subjects:
            expected.setdefault((subject == ACCOUNT, metric), []).append(value)
    if expected and not told:
        first = next(iter(expected.values()))
        yield Doubt(Kind.SILENT, name, first[0].subject, posts=len(posts))
        return
    for key, values in expected.items():
        # A single post may be gone; that its metrics are gone with it is no doubt.
        if key not in told and (key[0] or len({value.subject for value in values}) > 1):
            yield Doubt(Kind.GONE, name, values[0].subject, key[1], values[0].value, posts=len(values))
