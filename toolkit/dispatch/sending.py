"""Sending one part: prepare, look once more, commit the intent, send, record. This order is the promise.

Two commits a part: before the first byte may leave, and when it is known what became of it. Where a network can be
asked, the second one waits for the first of the next post (`Round`): who dies between them looks the post up.

Crash points: C1 before the intent, C2 after it, C3 inside the network (after the write, before the reply),
C4 after the reply, C5 after the record, C6 while looking, C7 inside a commit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import field, replace
from datetime import datetime
from typing import Final

from toolkit.dispatch.desk import Desk, told
from toolkit.dispatch.followers import act_of
from toolkit.dispatch.handing import hand_over
from toolkit.dispatch.line import Line
from toolkit.dispatch.lockouts import lock_out
from toolkit.dispatch.looking import look, verify_duplicate
from toolkit.dispatch.order import Order
from toolkit.dispatch.published import find_published
from toolkit.dispatch.ready import NotReadyError, find_obstacle, find_twin, make_rendition, say_reason
from toolkit.dispatch.waiting import say_wait, why_wait
from toolkit.dispatch.wire import make_intent, transmit
from toolkit.ledger import Event, Ledger, Receipt, Row, State
from toolkit.messages import _
from toolkit.model import Answer, Message, Outcome, Rendition
from toolkit.networks.base import Action, Intent
from toolkit.values import dataclass
from toolkit.web import NotSent

# What is not to be done twice; to edit or take back twice is to do it once.
SENT_ONCE: Final = (Action.POST, Action.COMMENT, Action.ANSWER)


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a row needs to go out."""

    line: Line
    rendition: Rendition
    remote_id: str = ""  # of what it stands below, changes or takes back
    message: Message | None = None  # what a reply answers


@dataclass(slots=True)
class Round:
    """What one pass over the due rows remembers.

    A receipt that is not written yet never waits longer than the preparation of one other post. An account that another
    dispatcher is at is left to it until the next tick: two at once would only take turns, and mix up the order.
    """

    ledger: Ledger
    receipt: Receipt | None = None
    left: set[str] = field(default_factory=set)  # account_ids
    awake: set[str] = field(default_factory=set)  # account_ids that do not rest

    def keep(self, row: Row, now: datetime, remote_id: str, url: str) -> None:
        self.receipt = Receipt(row, now, remote_id, url)

    def rests(self, account_id: str, now: datetime) -> bool:
        """Whether its network has sent the whole account away: then nothing of it is prepared."""
        if account_id not in self.awake and self.ledger.next_token(account_id, (), now) <= now:
            self.awake.add(account_id)
        return account_id not in self.awake

    def taken(self) -> Iterator[Event]:
        """The event of a receipt that an intent has taken along."""
        if self.receipt is not None and self.receipt.event is not None:
            yield self.receipt.event
            self.receipt = None

    def write(self) -> Iterator[Event]:
        """Write it now, when it is still to be written."""
        receipt, self.receipt = self.receipt, None
        if receipt is not None:
            yield from told(self.ledger.confirm(receipt.row, receipt.at, receipt.remote_id, receipt.url))


def send_due(desk: Desk) -> Iterator[Event]:
    """Send what is due, in order of time; a thread goes on as long as its parts are accepted."""
    round_ = Round(desk.ledger)
    try:
        for row in desk.ledger.due(desk.now):
            before = round_.receipt
            following: Row | None = None if row.account_id in round_.left else row
            while following is not None:
                following = yield from _send_next(desk, following, round_)
            if before is not None and round_.receipt is before:
                yield from round_.write()
            desk.shelf.clear()
        yield from round_.write()
    except (Exception, KeyboardInterrupt):
        # Whatever ends the tick, what was accepted is known.
        deque(round_.write(), maxlen=0)
        raise


def _send_next(desk: Desk, row: Row, round_: Round) -> Generator[Event, None, Row | None]:
    """Send one part; returns the next one when this one is out."""
    order = desk.orders.of(row)
    if order is None:
        return None
    if not _still_planned(desk, row):
        round_.left.add(row.account_id)
        return None
    if order.by_hand:
        yield from told(hand_over(desk, row, order))
        return None
    confirmed = False
    for event in _send(desk, row, order, round_):
        confirmed = event.state is State.CONFIRMED and event.row_id == row.id
        if event.state is State.PLANNED:
            round_.awake.discard(row.account_id)
        yield event
    return desk.ledger.part(row, row.part + 1) if confirmed else None


def _still_planned(desk: Desk, row: Row) -> bool:
    """Whether no other dispatcher was faster. Cheap: who is slower prepares nothing, and turns to the next one."""
    current = desk.ledger.row(row.id)
    return current is not None and (current.state, current.token) == (State.PLANNED, row.token)


def _send(desk: Desk, row: Row, order: Order, round_: Round) -> Iterator[Event]:
    try:
        letter = _prepare(desk, row, order, round_)
    except Exception as error:  # noqa: BLE001  # nothing was sent, and what is wrong with one post must not stop others
        yield from told(desk.ledger.note(row, desk.now, say_reason(error)))
        return
    if not letter.remote_id and (row.part or act_of(row.action) is not Action.POST):
        reason = _("the id of what it follows is not known there; do it by hand")
        yield from told(desk.ledger.hold(row, desk.now, reason))
        return
    twin = find_twin(desk, row, order, letter.rendition)
    if twin:
        yield from told(desk.ledger.hold(row, desk.now, twin))
        return
    desk.crash("C1")
    obstacle = find_obstacle(desk, order)
    if obstacle:
        yield from told(desk.ledger.note(row, desk.now, obstacle))
        return
    # Half the lease to begin in: the other half is for the request itself.
    desk.lease.ends = desk.clock.elapsed() + desk.ledger.limits.lease.total_seconds() / 2
    intended = _begin(desk, row, letter, round_.receipt)
    yield from round_.taken()
    if intended is None:
        if _still_planned(desk, row):
            yield from told(_say_why_not(desk, row, order, letter.line))
        else:
            round_.left.add(row.account_id)
        return
    desk.crash("C2")
    yield from _write(desk, intended, letter, round_)


def _prepare(desk: Desk, row: Row, order: Order, round_: Round) -> Letter:
    """Line and rendition, made before the intent so that its commit is short. Raises the reason why not."""
    obstacle = find_obstacle(desk, order)
    if obstacle:
        raise NotReadyError(obstacle)
    line = desk.open_line(row.account_id)
    if round_.rests(row.account_id, desk.now):
        raise NotReadyError(why_wait(desk, row, line))
    if act_of(row.action) not in (Action.POST, Action.ANSWER):
        return _prepare_follower(desk, row, order, line)
    before = desk.ledger.part(row, row.part - 1) if row.part else None
    if before is None:
        answered = order.message.remote_id if order.message else ""
        return Letter(line, make_rendition(order), answered, order.message)
    return Letter(line, _begun(desk, before), before.remote_id, order.message)


def _begun(desk: Desk, before: Row) -> Rendition:
    """The whole thread is what it was when it began, whatever the file says by now."""
    rendition = Rendition.from_json(before.rendition)
    if not desk.shelf.holds(rendition):
        raise NotReadyError(_("a medium changed since the thread began; put it back, or resolve this part by hand"))
    return rendition


def _prepare_follower(desk: Desk, row: Row, order: Order, line: Line) -> Letter:
    """A comment, correction or retraction, with the remote id of what it is about."""
    published = find_published(desk.ledger, row.thread)
    if published is None:
        raise NotReadyError(_("what it follows is not out"))
    before = desk.ledger.part(row, row.part - 1) if row.part else None
    match act_of(row.action):
        case Action.COMMENT:
            return Letter(line, make_rendition(order), published.rows[-1].remote_id)
        case Action.RETRACT:
            rendition = published.rendition
        case _:
            rendition = _begun(desk, before) if before else make_rendition(order)
    if len(rendition.parts) != len(published.rows):
        message = _("the correction has {count} parts, {out} are out; a correction cannot change their number")
        raise NotReadyError(message.format(count=len(rendition.parts), out=len(published.rows)))
    return Letter(line, rendition, published.rows[row.part].remote_id)


def _begin(desk: Desk, row: Row, letter: Letter, receipt: Receipt | None) -> Row | None:
    rendition, paces = letter.rendition, letter.line.paces
    hashes = [rendition.request_hash(part) for part in range(len(rendition.parts))]
    commit = desk.orders.commit
    return desk.ledger.begin(
        row, desk.now, paces, rendition=rendition.to_json(), hashes=hashes, commit=commit, receipt=receipt
    )


def _say_why_not(desk: Desk, row: Row, order: Order, line: Line) -> Event | None:
    """The post was put on hold this very moment, or the account has to wait."""
    obstacle = find_obstacle(desk, order)
    return desk.ledger.note(row, desk.now, obstacle) if obstacle else say_wait(desk, row, line)


def _write(desk: Desk, row: Row, letter: Letter, round_: Round) -> Iterator[Event]:
    if row.lease_until is None or desk.now > row.lease_until:
        reason = _("the clock jumped before it could be sent")
        yield from told(desk.ledger.put_off(row, desk.now, reason, desk.now))
        return
    intent = make_intent(row, letter.line, letter.rendition, letter.remote_id, letter.message)
    if row.attempts <= 1:
        # No earlier try of this row can be out, so the adapter need not look for one.
        intent = replace(intent, first_tried_at=None)
    try:
        answer = transmit(desk, letter.line, intent)
    except NotSent as error:
        wait = desk.now + desk.patience.after(row.waits)
        yield from told(desk.ledger.put_off(row, desk.now, str(error), wait))
        return
    desk.crash("C4")
    if answer.outcome is Outcome.ACCEPTED and row.parts == 1 and not letter.line.blind:
        round_.keep(row, desk.now, answer.remote_id or intent.target, answer.url)
    else:
        yield from _record(desk, row, letter.line, intent, answer)
    desk.crash("C5")


def _record(desk: Desk, row: Row, line: Line, intent: Intent, answer: Answer) -> Iterator[Event]:
    ledger, now = desk.ledger, desk.now
    match answer.outcome:
        case Outcome.ACCEPTED:
            yield from told(ledger.confirm(row, now, answer.remote_id or intent.target, answer.url))
        case Outcome.REFUSED:
            yield from told(ledger.refuse(row, now, answer.reason))
        case Outcome.LATER if answer.whole_account or row.waits < desk.patience.most_waits:
            wait = now + desk.patience.after(row.waits)
            until = answer.retry_at if answer.retry_at and answer.retry_at > now else wait
            reason = lock_out(desk, line, answer, until) if answer.locked_out else answer.reason
            yield from told(ledger.put_off(row, now, reason, until, account_too=answer.whole_account))
        case Outcome.LATER:
            reason = _("put off {count} times, last: {reason}").format(count=row.waits + 1, reason=answer.reason)
            yield from told(ledger.refuse(row, now, reason))
        case Outcome.DUPLICATE:
            yield from told(ledger.doubt(row, now, answer.reason))
            yield from told(verify_duplicate(desk, row, line, intent))
        case _:
            yield from told(ledger.doubt(row, now, answer.reason))
            yield from told(look(desk, row, line) if line.blind and intent.action in SENT_ONCE else None)
