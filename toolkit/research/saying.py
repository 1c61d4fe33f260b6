"""A trend in words: one sentence per reason, the same for the command line and the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from enum import StrEnum
from typing import Final

from toolkit.dates import say_date, say_short_day
from toolkit.messages import _, decimal, ngettext
from toolkit.research.interest import Interest
from toolkit.research.trends import Ours, Trend, Trends
from toolkit.values import dataclass

NAMED: Final = 4  # posts or sources that are named; the others are counted


class Side(StrEnum):
    """Whether a reason speaks for taking it up, against it, or only says how it is."""

    FOR = "for"
    AGAINST = "against"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; what it lists at its end are posts of ours, each as words and path."""

    side: Side
    text: str
    posts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.text} {'; '.join(words for words, _path in self.posts)}" if self.posts else self.text


def standing(trends: Trends) -> str:
    """What was looked at in this language, and whether it is enough."""
    bursts = trends.bursts
    told = ngettext("{count} entry in seven days", "{count} entries in seven days", bursts.n)
    parts = [told]
    if not bursts.enough:
        parts.append(_("too few weeks are known to say what is usual"))
    elif not trends.found:
        parts.append(_("nothing comes up more than usual"))
    if bursts.learning:
        parts.append(_("too new to be compared: {sources}").format(sources=_listed(bursts.learning)))
    return "; ".join(parts)


def reasons(trend: Trend, zone: tzinfo) -> Iterator[Reason]:
    """Against first: what is closed needs no further reading."""
    for topic in trend.closed:
        until = _("{topic} is no topic here: {reason}")
        if topic.last is not None:
            until = _("{topic} is no topic here until {day}: {reason}")
        last = say_date(topic.last) if topic.last else ""
        yield Reason(Side.AGAINST, until.format(topic=topic.name, day=last, reason=topic.reason))
    yield Reason(Side.FACT, _count(trend, zone))
    if trend.authorities:
        said = _("authorities speak of it: {sources}")
        yield Reason(Side.FOR, said.format(sources=_listed(trend.authorities)))
    if trend.competitors:
        said = _("competitors speak of it: {sources}")
        yield Reason(Side.FOR, said.format(sources=_listed(trend.competitors)))
    for day, special in trend.days:
        yield Reason(Side.FOR, _("{name} is on {day}").format(name=special.name, day=say_short_day(day)))
    if trend.interest is not None:
        yield _searched(trend.interest)
    yield _ours(trend.ours, zone)


def _count(trend: Trend, zone: tzinfo) -> str:
    burst = trend.burst
    usual = decimal(burst.rise.expected, ".1f") if burst.rise.expected >= 0.05 else "0"
    words = _("told {told} times since {day}, by {sources}; {usual} were to be expected")
    day = say_short_day(burst.since.astimezone(zone))
    return words.format(told=burst.told, day=day, sources=_listed(burst.sources), usual=usual)


def _searched(interest: Interest) -> Reason:
    words = _("“{word}” is searched for at {latest} of 100, usually at {usual}")
    if interest.high:
        words = _("“{word}” is searched for more than in nine of ten periods: {latest} of 100, usually {usual}")
    elif interest.year_ago is not None:
        words = _("“{word}” is searched for at {latest} of 100, usually at {usual}, a year ago at {before}")
    numbers = [decimal(value, ".0f") for value in (interest.latest, interest.usual, interest.year_ago or 0.0)]
    said = words.format(word=interest.word, latest=numbers[0], usual=numbers[1], before=numbers[2])
    return Reason(Side.FOR if interest.high else Side.FACT, said)


def _ours(ours: Sequence[Ours], zone: tzinfo) -> Reason:
    if not ours:
        return Reason(Side.FOR, _("nobody here has written about it in the last 60 days"))
    named = tuple((_named(one, zone), one.post.path) for one in ours[:NAMED])
    rest = len(ours) - NAMED
    said = _("ours:")
    if rest > 0:
        said = ngettext("ours, and {count} more:", "ours, and {count} more:", rest)
    return Reason(Side.FACT, said, named)


def _named(one: Ours, zone: tzinfo) -> str:
    title = one.post.title or one.post.path
    return f"{title} ({say_short_day(one.at.astimezone(zone))})" if one.at else title


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    more = [ngettext("and {count} more", "and {count} more", rest)] if rest > 0 else []
    return ", ".join([*names[:NAMED], *more])
