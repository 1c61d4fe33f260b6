"""The best time of each channel, from a year of posts at equal age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from toolkit.experiments import Numbers, lifts_of
from toolkit.kpis import Period
from toolkit.kpis.lifts import PostResult
from toolkit.learning.times.backtest import Delivered, backtest, sum_up
from toolkit.learning.times.cells import cell_title
from toolkit.learning.times.estimate import Times, estimate_times
from toolkit.learning.times.posts import TimedPost, timed_posts
from toolkit.messages import _, decimal

HISTORY: Final = timedelta(days=365)
METRIC: Final = "interactions"
ORIGINS: Final = 6
HELD: Final = timedelta(days=28)
TOGETHER: Final = ""


@dataclass(frozen=True, slots=True)
class ChannelTimes:
    """The week of one channel; the name "" stands for all channels together."""

    channel: str
    posts: tuple[TimedPost, ...]
    times: Times


def read_times(numbers: Numbers, channels: Iterable[str]) -> tuple[ChannelTimes, ...]:
    """All channels together, then each that has posts, as known at `numbers.seen`."""
    period = Period(numbers.seen - HISTORY, numbers.seen, numbers.seen)
    results = lifts_of(numbers, METRIC, period)
    found = (_of_channel(results, channel) for channel in (TOGETHER, *channels))
    return tuple(one for one in found if one.posts or not one.channel)


def try_times(one: ChannelTimes, numbers: Numbers) -> list[Delivered]:
    """What the advice of the last six months would have promised and delivered, four weeks at a time."""
    here = numbers.seen.astimezone(numbers.zone)
    origins = [here - HELD * number for number in range(ORIGINS, 0, -1)]
    return sum_up(backtest(one.posts, origins, HELD))


def say_times(times: Times) -> str:
    """One sentence for the handbook."""
    best, leading = times.best, times.leading
    if leading is None:
        return _("n = {n}: not enough posts to compare times.").format(n=times.n)
    if best is None:
        return _("no reliable difference between times (n = {n} posts); keep variety.").format(n=times.n)
    text = _(
        "{cell} brings {factor} times the usual (n = {n}, interval (80%) {low} to {high}); with a probability of {best} it is the best of {cells} times."
    )
    numbers = {name: decimal(getattr(best, name) or 0.0, ".2f") for name in ("factor", "low", "high", "best")}
    title = cell_title(best.cell)
    return text.format(cell=title[:1].upper() + title[1:], n=best.n, cells=times.compared, **numbers)


def _of_channel(results: Iterable[PostResult], channel: str) -> ChannelTimes:
    posts = tuple(timed_posts(results, channel))
    return ChannelTimes(channel, posts, estimate_times(posts))
