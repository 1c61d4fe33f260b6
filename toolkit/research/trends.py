"""Why now: a burst with everything that speaks for and against taking it up, each with where it stands.

Nothing is decided here. Beside who tells it and since when stand: days of the next weeks that it belongs to, how much is
searched for it, what we have said or plan to say about it, which competitors speak of it, and whether the handbook has
closed the topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.language.stems import HEAD, stem_of
from toolkit.lint.wordings import find
from toolkit.model import Post
from toolkit.planning.specials import SpecialDay, special_days
from toolkit.research.bursts import Burst, Bursts, find_bursts
from toolkit.research.interest import Interest
from toolkit.research.phrases import JOINT, phrases_of
from toolkit.research.published import Published
from toolkit.style.allowance import Allowances
from toolkit.values import dataclass
from toolkit.workspace import Topic, Workspace, drafts

AHEAD: Final = timedelta(days=42)  # days that may be a reason
ALIKE: Final = 7  # letters that two compounds begin with, from which they are about the same
BACK: Final = timedelta(days=60)  # posts of ours that count as having spoken of it


@dataclass(frozen=True, slots=True)
class Ours:
    """A post of ours that speaks of it; `at` is its first moment, None while it has none."""

    post: Post
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A burst and its reasons. `competitors` are sources that speak for one, authorities those that do for one."""

    burst: Burst
    days: tuple[tuple[date, SpecialDay], ...] = ()
    interest: Interest | None = None
    ours: tuple[Ours, ...] = ()
    competitors: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    closed: tuple[Topic, ...] = ()  # topics of the handbook that nobody touches today


@dataclass(frozen=True, slots=True)
class Trends:
    """One language: what was looked at, and what came up."""

    bursts: Bursts
    found: tuple[Trend, ...]


def find_trends(
    workspace: Workspace, published: Sequence[Published], interests: Iterable[Interest], now: datetime
) -> list[Trends]:
    """The trends of each language of the workspace, what surprises most first."""
    languages = dict.fromkeys(one.partition("-")[0] for one in workspace.settings.languages)
    reasons = _Reasons.gather(workspace, interests, now)
    return [
        Trends(bursts, tuple(reasons.explain(one) for one in bursts.found))
        for bursts in find_bursts(published, languages, now)
    ]


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Everything that may be a reason, read once."""

    days: Sequence[tuple[date, SpecialDay]]
    interests: Sequence[Interest]
    posts: Sequence[tuple[Ours, str, Mapping[str, str]]]  # with its language and phrases
    topics: Sequence[Topic]

    @classmethod
    def gather(cls, workspace: Workspace, interests: Iterable[Interest], now: datetime) -> _Reasons:
        settings, today = workspace.settings, now.astimezone(ZoneInfo(workspace.settings.timezone)).date()
        until = today + AHEAD
        calendar = special_days(
            settings.region, {today.year, until.year}, settings.languages[0], workspace.occasions[0]
        )
        days = [(day, one) for day, ones in calendar.items() if today <= day <= until for one in ones]
        posts = [
            (Ours(post, at), language, phrases_of(f"{post.title}\n{post.body}", language))
            for post in workspace.posts
            if (at := _moment(post, workspace)) is None or at > now - BACK
            for language in [(post.language or settings.languages[0]).partition("-")[0]]
        ]
        topics = [one for one in workspace.handbook.topics if one.holds(today)]
        return cls(days, list(interests), posts, topics)

    def explain(self, burst: Burst) -> Trend:
        kinds: dict[str, dict[str, None]] = {}
        for one in burst.entries:
            kinds.setdefault(one.kind, {})[one.source] = None
        return Trend(
            burst=burst,
            days=_once((day, one) for day, one in self.days if _belongs(one.name, burst)),
            interest=next((one for one in self.interests if one.enough and _says(one.word, burst)), None),
            ours=tuple(ours for ours, language, phrases in self.posts if _told(burst, language, phrases)),
            competitors=tuple(kinds.get("competitor", ())),
            authorities=tuple(kinds.get("authority", ())),
            closed=tuple(one for one in self.topics if _touches(one, burst)),
        )


def _moment(post: Post, workspace: Workspace) -> datetime | None:
    """When it goes out first."""
    moments = [draft.publish.instant() for draft in drafts(post, workspace.settings) if draft.publish is not None]
    return min(moments, default=None)


def _told(burst: Burst, language: str, phrases: Mapping[str, str]) -> bool:
    return language == burst.language and burst.stem in phrases


def _says(words: str, burst: Burst) -> bool:
    """Whether a name of a day, or what people search for, is about the burst: every word of the shorter one is in both."""
    there = {stem_of(word, burst.language) for word in words.split()}
    wanted = {*burst.stem.split(JOINT)}
    return wanted <= there or (bool(there) and there <= wanted)


def _belongs(name: str, burst: Burst) -> bool:
    """Whether a day is about the burst, also where compounds begin alike: Advent, Adventskalender; Weihnachten, Weihnachtstee."""
    stems = [stem_of(word, burst.language) for word in name.split()]
    parts = [part for part in burst.stem.split(JOINT) if len(part) >= HEAD]
    return _says(name, burst) or any(_begins_alike(one, part) for one in stems for part in parts)


def _begins_alike(one: str, other: str) -> bool:
    pairs = enumerate(zip(one, other, strict=False))
    alike = next((at for at, (letter, there) in pairs if letter != there), min(len(one), len(other)))
    return alike >= ALIKE or (alike >= HEAD and alike in (len(one), len(other)))


def _once(days: Iterable[tuple[date, SpecialDay]]) -> tuple[tuple[date, SpecialDay], ...]:
    """Each reason at its first day: holidays of two weeks are one reason."""
    first: dict[SpecialDay, date] = {}
    for day, one in days:
        first.setdefault(one, day)
    return tuple((day, one) for one, day in first.items())


def _touches(topic: Topic, burst: Burst) -> bool:
    said = "\n".join((burst.phrase, *burst.beside, *(one.title for one in burst.entries)))
    return bool(find(topic.wording, said, Allowances(len(said)))[0])
