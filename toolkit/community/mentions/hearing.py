"""One round over all feeds: what is new and names the house becomes a message of the inbox.

A feed is asked at most every quarter of an hour, with what it said of its last state, so that it answers "nothing new";
one that fails is asked later and later, and from a week on it is told every time. The first round of a feed marks all
of its entries as seen. Messages are stored before the memory is written: whoever is killed in between hears the same
entries again, and the inbox knows them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from toolkit.community.inbox.gathering import Gathered, Listener
from toolkit.community.mentions.entries import Entry, read_entries
from toolkit.community.mentions.memory import LONGEST_WAIT, Known, Memory, backed_off
from toolkit.community.mentions.terms import mentioned
from toolkit.errors import StateError
from toolkit.messages import _
from toolkit.model import Message, MessageKind
from toolkit.networks.answers import retry_at
from toolkit.networks.jsonvalues import moment
from toolkit.values import dataclass
from toolkit.web import Reply, Web, WebError
from toolkit.workspace.feeds import Feed, Kind, Reading, Term

EVERY: Final = timedelta(minutes=15)
DEAD: Final = timedelta(days=7)
EXCERPT: Final = 300  # characters that are kept: enough to decide, too few to be a copy
NOT_MODIFIED: Final = 304
ASKS: Final = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1"


class File(Protocol):
    """Where the entries of others are kept for the research."""

    def __call__(self, feed: Feed, entries: Sequence[Entry], /, *, earlier: bool) -> int:
        """Keep them; how many tell of something new. `earlier`: they were there before the feed was first heard.

        Raises `StateError` where they cannot be kept.
        """


class Store(Protocol):
    """Where messages go: the inbox."""

    def gather(self, listener: Listener, messages: Sequence[Message], now: datetime) -> Gathered:
        """See `Inbox.gather`."""


@dataclass(slots=True)
class FeedHeard:
    """What came of one feed. `failure` says why nothing did; `waiting`: it was not asked now; `dead`: for a week.

    `filed` are the events for the research, `first` says that the feed was heard for the first time and they are no news.
    """

    feed: str
    gathered: Gathered = field(default_factory=Gathered)
    failure: str = ""
    again_at: datetime | None = None
    waiting: bool = False
    dead: bool = False
    filed: int = 0
    first: bool = False


def file_nothing(_feed: Feed, _entries: Sequence[Entry], *, earlier: bool) -> int:  # noqa: ARG001  # the shape of File
    """Nobody researches."""
    return 0


def hear_feeds(
    web: Web,
    store: Store,
    reading: Reading,
    memory: Memory,
    now: datetime,
    *,
    file: File = file_nothing,
    kinds: Collection[Kind] = tuple(Kind),
) -> list[FeedHeard]:
    """Ask every feed of the `kinds` whose time has come; `memory` is as it has to be written afterwards.

    `file` gets what is new in the feeds of competitors, authorities and topics, whomever it names.
    """
    memory.forget_before(now)
    memory.feeds = {feed.name: memory.feeds.get(feed.name, Known()) for feed in reading.feeds}
    ear = _Ear(web, store, reading.ours, memory, now, file)
    return [ear.hear(feed) for feed in reading.feeds if feed.kind in kinds]


@dataclass(frozen=True, slots=True)
class _Ear:
    """One round."""

    web: Web
    store: Store
    terms: Collection[Term]
    memory: Memory
    now: datetime
    file: File

    def hear(self, feed: Feed) -> FeedHeard:
        """Ask one feed, unless it is to be left alone for now."""
        known = self.memory.feeds[feed.name]
        again = moment(known.again_at)
        # A wait that is longer than the longest was written before the clock was set back.
        if again is not None and self.now < again <= self.now + LONGEST_WAIT:
            return _told(feed, known, self.now, waiting=True)
        known = replace(known, since=known.since or self.now.isoformat())
        try:
            reply = _ask(self.web, feed, known)
        except WebError as error:
            return self._fail(feed, _failed(known, str(error), self.now))
        entries = _read(reply)
        if entries is None:
            return self._fail(feed, _failed(known, _why(reply), self.now, reply))
        seen = frozenset(known.seen)
        fresh = [entry for entry in entries if entry.guid not in seen] if known.heard_at else []
        filed, refusal = self._file(feed, fresh if known.heard_at else entries, earlier=not known.heard_at)
        messages = list(self._messages(feed, _dated(fresh, moment(known.heard_at) or self.now, self.now)))
        listener = Listener(f"feed:{feed.url}", feed.name)
        gathered = self.store.gather(listener, messages, self.now) if messages else Gathered()
        if refusal:
            # Whoever names us is heard all the same; the entries are asked for again, so that the research gets them.
            return replace(self._fail(feed, _failed(known, refusal, self.now)), gathered=gathered)
        self.memory.feeds[feed.name] = _without_lost(known, _heard(known, reply, self.now), entries, self.now).after(
            entries
        )
        return FeedHeard(feed.name, gathered, filed=filed, first=not known.heard_at)

    def _file(self, feed: Feed, entries: Sequence[Entry], *, earlier: bool) -> tuple[int, str]:
        """How many tell something new, and why they could not be kept. Of what was there before only dated ones are."""
        kept = [one for one in entries if one.at is not None] if earlier else entries
        if not kept or feed.kind is Kind.OURS:
            return 0, ""
        try:
            return self.file(feed, kept, earlier=earlier), ""
        except StateError as error:
            return 0, str(error)

    def _fail(self, feed: Feed, known: Known) -> FeedHeard:
        self.memory.feeds[feed.name] = known
        return _told(feed, known, self.now)

    def _messages(self, feed: Feed, fresh: Iterable[Entry]) -> Iterator[Message]:
        """The entries that name the house and tell of something that nobody has told, the oldest first."""
        for entry in sorted(fresh, key=lambda one: one.at or self.now):
            if mentioned(f"{entry.title}\n{entry.text}", self.terms) and not self.memory.told(entry):
                self.memory.note(entry, self.now)
                yield _message(feed, entry, self.now)


def _ask(web: Web, feed: Feed, known: Known) -> Reply:
    states = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return web.get(feed.url, headers={"Accept": ASKS, **{name: value for name, value in states.items() if value}})


def _read(reply: Reply) -> list[Entry] | None:
    if reply.status == NOT_MODIFIED:
        return []
    return read_entries(reply.body) if reply.ok else None


def excerpt(entry: Entry) -> str:
    """As much of the text as is kept."""
    summary = " ".join(entry.text.split())
    return summary if len(summary) <= EXCERPT else summary[: EXCERPT - 1] + "…"


def _dated(entries: Sequence[Entry], last: datetime, now: datetime) -> list[Entry]:
    """Entries of which the feed does not say when they were written, spread over the time since it was heard last.

    All at once they would look like a wave, whenever a feed comes back after some hours.
    """
    undated = [entry for entry in entries if entry.at is None]
    begins = min(last, now)
    step = (now - begins) / (len(undated) + 1)
    moments = iter([begins + step * number for number in range(1, len(undated) + 1)])
    return [entry if entry.at is not None else replace(entry, at=next(moments)) for entry in entries]


def _message(feed: Feed, entry: Entry, now: datetime) -> Message:
    return Message(
        remote_id=entry.guid,
        channel=feed.name,
        kind=MessageKind.MENTION,
        author=entry.author or feed.name,
        text="\n\n".join(filter(None, (entry.title, excerpt(entry)))),
        at=min(entry.at or now, now),
        url=entry.url,
        language=feed.language,
        answerable=False,
    )


def _why(reply: Reply) -> str:
    if reply.ok:
        return _("{url} is no feed").format(url=reply.url)
    return _("{url} answers {status}").format(url=reply.url, status=reply.status)


def _failed(known: Known, reason: str, now: datetime, reply: Reply | None = None) -> Known:
    asked = retry_at(reply, now) if reply is not None and "retry-after" in reply.headers else None
    return backed_off(known, reason, now, EVERY, asked)


def _heard(known: Known, reply: Reply, now: datetime) -> Known:
    same = reply.status == NOT_MODIFIED
    return replace(
        known,
        etag=known.etag if same else reply.headers.get("etag", "")[:500],
        modified=known.modified if same else reply.headers.get("last-modified", "")[:100],
        failures=0,
        reason="",
        heard_at=now.isoformat(),
        again_at=(now + EVERY).isoformat(),
    )


def _without_lost(before: Known, known: Known, entries: Collection[Entry], now: datetime) -> Known:
    """With the time that is lost where a feed no longer reaches back to what was heard of it last."""
    last = moment(before.heard_at)
    if last is None or not entries or not before.seen or not frozenset(before.seen).isdisjoint(e.guid for e in entries):
        return known
    return known.with_gap(last, min((entry.at for entry in entries if entry.at is not None), default=now), now)


def _told(feed: Feed, known: Known, now: datetime, *, waiting: bool = False) -> FeedHeard:
    last = moment(known.heard_at) or moment(known.since) or now
    dead = bool(known.failures) and now - last >= DEAD
    failure = known.reason
    if dead:
        days = (now - last).days
        failure = _("nothing for {days} days, so look whether the feed has moved: {reason}").format(
            days=days, reason=failure
        )
    return FeedHeard(feed.name, Gathered(), failure, moment(known.again_at), waiting, dead)
