"""Share of voice: who of the tracked brands gets which part of the interactions, and with how many posts.

Only public counts can be compared, so reach and views play no part. Own posts count at equal age, competitors by the
day on which their interactions were seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from toolkit.kpis import KPIS, Engine, Period, unit_rows
from toolkit.kpis.facts import account_levels, blank_moment, daily, newest
from toolkit.kpis.rows import dialect_of
from toolkit.kpis.sql import compile_sql, fill

PREFIX = "competitor:"


@dataclass(frozen=True, slots=True)
class Voice:
    """One brand in one period. `brand` is "" for the own one; None is what nobody delivered."""

    brand: str
    interactions: float
    share: float  # 0..1 of all tracked brands
    posts: float | None
    followers: float | None
    # Each post for each follower of its channel, summed: what the rate is per.
    occasions: float | None = None

    @property
    def rate(self) -> float | None:
        """Interactions per follower and post, the rate that can be compared between brands."""
        return self.interactions / self.occasions if self.occasions else None


def share_of_voice(engine: Engine, period: Period) -> tuple[Voice, ...]:
    """Every tracked brand, the loudest first; empty without competitors or without own posts on their channels."""
    rows = unit_rows(KPIS["share_of_voice"], engine, period)
    own = [row for row in rows if row.part is not None]
    others = [row for row in rows if row.part is None]
    if not own or not others:
        return ()
    interactions = {"": sum(row.base or 0 for row in own)}
    for row in others:
        brand = row.unit.removeprefix(PREFIX)
        interactions[brand] = interactions.get(brand, 0) + (row.base or 0)
    posts = _daily_sum(engine, period, "posts")
    for row in own:
        posts["", row.channel] = posts.get(("", row.channel), 0) + 1
    followers = _followers(engine, period, {row.channel for row in others})
    whole = sum(interactions.values())
    voices = (
        Voice(
            brand,
            count,
            count / whole if whole else 0.0,
            _over_channels(brand, posts),
            _over_channels(brand, followers),
            _occasions(brand, posts, followers),
        )
        for brand, count in interactions.items()
    )
    return tuple(sorted(voices, key=lambda voice: (-voice.share, voice.brand)))


_Counts = dict[tuple[str, str], float]  # (brand, channel) → count


def _over_channels(brand: str, counts: _Counts) -> float | None:
    own = [count for (name, _channel), count in counts.items() if name == brand]
    return sum(own) if own else None


def _occasions(brand: str, posts: _Counts, followers: _Counts) -> float | None:
    """None unless the followers of every channel with posts are known."""
    channels = [channel for (name, channel), count in posts.items() if name == brand and count]
    if not channels or any((brand, channel) not in followers for channel in channels):
        return None
    return sum(posts[brand, channel] * followers[brand, channel] for channel in channels)


def _daily_sum(engine: Engine, period: Period, metric: str) -> _Counts:
    sums: _Counts = {}
    for row in _rows(engine, daily(PREFIX, metric), period):
        key = str(row["subject"]).removeprefix(PREFIX), str(row["channel"])
        sums[key] = sums.get(key, 0) + float(str(row["value"]))
    return sums


def _followers(engine: Engine, period: Period, channels: Iterable[str]) -> _Counts:
    """The last counts before the end of the period on the compared channels."""
    levels = account_levels()
    own = newest(levels.filter(levels.observed_at < blank_moment("end")), "channel")
    begin = datetime(1970, 1, 1, tzinfo=UTC)
    theirs = newest(daily(PREFIX, "followers"), "subject", "channel")
    ever = Period(begin, period.end, period.until)
    wanted = frozenset(channels)
    counts: _Counts = {}
    for row in (*_rows(engine, own, ever), *_rows(engine, theirs, ever)):
        if row["channel"] in wanted:
            brand = "" if row["subject"] == "account" else str(row["subject"]).removeprefix(PREFIX)
            counts[brand, str(row["channel"])] = float(str(row["value"]))
    return counts


def _rows(engine: Engine, expression: object, period: Period) -> list[Mapping[str, object]]:
    sql = fill(compile_sql(expression, dialect_of(engine)), period)
    rows: list[Mapping[str, object]] = engine.query(sql, {}).to_pylist()
    return rows
