"""The replies of an open inbox: writing, approving, dropping them, and what the ledger says became of them.

Each change is one transaction, alone with those who gather messages; whoever saw an older version changes nothing and is
told so. At most one reply of a conversation is on its way, and nobody has two unfinished ones in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ulid import ULID

from toolkit.community.inbox import statements as inbox_sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Act, Conversation, Entry
from toolkit.community.inbox.gathering import GATHER
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.reading import act_values, read_entry
from toolkit.community.replies import statements as sql
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.replies.saying import state_word
from toolkit.community.replies.standing import find_target, stamp_of
from toolkit.database import Transaction, Value, to_text
from toolkit.errors import InboxError, MissingError, UsageError
from toolkit.messages import _
from toolkit.values import dataclass

LASTS: Final = timedelta(hours=72)
FEWEST: Final = 4  # letters of an id
WHOLE: Final = 26


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to answer. `private` has to be what the conversation is; see `addressing`."""

    text: str
    author: str
    private: bool
    language: str = ""
    send_after: datetime | None = None
    lasts: timedelta = LASTS  # after `send_after`, or now


class BegunError(InboxError):
    """Its author has begun another reply of the conversation meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class Replies:
    """The replies of an open inbox."""

    inbox: Inbox

    # Reading

    def reply(self, name: str) -> Reply:
        """The reply whose id begins or ends so; raises `UsageError`."""
        wanted = name.strip().upper()
        if len(wanted) < FEWEST:
            message = _("{name!r} is too short for a reply; write at least {count} letters of its id")
            raise UsageError(message.format(name=name, count=FEWEST))
        read = self.inbox.store.read
        found = {str(raw["id"]) for raw in read(sql.BEGINS, {"first": wanted, "after": wanted + "~"})}
        ends: dict[str, Value] = {"from": WHOLE - len(wanted) + 1, "end": wanted}
        if len(wanted) <= WHOLE:
            found |= {str(raw["id"]) for raw in read(sql.ENDS, ends)}
        if len(found) > 1:
            several = ", ".join(sorted(found))
            raise UsageError(_("{name} may be {several}; write more of the id").format(name=name, several=several))
        for one in found:
            return sql.read_reply(read(sql.ONE, {"id": one})[0])
        message = _("there is no reply {name}; leitstand inbox replies lists them")
        raise MissingError(message.format(name=name))

    def find(self, reply_id: str) -> Reply | None:
        """The reply of this very id."""
        rows = self.inbox.store.read(sql.ONE, {"id": reply_id})
        return sql.read_reply(rows[0]) if rows else None

    def of(self, conversation: Conversation) -> list[Reply]:
        """All of a conversation, the oldest first."""
        rows = self.inbox.store.read(sql.OF_CONVERSATION, {"conversation": conversation.id})
        return [sql.read_reply(raw) for raw in rows]

    def open(self) -> list[Reply]:
        """Those that are neither out nor over, the oldest first."""
        return [sql.read_reply(raw) for raw in self.inbox.store.read(sql.OPEN)]

    def going(self) -> list[Reply]:
        """Those that somebody said yes to and that are not out, in the order of the yes."""
        return [sql.read_reply(raw) for raw in self.inbox.store.read(sql.GOING)]

    def lapsed(self, since: datetime) -> list[Reply]:
        """Those that have expired since then."""
        return [sql.read_reply(raw) for raw in self.inbox.store.read(sql.LAPSED, {"since": to_text(since)})]

    def expired(self, since: datetime) -> list[Reply]:
        """Those whose time ran out since then, the newest first."""
        return [sql.read_reply(raw) for raw in self.inbox.store.read(sql.EXPIRED, {"since": to_text(since)})]

    # What people do

    def write(self, seen: Conversation, wish: Wish, now: datetime, *, after: int | None = None) -> Reply:
        """A new draft, written for the conversation as it is now; the author's `after` so many, where it is told.

        Raises `UsageError` where nothing is to be answered, and `BegunError` where the author has another one that is not
        finished, or has begun one since.
        """
        reply = self._fit(
            seen,
            wish,
            now,
            Reply(
                id=str(ULID.from_datetime(now)),
                conversation=seen.id,
                place=seen.id,
                account_id=seen.account_id,
                channel=seen.channel,
                target="",
                stamp="",
                text="",
                language="",
                private=wish.private,
                author=wish.author,
                created_at=now,
                changed_at=now,
                expires_at=now,
            ),
        )
        with self.inbox.store.transaction(GATHER) as transaction:
            _refuse_begun(transaction, reply, after)
            transaction.run(sql.ADD, sql.reply_values(reply))
            _log(transaction, reply, wish.author, "drafted", now)
        return reply

    def rewrite(self, reply: Reply, seen: Conversation, wish: Wish, now: datetime) -> Reply:
        """Another text for a reply that nobody has said yes to, or whose yes is thereby void."""
        if not reply.state.written and reply.state is not ReplyState.APPROVED:
            message = _("reply {id} ({state}) cannot be changed any more")
            raise InboxError(message.format(id=short(reply.id), state=state_word(reply.state)))
        return self.change(reply, self._fit(seen, wish, now, reply), wish.author, "rewritten")

    def hand_in(self, reply: Reply, by: str, now: datetime) -> Reply:
        """Say that a draft is finished and waits for a yes."""
        return self.change(reply, replace(reply, state=ReplyState.REVIEW, changed_at=now), by, "handed in")

    def approve(self, reply: Reply, by: str, now: datetime) -> Reply:
        """Say yes to what stands there, unless another reply of the conversation has had its yes already.

        Who may, `granting` says. Raises `InboxError` with the other one's text.
        """
        if not reply.state.written:
            message = _("reply {id} ({state}) needs no approval")
            raise InboxError(message.format(id=short(reply.id), state=state_word(reply.state)))
        said = replace(reply, state=ReplyState.APPROVED, approved_by=by, approved_at=now, changed_at=now, note="")
        return self.change(reply, replace(said, approved_hash=said.digest), by, "approved", alone=True)

    def send_back(self, reply: Reply, note: str, now: datetime) -> Reply:
        """Have it looked at again: the yes is void, and the next one is for the conversation as it is now."""
        seen = self.inbox.conversation(reply.conversation, now=now)
        entries = self.inbox.entries(seen)
        try:
            target = find_target(entries).remote_id
        except UsageError:
            target = reply.target
        void = replace(reply, approved_by="", approved_at=None, approved_hash="", note=note, changed_at=now)
        stamp = stamp_of(self.inbox, seen, entries)
        return self.change(reply, replace(void, state=ReplyState.STALE, target=target, stamp=stamp), "", "sent back")

    def is_current(self, reply: Reply, now: datetime) -> bool:
        """Whether nobody has said anything in its conversation since it was written, or looked at again."""
        seen = self.inbox.conversation(reply.conversation, now=now)
        return stamp_of(self.inbox, seen, self.inbox.entries(seen)) == reply.stamp

    def answered(self, reply: Reply) -> Entry | None:
        """What it answers, as it stands there now; None when that was forgotten."""
        values = {"account_id": reply.account_id, "remote_id": reply.target}
        rows = self.inbox.store.read(sql.ENTRY, values)
        return read_entry(rows[0], reply.channel) if rows and reply.target else None

    def overdue(self, now: datetime) -> list[Reply]:
        """Those whose time is over and that nobody has said yes to."""
        over = [sql.read_reply(raw) for raw in self.inbox.store.read(sql.RUNNING, {"now": to_text(now)})]
        return [one for one in over if one.state.written]

    def drop(self, reply: Reply, by: str, now: datetime) -> Reply:
        """Say that it is not wanted any more."""
        if reply.state in (ReplyState.SENT, ReplyState.EXPIRED, ReplyState.DROPPED):
            message = _("reply {id} ({state}) cannot be dropped any more")
            raise InboxError(message.format(id=short(reply.id), state=state_word(reply.state)))
        return self.change(reply, replace(reply, state=ReplyState.DROPPED, changed_at=now), by, "dropped")

    def change(self, seen: Reply, to: Reply, by: str, what: str, *, alone: bool = False) -> Reply:
        """Write `to` over the version that was seen; `what` is what the log says of it.

        Raises `InboxError` when it changed meanwhile, or, if it has to be `alone`, when another one is on its way.
        """
        with self.inbox.store.transaction(GATHER) as transaction:
            if alone:
                _refuse_second(transaction, to)
            found = transaction.run(sql.CHANGE, sql.reply_values(to) | {"version": seen.version})
            if not found:
                message = _("reply {id} was changed meanwhile; look at it again: leitstand inbox replies")
                raise InboxError(message.format(id=short(seen.id)))
            _log(transaction, to, by, what, to.changed_at)
        return sql.read_reply(found[0])

    # Within

    def _fit(self, seen: Conversation, wish: Wish, now: datetime, reply: Reply) -> Reply:
        """`reply` with the wish in it, for the conversation as it is now."""
        entries = self.inbox.entries(seen)
        return replace(
            reply,
            target=find_target(entries).remote_id,
            stamp=stamp_of(self.inbox, seen, entries),
            text=wish.text,
            language=wish.language or seen.language,
            private=wish.private,
            author=wish.author,
            changed_at=now,
            expires_at=max(now, wish.send_after or now) + wish.lasts,
            state=ReplyState.DRAFT,
            send_after=wish.send_after,
            approved_by="",
            approved_at=None,
            approved_hash="",
            note="",
        )


def _refuse_begun(transaction: Transaction, reply: Reply, after: int | None) -> None:
    rows = transaction.run(sql.OF_CONVERSATION, {"conversation": reply.conversation})
    own = [one for one in map(sql.read_reply, rows) if one.author == reply.author]
    if any(one.state.written for one in own) or len(own) != (len(own) if after is None else after):
        raise BegunError(_("{person} has begun another reply here meanwhile").format(person=reply.author))


def _refuse_second(transaction: Transaction, reply: Reply) -> None:
    rows: Sequence[Reply] = [
        sql.read_reply(raw) for raw in transaction.run(sql.OF_CONVERSATION, {"conversation": reply.conversation})
    ]
    other = next((one for one in rows if one.id != reply.id and one.state.going), None)
    if other is not None:
        message = _("{person} has already had a reply approved in this conversation ({id}):\n{text}")
        raise InboxError(message.format(person=other.author, id=short(other.id), text=other.text))


def _log(transaction: Transaction, reply: Reply, by: str, what: str, at: datetime) -> None:
    act = Act(reply.conversation, by, at, f"reply {what}", reply.id)
    transaction.run(inbox_sql.ACT, act_values(act))
