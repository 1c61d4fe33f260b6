"""Messages as they count: when, where, how they sound, what people said of them. Names stay in the inbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.community.hours import turns
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Entry, Stage
from toolkit.community.inbox.gathering import AT_ONCE, chunks
from toolkit.community.inbox.statements import one_of, select_in
from toolkit.database import Record, surely, to_moment, to_text
from toolkit.model import Message, MessageKind
from toolkit.values import dataclass

_HERE: Final = (
    "SELECT DISTINCT conversation FROM entries WHERE at >= :since AND at < :until AND own = 0 ORDER BY conversation"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of theirs. `author` is a pseudonym of the inbox, "" when it was forgotten; so is `text` then."""

    at: datetime
    channel: str
    kind: MessageKind
    author: str
    text: str = field(repr=False)
    language: str = ""  # "de", "" while nobody can tell
    mood: str = ""  # positive, neutral, negative, or "" where nobody could tell
    mood_by_hand: bool = False  # a person said so
    conversation: str = ""
    labels: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()  # labels that a person put there
    denied: frozenset[str] = frozenset()  # and those that one took away


@dataclass(frozen=True, slots=True)
class Wait:
    """A turn: since when they waited, until when, and whether anybody had to answer at all."""

    asked_at: datetime
    answered_at: datetime | None
    channel: str
    kind: MessageKind
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said and who waited, in a span of time."""

    spoken: tuple[Spoken, ...] = ()
    waits: tuple[Wait, ...] = ()


def read_heard(inbox: Inbox, since: datetime, until: datetime) -> Heard:
    """What others said from `since` until before `until`, and the turns that began then. What a machine wrote does not count."""
    values = {"since": to_text(since), "until": to_text(until)}
    ids = [str(raw["conversation"]) for raw in inbox.store.read(_HERE, values)]
    spoken: list[Spoken] = []
    waits: list[Wait] = []
    for some in chunks(ids, AT_ONCE):
        batch = _Batch.of(inbox, some)
        for one in some:
            spoken += batch.spoken(one)
            waits += batch.waits(one)
    return Heard(
        tuple(sorted((one for one in spoken if since <= one.at < until), key=_order)),
        tuple(
            sorted((one for one in waits if since <= one.asked_at < until), key=lambda one: (one.asked_at, one.channel))
        ),
    )


def _order(one: Spoken) -> tuple[datetime, str, str, str]:
    return one.at, one.channel, one.conversation, one.text


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some conversations with all that belongs to them, read at once."""

    heads: Mapping[str, Record]
    entries: Mapping[str, Sequence[Record]]
    labels: Mapping[str, frozenset[str]]
    words: Mapping[str, tuple[frozenset[str], frozenset[str]]]

    @classmethod
    def of(cls, inbox: Inbox, ids: Sequence[str]) -> _Batch:
        def rows(table: str, column: str = "conversation") -> list[Record]:
            return list(inbox.store.read(select_in(table, column, len(ids)), one_of(ids)))

        entries: dict[str, list[Record]] = {}
        for raw in rows("entries"):
            entries.setdefault(str(raw["conversation"]), []).append(raw)
        labels: dict[str, set[str]] = {}
        for raw in rows("labels"):
            labels.setdefault(str(raw["conversation"]), set()).add(str(raw["label"]))
        acts: dict[str, list[Record]] = {}
        for raw in sorted(rows("acts"), key=lambda raw: int(raw["id"])):
            acts.setdefault(str(raw["conversation"]), []).append(raw)
        return cls(
            {str(raw["id"]): raw for raw in rows("conversations", "id")},
            entries,
            {one: frozenset(found) for one, found in labels.items()},
            {one: _said_by_people(found) for one, found in acts.items()},
        )

    def spoken(self, one: str) -> Iterator[Spoken]:
        head = self.heads[one]
        labels = self.labels.get(one, frozenset())
        confirmed, denied = self.words.get(one, (frozenset(), frozenset()))
        for raw in self.entries.get(one, ()):
            # What the network hides or holds back nobody has read.
            if not raw["own"] and not raw["automatic"] and not raw["showing"]:
                yield Spoken(
                    at=surely(raw["at"]),
                    channel=str(head["channel"]),
                    kind=MessageKind(raw["kind"]),
                    author=str(raw["author_key"]) if not raw["forgotten_at"] else "",
                    text=f"{raw['subject']}\n{raw['text']}".strip(),
                    language=_short(str(raw["language"] or head["language"])),
                    mood=str(raw["mood"]),
                    mood_by_hand=bool(raw["mood_by_hand"]),
                    conversation=one,
                    labels=labels,
                    confirmed=confirmed & labels,
                    denied=denied - labels,
                )

    def waits(self, one: str) -> Iterator[Wait]:
        """The turns of a conversation; the last one of what was called done unanswered wanted no answer."""
        head = self.heads[one]
        for turn in turns(_entry(raw, str(head["channel"])) for raw in self.entries.get(one, ())):
            if turn.answered_at is not None or head["stage"] != Stage.DONE:
                kind, labels = MessageKind(head["kind"]), self.labels.get(one, frozenset())
                yield Wait(turn.asked_at, turn.answered_at, str(head["channel"]), kind, labels)


def _said_by_people(acts: Sequence[Record]) -> tuple[frozenset[str], frozenset[str]]:
    """Labels that somebody put there or took away; a machine only ever puts."""
    said: dict[str, bool] = {}
    for raw in acts:
        for word in str(raw["detail"]).split() if raw["what"] == "labelled" else ():
            if raw["by_whom"] or word[0] == "-":
                said[word[1:]] = word[0] == "+"
    return frozenset(one for one, yes in said.items() if yes), frozenset(one for one, yes in said.items() if not yes)


def _entry(raw: Record, channel: str) -> Entry:
    """As much of an entry as whose turn it is follows from."""
    kind, at = MessageKind(raw["kind"]), surely(raw["at"])
    own, automatic, answerable = (bool(raw[name]) for name in ("own", "automatic", "answerable"))
    name = str(raw["remote_id"])
    message = Message(name, channel, kind, "", "", at, own=own, automatic=automatic, answerable=answerable)
    conversation, heard = str(raw["conversation"]), surely(raw["heard_at"])
    return Entry(message, conversation, heard, to_moment(raw["deleted_at"]), bool(raw["forgotten_at"]))


def _short(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()
