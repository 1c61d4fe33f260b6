"""Settling what is unknown: replay the key while it is young, else read back; who cannot tell asks a person.

This comes before any new work of a tick, because keys grow old. A row leaves `unknown` by proof only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.followers import act_of
from toolkit.dispatch.line import Line
from toolkit.dispatch.published import find_published
from toolkit.dispatch.wire import make_intent, transmit
from toolkit.errors import LeitstandError
from toolkit.ledger import Event, Row, State
from toolkit.messages import _
from toolkit.model import Outcome, Presence, Promise, Rendition, Sighting
from toolkit.networks.base import Action, Intent
from toolkit.web import NotSent


def reconcile(desk: Desk) -> Iterator[Event]:
    """Free what dead dispatchers left, then look up every unknown row."""
    yield from desk.ledger.lapse(desk.now)
    if desk.rehearsal:
        return
    for row in desk.ledger.rows(states=(State.UNKNOWN,)):
        event = _settle(desk, row)
        if event is not None:
            yield event


def _settle(desk: Desk, row: Row) -> Event | None:
    try:
        line = desk.open_line(row.account_id)
    except (LeitstandError, ImportError):
        return None  # it stays unknown, and `status` says so, until the account can be asked again
    taken = desk.ledger.take(row, desk.now)
    if taken is None:
        return None
    desk.lease.ends = desk.clock.elapsed() + desk.ledger.limits.lease.total_seconds() / 2
    event = look(desk, taken, line)
    if event is None:
        desk.ledger.leave(taken)
    return event


def look(desk: Desk, row: Row, line: Line) -> Event | None:
    """Find out about an unknown row that is ours; None when it stays unknown for now."""
    if act_of(row.action) in (Action.EDIT, Action.RETRACT):
        return _repeat(desk, row, line)
    if line.blind:
        return desk.ledger.hold(row, desk.now, _("probably published - look there; the network cannot be asked"))
    order = desk.orders.of(row)
    message = order.message if order else None
    if act_of(row.action) is Action.ANSWER and message is None:
        # Who wrote it was forgotten meanwhile, or the inbox cannot be read.
        if desk.orders.cannot_say(row):
            return None
        return desk.ledger.hold(row, desk.now, _("probably out - look there; what it answers is not known any more"))
    rendition = Rendition.from_json(row.rendition)
    intent = make_intent(row, line, rendition, _answered(desk, row), message)
    return _replay(desk, row, line, intent) or _find(desk, row, line, intent)


def _answered(desk: Desk, row: Row) -> str:
    """The remote id of what the row stands below: the part before, what a reply answers, or the post that it comments."""
    if act_of(row.action) in (Action.POST, Action.ANSWER):
        before = desk.ledger.part(row, row.part - 1) if row.part else None
        order = desk.orders.of(row)
        answered = order.message.remote_id if order and order.message else ""
        return before.remote_id if before else answered
    published = find_published(desk.ledger, row.thread)
    return published.rows[-1].remote_id if published else ""


def _repeat(desk: Desk, row: Row, line: Line) -> Event | None:
    """Edit or take back once more: to do that twice is to do it once, as long as it is still wanted."""
    order = desk.orders.of(row)
    if desk.now < _over(desk, row) or (order is not None and order.pause(desk.now) is not None):
        return None
    rendition, published = Rendition.from_json(row.rendition), find_published(desk.ledger, row.thread)
    able = order is not None and not order.by_hand
    wanted = able and published is not None and row.part < len(published.rows)
    again = desk.ledger.replay(row, desk.now, rendition.request_hash(row.part)) if wanted else None
    if again is None or published is None:
        return desk.ledger.hold(row, desk.now, _("probably done - look there; it is not tried any more"))
    intent = make_intent(row, line, rendition, published.rows[row.part].remote_id)
    try:
        answer = transmit(desk, line, intent)
    except NotSent as error:
        desk.ledger.doubt(again, desk.now, str(error))
        return None
    match answer.outcome:
        case Outcome.ACCEPTED:
            return desk.ledger.confirm(again, desk.now, answer.remote_id or intent.target, answer.url)
        case Outcome.REFUSED:
            return desk.ledger.refuse(again, desk.now, answer.reason)
        case _:
            desk.ledger.doubt(again, desk.now, answer.reason)
            return None


def _replay(desk: Desk, row: Row, line: Line, intent: Intent) -> Event | None:
    """Send the same request with the same key again, while the network still knows the key."""
    if not _may_replay(desk, row, line) or not desk.shelf.holds(intent.rendition):
        return None
    again = desk.ledger.replay(row, desk.now, intent.rendition.request_hash(intent.part))
    if again is None:
        return None
    try:
        answer = transmit(desk, line, intent)
    except NotSent as error:
        # This try did not leave; the one before may have.
        desk.ledger.doubt(again, desk.now, str(error))
        return None
    if answer.outcome is Outcome.ACCEPTED:
        return desk.ledger.confirm(again, desk.now, answer.remote_id, answer.url)
    desk.ledger.doubt(again, desk.now, answer.reason)
    return None


def _may_replay(desk: Desk, row: Row, line: Line) -> bool:
    if line.promise is not Promise.KEY or row.first_tried_at is None or row.attempts >= desk.ledger.limits.attempts:
        return False
    order = desk.orders.of(row)
    if order is None or order.by_hand or order.pause(desk.now) is not None:
        return False  # what was deleted or stopped meanwhile is looked for, but not sent
    age = desk.now - row.first_tried_at
    return desk.now >= _over(desk, row) and age < line.key_lifetime * desk.patience.young


def _over(desk: Desk, row: Row) -> datetime:
    """When the last request is certainly over."""
    return (row.tried_at or row.updated_at) + desk.patience.request


def _find(desk: Desk, row: Row, line: Line, intent: Intent) -> Event | None:
    desk.crash("C6")
    # What counts is when we began to look: an answer may be slow, and this machine may sleep before it is judged.
    looked = desk.now
    sighting = _sight(line, intent)
    current = desk.ledger.row(row.id)
    if current is None or current.token != row.token:
        return None
    settled = _over(desk, current) + line.settle
    match sighting.presence:
        case Presence.FOUND:
            return desk.ledger.confirm(row, desk.now, sighting.remote_id, sighting.url)
        case Presence.ABSENT if looked >= settled:
            return _absent(desk, current, sighting)
        case Presence.UNCLEAR if looked >= settled + desk.patience.unclear:
            reason = _("probably published - look there; {reason}").format(reason=sighting.reason)
            return desk.ledger.hold(row, desk.now, reason)
        case _:
            return None


def _absent(desk: Desk, row: Row, sighting: Sighting) -> Event | None:
    if row.attempts >= desk.ledger.limits.attempts:
        reason = _("tried {count} times and never found there - look there").format(count=row.attempts)
        return desk.ledger.hold(row, desk.now, reason)
    return desk.ledger.absent(row, desk.now, sighting.reason or _("it is not there; it may be sent again"))


def _sight(line: Line, intent: Intent) -> Sighting:
    try:
        return line.connection.find(intent)
    except Exception as error:  # noqa: BLE001  # whatever breaks a look-up, it proves nothing
        return Sighting(Presence.UNCLEAR, reason=f"{type(error).__name__}: {error}")


def verify_duplicate(desk: Desk, row: Row, line: Line, intent: Intent) -> Event | None:
    """The network says that it has this already: confirm what is really there, else ask a person."""
    sighting = Sighting(Presence.UNCLEAR) if line.blind else _sight(line, intent)
    if sighting.presence is Presence.FOUND:
        return desk.ledger.confirm(row, desk.now, sighting.remote_id, sighting.url)
    reason = _("the network says it has this already, but it cannot be found there - look there")
    if sighting.reason:
        reason = _("the network says it has this already - look there; {reason}").format(reason=sighting.reason)
    return desk.ledger.hold(row, desk.now, reason)
