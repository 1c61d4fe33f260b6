"""How much was written: by day, channel and kind, beside the week before and what is usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from zoneinfo import ZoneInfo

from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.week import Week
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """How many messages, and how many in the week before; None where nobody listened then."""

    count: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Volume:
    """Messages of one week. `usual` is the middle of the earlier weeks that are known, from `least` to `most`."""

    total: Amount
    days: Mapping[date, int]
    channels: Mapping[str, Amount]
    kinds: Mapping[str, Amount]
    usual: float | None
    least: int | None
    most: int | None
    weeks: int  # known before


def count_volume(week: Week, weeks: Mapping[Week, Sequence[Spoken]], zone: ZoneInfo) -> Volume:
    """The week beside those before it; `weeks` has each that is known, also without messages."""
    here, before = weeks.get(week, ()), weeks.get(week.shift(-1))
    counts = Counter(one.at.astimezone(zone).date() for one in here)
    earlier = [len(spoken) for one, spoken in weeks.items() if one < week]
    return Volume(
        Amount(len(here), None if before is None else len(before)),
        {day: counts[day] for day in week.days()},
        _by(here, before, lambda one: one.channel),
        _by(here, before, lambda one: one.kind.value),
        median(earlier) if earlier else None,
        min(earlier, default=None),
        max(earlier, default=None),
        len(earlier),
    )


def _by(here: Iterable[Spoken], before: Iterable[Spoken] | None, name: Callable[[Spoken], str]) -> dict[str, Amount]:
    now, then = Counter(map(name, here)), Counter(map(name, before or ()))
    names = sorted({*now, *then}, key=lambda one: (-now[one], one))
    return {one: Amount(now[one], None if before is None else then[one]) for one in names}
