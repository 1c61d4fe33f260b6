"""Messages → conversations, within one transaction: each message once, however often and in whatever order it is heard."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import Final

from ulid import ULID

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.conversation import Conversation, Entry, Stage
from toolkit.community.inbox.folding import URGENCY, fold, newer, stage_after, stage_by_itself
from toolkit.community.inbox.links import Meeting, links_of
from toolkit.community.inbox.pseudonyms import Pseudonyms, read_pseudonyms
from toolkit.community.inbox.reading import (
    as_stored,
    conversation_values,
    message_values,
    read_conversation,
    read_entry,
)
from toolkit.database import Record, Transaction, Value, Values, to_text
from toolkit.model import Message
from toolkit.values import dataclass

AT_ONCE: Final = 400  # values in one look-up
OLDEST: Final = datetime(1970, 1, 1, tzinfo=UTC)  # no id is older; a server may date a message as it likes
GATHER: Final = "gather"  # lock: one gathers at a time


@dataclass(frozen=True, slots=True)
class Listener:
    """The account that hears. `posts` are its posts' remote ids, each with the uid of what it is."""

    account_id: str
    channel: str
    posts: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """What came of some messages: new ones, changed ones, and the conversations that they are in."""

    new: int = 0
    changed: int = 0
    conversations: set[str] = field(default_factory=set)

    def add(self, other: Gathered) -> None:
        """Count these, too."""
        self.new += other.new
        self.changed += other.changed
        self.conversations |= other.conversations


def gather(transaction: Transaction, listener: Listener, messages: Sequence[Message], now: datetime) -> Gathered:
    """Store the messages and bring their conversations up to date. Needs the lock `GATHER`.

    What is stored already and has not changed leaves no trace, nor does what was forgotten.
    """
    return _Gathering(transaction, listener, read_pseudonyms(transaction.run), now).take(messages)


def refold(transaction: Transaction, conversations: Collection[str]) -> None:
    """Bring conversations up to date whose entries have changed. Needs the lock `GATHER`."""
    pen = _Pen(read_pseudonyms(transaction.run))
    known = {str(raw["id"]): raw for raw in look_up(transaction, "conversations", "id", sorted(conversations))}
    whole = _entries_of(transaction, {one: raw["channel"] for one, raw in known.items()})
    transaction.run_many(sql.REFOLD, [pen.values(known[one], entries) for one, entries in whole])


def look_up(
    transaction: Transaction, table: str, column: str, values: Sequence[str], **further: str
) -> Iterator[Record]:
    """The rows of `table` whose `column` is one of `values` and whose other columns are as given."""
    where = "".join(f" AND {name} = :{name}" for name in further)
    for some in chunks(values, AT_ONCE):
        yield from transaction.run(sql.select_in(table, column, len(some), where), sql.one_of(some) | further)


@dataclass(slots=True)
class _Gathering:
    transaction: Transaction
    listener: Listener
    pseudonyms: Pseudonyms
    now: datetime
    known: dict[str, Entry] = field(default_factory=dict)  # remote id → what is stored
    stored: dict[str, Message] = field(default_factory=dict)  # remote id → what is to be stored
    fresh: dict[str, set[str]] = field(default_factory=dict)  # conversation → remote ids that it had not
    placed: dict[str, str] = field(default_factory=dict)  # remote id → conversation
    opened: dict[str, Message] = field(default_factory=dict)

    def take(self, messages: Sequence[Message]) -> Gathered:
        messages = [as_stored(one) for one in messages]
        self._recall(messages)
        forgotten = self._forgotten(messages) | {one for one, entry in self.known.items() if entry.forgotten}
        messages = [self._dated(one) for one in messages if one.remote_id not in forgotten]
        links = {one.remote_id: self._links(one) for one in messages}
        wanted = sorted({link for some in links.values() for link in some})
        found = look_up(self.transaction, "links", "link", wanted, account_id=self.listener.account_id)
        meeting = Meeting({str(raw["link"]): str(raw["conversation"]) for raw in found})
        before = dict(meeting.places)
        for message in messages:
            self._place(message, links[message.remote_id], meeting)
        touched = {meeting.find(conversation) for conversation in self.placed.values()}
        touched |= set(meeting.moved().values())
        new = sum(remote_id not in self.known for remote_id in self.stored)
        self._write(meeting, before, touched)
        return Gathered(new, len(self.stored) - new, touched)

    def _dated(self, message: Message) -> Message:
        """Nobody wrote later than we heard it: what claims so would wait for an answer for ever."""
        known = self.known.get(message.remote_id)
        heard = known.heard_at if known else self.now
        return message if message.at <= heard else replace(message, at=heard)

    def _forgotten(self, messages: Sequence[Message]) -> frozenset[str]:
        """Remote ids of messages that were forgotten: they are not taken in again."""
        tombs = {self.pseudonyms.tomb(self.listener.account_id, one.remote_id): one.remote_id for one in messages}
        found = look_up(self.transaction, "entries", "remote_id", sorted(tombs), account_id=self.listener.account_id)
        return frozenset(tombs[str(raw["remote_id"])] for raw in found)

    def _recall(self, messages: Sequence[Message]) -> None:
        ids = sorted({one.remote_id for one in messages})
        for raw in look_up(self.transaction, "entries", "remote_id", ids, account_id=self.listener.account_id):
            self.known[str(raw["remote_id"])] = read_entry(raw, self.listener.channel)

    def _links(self, message: Message) -> tuple[str, ...]:
        known = self.known.get(message.remote_id)
        if known is not None and known.message.private != message.private:
            return ()  # it stays where it is: private and public words never come together
        return tuple(map(self.pseudonyms.of, links_of(message, self.listener.posts)))

    def _place(self, message: Message, links: Sequence[str], meeting: Meeting) -> None:
        remote_id = message.remote_id
        known = self.known.get(remote_id)
        if known is None and remote_id not in self.stored:
            new = str(ULID.from_datetime(max(message.at, OLDEST)))
            conversation = meeting.place(links, new=new)
            if conversation == new:
                self.opened[new] = message
            self.fresh.setdefault(conversation, set()).add(remote_id)
        else:
            stored = self.stored.get(remote_id) or (known.message if known else message)
            home = self.placed.get(remote_id) or (known.conversation if known else "")
            conversation = meeting.place(links, home=home)
            message = newer(stored, message)
            if known is not None and message == known.message:
                return
        self.placed[remote_id] = conversation
        self.stored[remote_id] = message

    def _write(self, meeting: Meeting, before: Mapping[str, str], touched: Collection[str]) -> None:
        account = self.listener.account_id
        moved = meeting.moved()
        rows = [self._entry(message, meeting.find(self.placed[one])) for one, message in self.stored.items()]
        self.transaction.run_many(sql.STORE, rows)
        places = {link: meeting.find(place) for link, place in meeting.places.items()}
        fresh_links: list[Values] = [
            {"account_id": account, "link": link, "conversation": place}
            for link, place in places.items()
            if before.get(link) != place
        ]
        self.transaction.run_many(sql.LINK, fresh_links)
        known = {
            str(raw["id"]): raw for raw in look_up(self.transaction, "conversations", "id", sorted({*touched, *moved}))
        }
        joined = self._join(moved, known)
        channels = dict.fromkeys(touched, self.listener.channel)
        fresh: dict[str, set[str]] = {}
        for old, ids in self.fresh.items():
            fresh.setdefault(meeting.find(old), set()).update(ids)
        opened, refolded = [], []
        for one, entries in _entries_of(self.transaction, channels):
            raw = joined.get(one) or known.get(one)
            if raw is None:
                opened.append(self._open(one, entries))
            else:
                new = [entry.message for entry in entries if entry.message.remote_id in fresh.get(one, ())]
                refolded.append(_Pen(self.pseudonyms, self.listener.posts).values(raw, entries, new))
        self.transaction.run_many(sql.OPEN_ONE, opened)
        self.transaction.run_many(sql.REFOLD, refolded)

    def _join(self, moved: Mapping[str, str], known: Mapping[str, Record]) -> dict[str, Mapping[str, Value]]:
        """Put together what turned out to be one; returns what the survivors have of the others."""
        joined: dict[str, Mapping[str, Value]] = {}
        for one, became in moved.items():
            if one in known:
                for statement in sql.JOIN:
                    self.transaction.run(statement, {"id": one, "became": became})
                if became in known or became in joined:
                    joined[became] = _joined(joined.get(became) or _plain(known[became]), _plain(known[one]))
        return joined

    def _open(self, one: str, entries: list[Entry]) -> dict[str, Value]:
        """A conversation that was not there."""
        message = self.opened[one]
        blank = Conversation(
            one, self.listener.account_id, self.listener.channel, message.kind, "", "", message.at, message.at
        )
        folded = _with_post(fold(blank, entries), self.listener.posts)
        folded = replace(folded, stage=stage_by_itself(folded, entries))
        key = self.pseudonyms.author(folded.account_id, folded.author, folded.author_id)
        return conversation_values(folded, key, by_hand=False)

    def _entry(self, message: Message, conversation: str) -> dict[str, Value]:
        account = self.listener.account_id
        key = "" if message.own else self.pseudonyms.author(account, message.author, message.author_id)
        where: dict[str, Value] = {"account_id": account, "conversation": conversation, "author_key": key}
        return message_values(message) | where | {"token": secrets.token_hex(8), "heard_at": to_text(self.now)}


def _entries_of(transaction: Transaction, channels: Mapping[str, str]) -> Iterator[tuple[str, list[Entry]]]:
    """Each of the conversations with all its entries; `channels` says whose account it is."""
    found: dict[str, list[Entry]] = {}
    for raw in look_up(transaction, "entries", "conversation", sorted(channels)):
        one = str(raw["conversation"])
        found.setdefault(one, []).append(read_entry(raw, channels[one]))
    yield from found.items()


@dataclass(frozen=True, slots=True)
class _Pen:
    """What to write of conversations that were there before."""

    pseudonyms: Pseudonyms
    posts: Mapping[str, str] = field(default_factory=dict)

    def values(
        self, raw: Record | Mapping[str, Value], entries: list[Entry], fresh: Collection[Message] = ()
    ) -> dict[str, Value]:
        folded = _with_post(fold(read_conversation(raw), entries), self.posts)
        by_hand = bool(raw["by_hand"])
        stage = stage_after(folded.stage, fresh, folded.waiting_since) if by_hand else stage_by_itself(folded, entries)
        snoozed = folded.snoozed_until if stage is Stage.SNOOZED else None
        folded = replace(folded, stage=stage, snoozed_until=snoozed)
        key = self.pseudonyms.author(folded.account_id, folded.author, folded.author_id)
        return conversation_values(folded, key, by_hand=by_hand)


def _with_post(conversation: Conversation, posts: Mapping[str, str]) -> Conversation:
    """With the uid of the post that it stands below, where that is one of `posts`."""
    return replace(conversation, uid=posts.get(conversation.below, "") or conversation.uid)


def _plain(raw: Record) -> dict[str, Value]:
    return {name: raw[name] for name in raw.keys()}  # noqa: SIM118  # iterating an sqlite3.Row gives values, not names


def _joined(kept: Mapping[str, Value], other: Mapping[str, Value]) -> dict[str, Value]:
    """What people did with both: nothing is lost, and of two stages the more urgent counts."""
    mine = dict(kept)
    mine["assignee"] = kept["assignee"] or other["assignee"]
    mine["uid"] = kept["uid"] or other["uid"]
    if kept["by_hand"] or other["by_hand"]:
        mine["by_hand"] = 1
        mine["stage"] = min((Stage(str(one["stage"])) for one in (kept, other)), key=URGENCY.index).value
        mine["snoozed_until"] = kept["snoozed_until"] or other["snoozed_until"]
    return mine


def chunks(values: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """So many at a time."""
    for first in range(0, len(values), most):
        yield values[first : first + most]
