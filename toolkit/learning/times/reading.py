"""The best time of each channel, from a year of posts at equal age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.experiments.counted import Numbers, lifts_of
from toolkit.kpis.lifts import PostResult
from toolkit.kpis.period import ripe_year
from toolkit.learning.times.backtest import Delivered, backtest, sum_up
from toolkit.learning.times.cells import cell_title
from toolkit.learning.times.estimate import Times, estimate_times
from toolkit.learning.times.posts import TimedPost, timed_posts
from toolkit.messages import _, decimal
from toolkit.settings import Account
from toolkit.values import dataclass

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


def read_times(numbers: Numbers, accounts: Mapping[str, Account]) -> tuple[ChannelTimes, ...]:
    """All channels together on the workspace's clock, then each that has posts on its own, as known at `numbers.seen`."""
    results = lifts_of(numbers, METRIC, ripe_year(numbers.seen, numbers.age_hours))
    together = _of_channel(results, TOGETHER)
    found = (
        _of_channel([_on_clock(post, account) for post in results if post.channel == account.name], account.name)
        for account in accounts.values()
    )
    return (together, *(one for one in found if one.posts))


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
        return _some(times)
    text = _(
        "{cell} brings {factor} times what posts at other times bring (n = {n}, interval (90%) {low} to {high}); with a probability of {best} it is the best of {cells} times."
    )
    numbers = {name: decimal(getattr(best, name) or 0.0, ".2f") for name in ("factor", "low", "high")}
    title, chance = cell_title(best.cell), _say_chance(best.best or 0.0)
    return text.format(cell=title[:1].upper() + title[1:], n=best.n, cells=times.compared, best=chance, **numbers)


def _say_chance(probability: float) -> str:
    """In whole per cent; nothing that was estimated is certain."""
    share = round(probability * 100)
    return _("{share} %").format(share=share) if share < 100 else _("over {share} %").format(share=99)


def _some(times: Times) -> str:
    """Without a best time: which differ all the same, or that none does."""
    more, less = ([one for one in times.cells if one.reliable and one.better is wanted] for wanted in (True, False))
    if not more and not less:
        return _("no reliable difference between times (n = {n} posts); keep variety.").format(n=times.n)
    text = _("no time is clearly the best (n = {n} posts).").format(n=times.n)
    for words, cells in (
        (_("Reliably more than at other times: {times}."), more),
        (_("Reliably less: {times}."), less),
    ):
        if cells:
            text += " " + words.format(times="; ".join(cell_title(one.cell) for one in cells))
    return text


def explain_times(times: Times) -> str:
    """How a factor and its interval are read, with the numbers of the leading cell; "" where there are none."""
    leading = times.leading
    if leading is None or leading.low is None or leading.high is None:
        return ""
    text = _(
        "How to read it: {factor} ({low} to {high}) for “{cell}” says that posts there brought about {factor} times as much as posts at other times; what is really so lies in nine of ten cases between {low} and {high} times. Where 1 lies between the two, it may as well make no difference."
    )
    numbers = {name: decimal(getattr(leading, name) or 0.0, ".2f") for name in ("factor", "low", "high")}
    return text.format(cell=cell_title(leading.cell), **numbers)


def explain_trials() -> str:
    """What stands in the columns of a backtest."""
    return _(
        "Promised: what each method said about its best time from the posts before each date. Delivered: what posts in that time then brought in the four weeks after it, against the posts at other times. The best of many cells is mostly the luckiest, and luck does not come back."
    )


def method_title(method: str) -> str:
    """How a method of `toolkit.learning.times.backtest.METHODS` is called."""
    names = {
        "naive": _("best weekday and part of the day"),
        "residual": _("the same, season and content taken out"),
        "shrunken": _("this advice"),
    }
    return names[method]


def _on_clock(post: PostResult, account: Account) -> PostResult:
    """A channel's suggestions are moments of its own clock, and so are the posts that they come from."""
    return replace(post, local=post.local.astimezone(ZoneInfo(account.timezone))) if account.timezone else post


def _of_channel(results: Iterable[PostResult], channel: str) -> ChannelTimes:
    posts = tuple(timed_posts(results, channel))
    return ChannelTimes(channel, posts, estimate_times(posts))
