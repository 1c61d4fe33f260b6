"""Share of voice: who of the tracked brands gets which part of the interactions, and with how many posts.

Only public counts can be compared, so reach and views play no part. Own posts count at equal age, competitors by the
day on which their interactions were seen. The rate is the key figure *engagement rate (followers)*: each post stands
for the followers that its channel had by then, the own ones and the competitors'.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from toolkit.kpis import KPIS, Engine, Period, result_of, unit_rows
from toolkit.kpis.facts import account_levels, blank_moment, daily, newest
from toolkit.kpis.rows import dialect_of
from toolkit.kpis.sql import compile_sql, fill
from toolkit.values import dataclass

PREFIX = "competitor:"


@dataclass(frozen=True, slots=True)
class Voice:
    """One brand in one period. `brand` is "" for the own one; None is what nobody delivered."""

    brand: str
    interactions: float
    share: float  # 0..1 of all tracked brands
    posts: float | None
    followers: float | None
    rate: float | None = None  # interactions per post and follower, which can be compared between brands


def share_of_voice(engine: Engine, period: Period, channels: Sequence[str] = ()) -> tuple[Voice, ...]:
    """Every tracked brand, the loudest first, on these channels or on all.

    Empty without competitors or without own posts on their channels.
    """
    rows = unit_rows(KPIS["share_of_voice"], engine, period, channels)
    own = [row for row in rows if row.part is not None]
    others = [row for row in rows if row.part is None]
    if not own or not others:
        return ()
    interactions = {"": sum(row.base or 0 for row in own)}
    for row in others:
        brand = row.unit.removeprefix(PREFIX)
        interactions[brand] = interactions.get(brand, 0) + (row.base or 0)
    compared = {row.channel for row in others}
    days = [day for day in _days(engine, period, "posts") if day.channel in compared]
    posts: _Counts = {}
    for day in days:
        posts[day.brand, day.channel] = posts.get((day.brand, day.channel), 0) + day.value
    for row in own:
        posts["", row.channel] = posts.get(("", row.channel), 0) + 1
    levels = _levels(engine, period, compared)
    followers = {key: counts[-1].value for key, counts in levels.items()}
    rates = {"": _own_rate(engine, period, compared)} | {
        brand: _rate(count, [day for day in days if day.brand == brand], levels)
        for brand, count in interactions.items()
        if brand
    }
    whole = sum(interactions.values())
    voices = (
        Voice(
            brand,
            count,
            count / whole if whole else 0.0,
            _over_channels(brand, posts),
            _over_channels(brand, followers),
            rates[brand],
        )
        for brand, count in interactions.items()
    )
    return tuple(sorted(voices, key=lambda voice: (-voice.share, voice.brand)))


_Counts = dict[tuple[str, str], float]  # (brand, channel) → count


def _over_channels(brand: str, counts: _Counts) -> float | None:
    own = [count for (name, _channel), count in counts.items() if name == brand]
    return sum(own) if own else None


def _own_rate(engine: Engine, period: Period, channels: Iterable[str]) -> float | None:
    """The key figure itself, on the compared channels."""
    rate = KPIS["engagement_rate_followers"]
    return result_of(rate, unit_rows(rate, engine, period, tuple(sorted(channels)))).value


@dataclass(frozen=True, slots=True)
class _Count:
    """What was counted of a brand on a channel at a moment; "" is the own brand."""

    brand: str
    channel: str
    at: datetime
    value: float


_Levels = Mapping[tuple[str, str], Sequence[_Count]]  # (brand, channel) → its counts, the oldest first


def _rate(interactions: float, days: Sequence[_Count], levels: _Levels) -> float | None:
    """None unless the followers of every channel with posts are known."""
    published = [day for day in days if day.value]
    if not published or any((day.brand, day.channel) not in levels for day in published):
        return None
    return interactions / sum(day.value * _level(levels[day.brand, day.channel], day.at) for day in published)


def _level(counts: Sequence[_Count], at: datetime) -> float:
    """The last count by then, else the first there is."""
    return counts[max(0, bisect_right(counts, at, key=lambda one: one.at) - 1)].value


def _days(engine: Engine, period: Period, metric: str) -> list[_Count]:
    """A metric of every competitor, day by day."""
    return [_count(row) for row in _rows(engine, daily(PREFIX, metric), period)]


def _levels(engine: Engine, period: Period, channels: Iterable[str]) -> _Levels:
    """The follower counts of all brands before the end of the period on the compared channels."""
    levels = account_levels()
    own = newest(levels.filter(levels.observed_at < blank_moment("end")), "channel")
    ever = Period(datetime(1970, 1, 1, tzinfo=UTC), period.end, period.until)
    wanted, found = frozenset(channels), dict[tuple[str, str], list[_Count]]()
    counts = map(_count, (*_rows(engine, own, ever), *_rows(engine, daily(PREFIX, "followers"), ever)))
    for one in sorted(counts, key=lambda one: one.at):
        if one.channel in wanted:
            found.setdefault((one.brand, one.channel), []).append(one)
    return found


def _count(row: Mapping[str, object]) -> _Count:
    subject, at = str(row["subject"]), row["observed_at"]
    if not isinstance(at, datetime):
        message = f"a moment is no {type(at).__name__}"
        raise TypeError(message)
    brand = "" if subject == "account" else subject.removeprefix(PREFIX)
    return _Count(brand, str(row["channel"]), at, float(str(row["value"])))


def _rows(engine: Engine, expression: object, period: Period) -> list[Mapping[str, object]]:
    sql = fill(compile_sql(expression, dialect_of(engine)), period)
    rows: list[Mapping[str, object]] = engine.query(sql, {}).to_pylist()
    return rows
