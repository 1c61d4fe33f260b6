"""Replies as orders: what the inbox wants sent, beside what the tree does, under the same promise.

A reply has no file. Its row carries the action ``answer``, the reply's id as uid and the conversation's as occurrence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.community.replies.book import Replies
from toolkit.community.replies.composing import compose, why_unanswerable
from toolkit.community.replies.finishing import Finishing
from toolkit.community.replies.reply import Reply
from toolkit.dispatch.desk import Desk
from toolkit.dispatch.gate import Gate
from toolkit.dispatch.order import Key, Order
from toolkit.dispatch.zones import tzdata_version
from toolkit.errors import LeitstandError
from toolkit.ledger import Ledger, Planned, Row, State, account_key
from toolkit.messages import _
from toolkit.model import Late, Message
from toolkit.settings import Account, Settings
from toolkit.values import dataclass

ANSWER: Final = "answer"
# Beside `Orders.unreadable`: whatever has no path is a reply, and nobody can say what became of it.
_NO_PATH: Final = {"": "-"}
_REVIVED: Final = frozenset({State.FAILED, State.MISSED})


@dataclass(frozen=True, slots=True)
class Answers:
    """The replies of one workspace, for one tick."""

    replies: Replies
    settings: Settings
    gate: Gate
    rehearsal: bool = False

    def finish(self, ledger: Ledger, now: datetime) -> None:
        """Write down what became of them; a rehearsal writes nothing."""
        if not self.rehearsal:
            Finishing(self.replies, ledger, now).work()

    def orders(self, ledger: Ledger, now: datetime) -> Iterator[Order]:
        """One for each reply that somebody said yes to and whose account can answer."""
        accounts = {account_key(account): account for account in self.settings.accounts.values()}
        for reply in self.replies.going():
            account, found = accounts.get(reply.account_id), self.replies.answered(reply)
            if account is None or found is None or found.forgotten:
                continue
            if not why_unanswerable(account, found.message, private=reply.private):
                self._revive(ledger, reply, now)
                yield self._order(ledger, reply, account, found.message)

    def _order(self, ledger: Ledger, reply: Reply, account: Account, message: Message) -> Order:
        wanted = reply.approved_at or reply.changed_at
        due = max(wanted, reply.send_after or wanted)
        zone = ZoneInfo(self.settings.timezone)
        planned = Planned(
            uid=reply.id,
            account_id=reply.account_id,
            account=account.name,
            network=account.network,
            path="",
            due=due,
            wall=f"{due.astimezone(zone):%Y-%m-%d %H:%M}",
            zone=self.settings.timezone,
            tzdata=tzdata_version(),
            occurrence=reply.place,
            action=ANSWER,
        )
        return Order(
            planned,
            ready=True,
            late=Late.SEND,
            grace=timedelta(hours=1),
            render=partial(compose, reply.text, account, message, reply.language),
            obstacle=partial(self._obstacle, ledger, reply.id),
            pause=partial(self.gate.pause_of_reply, reply.id, account.name),
            message=message,
        )

    def _revive(self, ledger: Ledger, reply: Reply, now: datetime) -> None:
        """A person has said yes anew to what the network refused or a pause kept back: nothing of it is out."""
        rows = ledger.rows(uid=reply.id)
        if self.rehearsal or any(row.state is State.CONFIRMED for row in rows):
            return
        for row in rows:
            if row.state in _REVIVED and reply.approved_at is not None and reply.approved_at > row.updated_at:
                ledger.resolve_again(row, now, reply.approved_by)

    def _obstacle(self, ledger: Ledger, reply_id: str) -> str:
        """Why it may not go out at this very moment; "" when it may. The inbox is read anew."""
        now = self.gate.now()
        try:
            reply = self.replies.find(reply_id)
            if reply is None or not reply.approved:
                return _("the reply is not approved any more")
            if _has_begun(ledger.rows(uid=reply_id)):
                return ""  # what has begun goes on
            return self._why_late(reply, now)
        except LeitstandError as error:
            return str(error)

    def _why_late(self, reply: Reply, now: datetime) -> str:
        if now >= reply.expires_at:
            return _("the reply has expired")
        found = self.replies.answered(reply)
        if found is None or found.forgotten or found.deleted_at is not None:
            return _("what the reply answers is gone")
        if not self.replies.is_current(reply, now):
            return _("something was said since the reply was written; look at it again")
        return ""


def join(desk: Desk, answers: Answers | None) -> Desk:
    """The desk with the replies' orders; None where the inbox cannot be read: then they stay where they are."""
    orders = desk.orders
    if answers is None:
        return replace(desk, orders=replace(orders, unreadable={**orders.unreadable, **_NO_PATH}))
    try:
        answers.finish(desk.ledger, desk.now)
        found = {order.key: order for order in answers.orders(desk.ledger, desk.now)}
    except LeitstandError:
        return join(desk, None)
    both: Mapping[Key, Order] = {**orders.orders, **found}
    return replace(desk, orders=replace(orders, orders=both))


def finish(answers: Answers | None, ledger: Ledger, now: datetime) -> None:
    """Write down what a tick has done; what cannot be written now, the next tick finds in the ledger."""
    if answers is not None:
        with suppress(LeitstandError):
            answers.finish(ledger, now)


@contextmanager
def open_answers(
    state: Path, settings: Settings, environ: Mapping[str, str], gate: Gate, *, rehearsal: bool
) -> Iterator[Answers | None]:
    """The replies of a workspace, as long as a tick lasts; None where there is no inbox, or none that can be read."""
    place = find_inbox(state, settings, environ)
    try:
        inbox = open_inbox(place, now=gate.now(), read_only=rehearsal or not place.exists())
    except LeitstandError:
        yield None
        return
    with inbox:
        yield Answers(Replies(inbox), settings, gate, rehearsal)


def _has_begun(rows: list[Row]) -> bool:
    return any(row.state is State.CONFIRMED for row in rows)
