"""The open inbox: what can be read of it, and what a person does with a conversation.

Each change is one transaction and names the version that its person saw; who comes second is told so and changes
nothing. Every change is an act in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from ulid import ULID

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.conversation import Act, Conversation, Entry, Remark, Stage
from toolkit.community.inbox.desk import Wanted, conditions
from toolkit.community.inbox.gathering import AT_ONCE, GATHER, Gathered, Listener, chunks, gather, look_up
from toolkit.community.inbox.ids import find_id, short
from toolkit.community.inbox.pseudonyms import read_pseudonyms
from toolkit.community.inbox.reading import (
    MILLION,
    act_values,
    read_act,
    read_conversation,
    read_entry,
    read_remark,
)
from toolkit.community.inbox.schema import INBOX
from toolkit.database import Place, Record, Store, Transaction, Value, Values, to_text
from toolkit.database.opening import open_to_read, open_to_write
from toolkit.errors import InboxError, UsageError
from toolkit.messages import _
from toolkit.model import Message

# Somebody looked at it.
_LOOKED_AT: Final = (
    ", by_hand = CASE WHEN stage = 'new' THEN 1 ELSE by_hand END,"
    " stage = CASE WHEN stage = 'new' THEN 'open' ELSE stage END"
)


def _nothing(_transaction: Transaction) -> None:
    """Nothing besides."""


def open_inbox(place: Place, *, now: datetime, read_only: bool = False) -> Inbox:
    """The inbox at `place`, made when there is none. Read-only, a missing one reads as an empty one.

    Raises `InboxError` when it is no inbox, has a newer schema, or its database cannot be reached.
    """
    return Inbox((open_to_read if read_only else open_to_write)(place, INBOX, now), place)


class Inbox:
    """An open inbox. Close it, or use it in a `with`. One process, one thread, one `Inbox`."""

    def __init__(self, store: Store, place: Place) -> None:
        self.store = store
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    # Reading

    def conversations(self, wanted: Wanted | None = None, *, now: datetime) -> list[Conversation]:
        """The conversations that are asked for, the most urgent first; a snooze that is over counts as open."""
        wheres, values, order = conditions(wanted or Wanted(), now)
        rows = self.store.read(sql.select_conversations(wheres, order), values)
        return self._with_labels(rows, now)

    def conversation(self, name: str, *, now: datetime) -> Conversation:
        """The conversation of this id; of its first or last letters, too. Raises `UsageError` with near ones."""
        (found,) = self._with_labels(self.store.read(sql.CONVERSATION, {"id": find_id(self.store, name)}), now)
        return found

    def entries(self, conversation: Conversation) -> list[Entry]:
        """What was said in it, the oldest first."""
        rows = self.store.read(sql.ENTRIES, {"conversation": conversation.id})
        return [read_entry(raw, conversation.channel) for raw in rows]

    def last_words(self, conversations: Collection[Conversation]) -> dict[str, str]:
        """The text of the last message of each, where it still has one."""
        found: dict[str, str] = {}
        for some in chunks([one.id for one in conversations], AT_ONCE):
            for raw in self.store.read(sql.last_words(len(some)), sql.one_of(some)):
                found[str(raw["conversation"])] = str(raw["text"])
        return found

    def remarks(self, conversation: Conversation) -> list[Remark]:
        """The team's notes, the oldest first."""
        return [read_remark(raw) for raw in self.store.read(sql.REMARKS, {"conversation": conversation.id})]

    def acts(self, conversation: Conversation) -> list[Act]:
        """What was done with it, the oldest first."""
        return [read_act(raw) for raw in self.store.read(sql.ACTS, {"conversation": conversation.id})]

    def roles(self, conversation: Conversation) -> frozenset[str]:
        """Who its author is to us, such as ``press``."""
        rows = self.store.read(sql.ROLES, {"key": self._author_key(conversation)})
        return frozenset(str(raw["role"]) for raw in rows)

    # What comes in

    def gather(self, listener: Listener, messages: Sequence[Message], now: datetime) -> Gathered:
        """Store messages and bring their conversations up to date, all or nothing."""
        with self.store.transaction(GATHER) as transaction:
            return gather(transaction, listener, messages, now)

    def wake(self, now: datetime) -> int:
        """Open what was snoozed until now; how many."""
        with self.store.transaction(GATHER) as transaction:
            woken = [str(raw["id"]) for raw in transaction.run(sql.WAKE, {"now": to_text(now)})]
            transaction.run_many(sql.ACT, [act_values(Act(one, "", now, "woken")) for one in woken])
        return len(woken)

    def rate(
        self, seen: Conversation, *, score: float | None = None, negative: float | None = None, language: str = ""
    ) -> None:
        """Note how urgent it is, how probably it is negative, and in what language; what is not told stays as it is.

        No act, and no new version: nobody decided anything.
        """
        told: dict[str, Value] = {} if score is None else {"score": round(score * MILLION)}
        told |= {} if negative is None else {"negative": round(negative * MILLION)}
        told |= {"language": language} if language else {}
        if told:
            sets = ", ".join(f"{name} = :{name}" for name in told)
            with self.store.transaction() as transaction:
                transaction.run(f"UPDATE conversations SET {sets} WHERE id = :id", told | {"id": seen.id})  # noqa: S608  # our own names

    def feel(self, moods: Iterable[tuple[Entry, str]], account_id: str, *, guessed: bool = False) -> None:
        """Note the mood of entries: positive, neutral or negative. What a person said stays when it is guessed anew."""
        rows = [{"account_id": account_id, "remote_id": one.message.remote_id, "mood": mood} for one, mood in moods]
        with self.store.transaction() as transaction:
            transaction.run_many(sql.GUESS if guessed else sql.MOOD, rows)

    def felt(self, conversation: Conversation) -> dict[str, str]:
        """What people said of moods: remote id of an entry → positive, neutral or negative."""
        rows = self.store.read(sql.MOODS_BY_HAND, {"conversation": conversation.id})
        return {str(raw["remote_id"]): str(raw["mood"]) for raw in rows}

    # What a person does

    def set_stage(self, seen: Conversation, stage: Stage, by: str, now: datetime) -> Conversation:
        """Open it or call it done; new words of theirs open it again."""
        sets = "stage = :stage, by_hand = 1, snoozed_until = ''"
        return self._change(seen, sets, {"stage": stage.value}, Act(seen.id, by, now, stage.value))

    def snooze(self, seen: Conversation, until: datetime, by: str, now: datetime) -> Conversation:
        """Put it away until then, or until they write again."""
        if until <= now:
            raise UsageError(_("{until} is over; name a moment to come").format(until=f"{until:%Y-%m-%d %H:%M %Z}"))
        sets = "stage = 'snoozed', by_hand = 1, snoozed_until = :until"
        return self._change(seen, sets, {"until": to_text(until)}, Act(seen.id, by, now, "snoozed", to_text(until)))

    def assign(self, seen: Conversation, person: str, by: str, now: datetime, detail: str = "") -> Conversation:
        """Make it somebody's; "" for nobody's. `detail` is what the log says, such as for whom they stand in."""
        act = Act(seen.id, by, now, "assigned" if person else "unassigned", detail or person)
        return self._change(seen, f"assignee = :person{_LOOKED_AT}", {"person": person}, act)

    def label(
        self, seen: Conversation, add: Collection[str], remove: Collection[str], by: str, now: datetime
    ) -> Conversation:
        """Add and remove labels."""
        new, old = sorted(set(add) - set(seen.labels)), sorted(set(remove) & set(seen.labels))
        if not new and not old:
            return seen
        said = " ".join([*(f"+{one}" for one in new), *(f"-{one}" for one in old)])

        def write(transaction: Transaction) -> None:
            transaction.run_many(sql.LABEL, [{"conversation": seen.id, "label": one} for one in new])
            transaction.run_many(sql.UNLABEL, [{"conversation": seen.id, "label": one} for one in old])

        return self._change(seen, f"id = id{_LOOKED_AT}", {}, Act(seen.id, by, now, "labelled", said), write)

    def remark(self, seen: Conversation, text: str, by: str, now: datetime) -> Remark:
        """Note something that no network ever sees. Others may change the conversation meanwhile."""
        remark = Remark(str(ULID.from_datetime(now)), seen.id, by, now, text)
        values = {"id": remark.id, "conversation": seen.id, "by_whom": by, "at": to_text(now), "text": text}
        with self.store.transaction() as transaction:
            transaction.run(sql.REMARK, values)
            transaction.run(sql.ACT, act_values(Act(seen.id, by, now, "noted")))
        return remark

    def set_roles(self, seen: Conversation, roles: Iterable[str], by: str, now: datetime) -> None:
        """Say who its author is to us, in this and every later conversation with this account."""
        wanted, key = sorted(set(roles)), self._author_key(seen)
        with self.store.transaction() as transaction:
            transaction.run(sql.NO_ROLES, {"key": key})
            transaction.run_many(sql.ROLE, [{"key": key, "role": role} for role in wanted])
            transaction.run(sql.ACT, act_values(Act(seen.id, by, now, "marked", " ".join(wanted))))

    # Within

    def _change(
        self, seen: Conversation, sets: str, values: Values, act: Act, write: Callable[[Transaction], None] = _nothing
    ) -> Conversation:
        # Alone with those who gather: neither writes over what the other has just written.
        with self.store.transaction(GATHER) as transaction:
            found = transaction.run(sql.CHANGE.format(sets=sets), {**values, "id": seen.id, "version": seen.version})
            if not found:
                message = _("{id} was changed meanwhile; look at it again: leitstand inbox show {id}")
                raise InboxError(message.format(id=short(seen.id)))
            write(transaction)
            transaction.run(sql.ACT, act_values(act))
            labels = [str(raw["label"]) for raw in look_up(transaction, "labels", "conversation", [seen.id])]
            return read_conversation(found[0], sorted(labels))

    def _with_labels(self, rows: Sequence[Record], now: datetime) -> list[Conversation]:
        ids = [str(raw["id"]) for raw in rows]
        labels: dict[str, list[str]] = {}
        for some in chunks(ids, AT_ONCE):
            for raw in self.store.read(sql.select_in("labels", "conversation", len(some)), sql.one_of(some)):
                labels.setdefault(str(raw["conversation"]), []).append(str(raw["label"]))
        return [_awake(read_conversation(raw, sorted(labels.get(str(raw["id"]), ()))), now) for raw in rows]

    def _author_key(self, conversation: Conversation) -> str:
        pseudonyms = read_pseudonyms(self.store.read)
        return pseudonyms.author(conversation.account_id, conversation.author, conversation.author_id)


def _awake(conversation: Conversation, now: datetime) -> Conversation:
    """As it is at `now`, also before the next fetch has written that its snooze is over."""
    until = conversation.snoozed_until
    if conversation.stage is Stage.SNOOZED and until is not None and until <= now:
        return replace(conversation, stage=Stage.OPEN, snoozed_until=None)
    return conversation
