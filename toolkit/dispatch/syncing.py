"""Bringing the ledger's plan in line with the tree. Only rows of which nothing is out are touched."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import timedelta
from typing import Final

from toolkit.dispatch.desk import Desk, told
from toolkit.dispatch.order import Key, Order
from toolkit.dispatch.published import RETRACTED, may_follow, plan_followers
from toolkit.ledger import Event, Row, State
from toolkit.messages import _
from toolkit.model import Late

REPOST: Final = "repost"


def sync_plan(desk: Desk) -> Iterator[Event]:
    """Insert, move, cancel and restore rows."""
    ledger, orders = desk.ledger, desk.orders
    ledger.bind(orders.accounts, desk.now)
    known = ledger.known([order.planned.uid for order in orders.orders.values()])
    new = [order.planned for order in orders.orders.values() if _is_new(order, known)]
    yield from ledger.plan(new, desk.now)
    yield from plan_followers(desk)
    for row in ledger.rows(states=(State.CANCELLED,)):
        yield from _restore(desk, row)
    for row in ledger.rows(states=(State.HELD,)):
        yield from _take_back(desk, row)
    planned = ledger.rows(states=(State.PLANNED,))
    begun = {row.thread for row in planned if row.part > 0} - {row.thread for row in planned if row.part == 0}
    for row in planned:
        order = orders.of(row)
        if order is None:
            yield from _orphan(desk, row)
        else:
            yield from _follow(desk, row, order, begun=row.thread in begun)


def _is_new(order: Order, known: Container[Key]) -> bool:
    return order.ready and not order.after and order.key not in known


def _restore(desk: Desk, row: Row) -> Iterator[Event]:
    order = desk.orders.of(row)
    if order is None or not order.ready:
        return
    first = row if row.part == 0 else desk.ledger.part(row, 0)
    if order.after and not may_follow(desk.ledger.rows(uid=row.uid), order.before, row.action):
        return
    # What was cut off a thread when it became shorter does not come back with its file.
    if first is not None and row.part < max(first.parts, 1):
        yield from told(desk.ledger.restore(row, desk.now))


def _take_back(desk: Desk, row: Row) -> Iterator[Event]:
    """Nobody is to publish by hand what is no longer wanted; who has done so already says: resolve --out."""
    if row.handed_over and desk.orders.of(row) is None and not desk.orders.cannot_say(row):
        yield from told(desk.ledger.cancel(row, desk.now, _("the post or its channel is gone")))


def _orphan(desk: Desk, row: Row) -> Iterator[Event]:
    if desk.orders.cannot_say(row):
        said = _("its file cannot be read; see: leitstand check") if row.path else _("the inbox cannot be read")
        yield from told(desk.ledger.note(row, desk.now, said))
    elif _leaves_a_gap(desk, row):
        reason = _("it was taken back to be sent anew, and its correction is gone: put that back, or drop it")
        yield from told(desk.ledger.hold(row, desk.now, reason))
    else:
        gone = _("the post or its channel is gone") if row.path else _("the reply is not approved any more")
        yield from told(desk.ledger.cancel(row, desk.now, gone))


def _leaves_a_gap(desk: Desk, row: Row) -> bool:
    """Whether the old text is gone from the account, and without this row no new one comes."""
    others = [key[3] for key in desk.orders.orders if key[:3] == row.thread[:3]]
    return row.action.startswith(REPOST) and not any(action.startswith((REPOST, RETRACTED)) for action in others)


def _follow(desk: Desk, row: Row, order: Order, *, begun: bool) -> Iterator[Event]:
    wanted = order.planned
    times = (wanted.due, wanted.wall, wanted.zone)
    # A thread that has begun goes on, and so does what follows it; a new time is for what has not begun.
    if not begun and not order.after and times != (row.due, row.wall, row.zone):
        yield from told(desk.ledger.move(row, wanted, desk.now))
    elif (wanted.path, wanted.account, wanted.tzdata) != (row.path, row.account, row.tzdata):
        desk.ledger.relabel(row, wanted)


def apply_lateness(desk: Desk) -> Iterator[Event]:
    """Decide about due rows that are paused or past their grace: missed, skipped, or still to be sent."""
    for row in desk.ledger.overdue(desk.now):
        order = desk.orders.of(row)
        if order is not None:
            yield from told(_decide(desk, row, order))


def _decide(desk: Desk, row: Row, order: Order) -> Event | None:
    now = desk.now
    pause = order.pause(now)
    # What falls due in a pause is never sent in a burst afterwards. A single post on hold may still be let go, and
    # what follows a post that is out waits.
    if pause is not None and pause.scope != "post" and not order.after:
        return desk.ledger.miss(row, now, _("paused: {reason}").format(reason=pause.reason or pause.name))
    if not is_late(row, order.grace, desk):
        return None
    reason = row.reason or _("nothing sent it in time")
    match order.late:
        case Late.SKIP:
            return desk.ledger.skip(row, now, reason)
        case Late.ASK:
            return desk.ledger.miss(row, now, reason)
        case _:
            return None


def is_late(row: Row, grace: timedelta, desk: Desk) -> bool:
    """Whether the grace period is over; after a person's "send again" it starts anew."""
    return desk.now > max(row.due, row.again_at or row.due) + grace
