"""What each post counts for: how many times what its channels usually have, at one age, once and for all.

The usual is the channel's, whatever the posts' formats and times: an experiment may be about just these, and what is
divided by the usual of its own format has lost the format's effect. It is the usual of before the experiment, so that
nothing which comes later changes the value of a post. A channel without five posts before has that of its first five.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import mean, median
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.experiments.counts import Brought
from toolkit.kpis import AGE_HOURS, KPIS, Engine, Period, UnitRow, unit_rows
from toolkit.kpis.chance import ENOUGH
from toolkit.kpis.leaving import ripe_units
from toolkit.kpis.lifts import PostResult, post_results
from toolkit.model import Subject
from toolkit.values import dataclass

YEAR: Final = timedelta(days=365)
Sizes = Mapping[tuple[str, str], float]  # (uid, channel) → the audience


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


@dataclass(frozen=True, slots=True)
class Counted:
    """A post whose result will not change any more: when it went out first, since when it has its age, what it brought."""

    uid: str
    at: datetime  # aware
    ripe: datetime
    brought: Brought


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a channel's posts have for each of an audience; `size` stands for a post whose audience nobody knows."""

    rate: float
    size: float | None  # None: audiences play no part

    def of(self, size: float | None) -> float:
        """What is usual for an audience of that size."""
        return self.rate if self.size is None else self.rate * (size or self.size)


def count_posts(numbers: Numbers, metric: str, period: Period, before: datetime) -> list[Counted]:
    """The posts of a period that have their age, in the order in which they got it; `before` ends what makes the usual."""
    every, ripe, sizes = _read(numbers, metric, period)
    rows = [row for row in every if (row.unit, row.channel) in ripe and row.at + numbers.mature <= numbers.seen]
    usual = _usual(rows, sizes, before)
    kept = {(row.unit, row.channel): row for row in rows if row.channel in usual}
    found = (_count(own, kept, sizes, usual, numbers) for own in _by_post(every).values())
    return sorted((one for one in found if one is not None), key=lambda one: (one.ripe, one.at, one.uid))


def lifts_of(numbers: Numbers, metric: str, period: Period) -> list[PostResult]:
    """The posts of a period that were counted at their age, with what is usual for them."""
    every, ripe, sizes = _read(numbers, metric, period)
    rows = [row for row in every if (row.unit, row.channel) in ripe]
    return post_results(rows, sizes, numbers.subjects, numbers.zone)


def _read(
    numbers: Numbers, metric: str, period: Period
) -> tuple[list[UnitRow], frozenset[tuple[str, str]], dict[tuple[str, str], float]]:
    """Every post and channel, which of them were measured near their age, and their audiences: for a rate what it divides by."""
    asked = Period(period.start, period.end, period.until, numbers.age_hours)
    kpi = KPIS[metric]
    rows = unit_rows(kpi, numbers.engine, asked, numbers.channels)
    rates = rows
    if kpi.denominator:
        rows = [row for row in rows if row.base]
    else:
        rates = unit_rows(KPIS["engagement_rate_followers"], numbers.engine, asked, numbers.channels)
    ripe = ripe_units(kpi, numbers.engine, asked, numbers.channels)
    return rows, ripe, {(row.unit, row.channel): row.base for row in rates if row.base}


def _by_post(rows: Iterable[UnitRow]) -> dict[str, list[UnitRow]]:
    found: dict[str, list[UnitRow]] = {}
    for row in rows:
        found.setdefault(row.unit, []).append(row)
    return found


def _usual(rows: Sequence[UnitRow], sizes: Sizes, before: datetime) -> dict[str, _Usual]:
    """What is usual on each channel that has posts enough to say."""
    channels: dict[str, list[UnitRow]] = {}
    for row in rows:
        channels.setdefault(row.channel, []).append(row)
    found = {}
    for channel, own in channels.items():
        kept = own[: max(sum(row.at < before for row in own), ENOUGH)]
        if len(kept) < ENOUGH:
            continue
        known = [sizes.get((row.unit, channel)) for row in kept]
        # The growth of an audience is taken out where it is known for every post.
        audience = [size for size in known if size]
        size = median(audience) if len(audience) == len(kept) else None
        values = [(row.part or 0.0) / (one if size and one else 1.0) for row, one in zip(kept, known, strict=True)]
        found[channel] = _Usual(median(values), size)
    return found


def _count(
    rows: Sequence[UnitRow],
    kept: Mapping[tuple[str, str], UnitRow],
    sizes: Sizes,
    usual: Mapping[str, _Usual],
    numbers: Numbers,
) -> Counted | None:
    """One value for a post: its channels share its luck. None before all of them have their age."""
    together = list(_together(rows, numbers.mature))
    ripe = max(row.at for row in together) + numbers.mature
    own = [row for row in together if (row.unit, row.channel) in kept]
    if ripe > numbers.seen or not own:
        return None
    expected = [usual[row.channel].of(sizes.get((row.unit, row.channel))) for row in own]
    lift = mean(((row.part or 0.0) + 1) / (one + 1) for row, one in zip(own, expected, strict=True))
    floor = mean(1 / (one + 1) for one in expected)
    return Counted(rows[0].unit, rows[0].at, ripe, Brought(lift, floor, floor / len(own)))


def _together(rows: Sequence[UnitRow], mature: timedelta) -> Iterator[UnitRow]:
    """A post's channels in the order of time, without those that follow when it has been counted already."""
    last = rows[0].at
    for row in rows:
        if row.at > last + mature:
            return
        last = row.at
        yield row
