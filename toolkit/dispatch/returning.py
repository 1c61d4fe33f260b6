"""What is to be taken back though no file says so: times that a file does not name any more, parts that showed up late.

Whoever retracts a post that came again means every time that is out, also when its rule, or the day, went first. And
whoever retracts a thread means all of it, also the part of which a person says only afterwards that it is out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.dispatch.order import Key, Order, Orders
from toolkit.dispatch.published import RETRACTED, find_published
from toolkit.ledger import State, View


def with_lost_times(orders: Orders, ledger: View) -> Orders:
    """The orders, and the retractions of what is out of the same posts on the same accounts for other times."""
    found = dict(orders.orders)
    for order in orders.orders.values():
        if order.planned.action.startswith(RETRACTED):
            for key, lost in _lost(order, ledger):
                found.setdefault(key, lost)
    for order in [one for one in found.values() if one.planned.action == RETRACTED]:
        rest = _rest(order, ledger)
        if rest is not None:
            found[rest.key] = rest
    return replace(orders, orders=found)


def _rest(order: Order, ledger: View) -> Order | None:
    """The retraction once more, when more is out by now than it took back; what is gone already stays gone."""
    rows = ledger.rows(uid=order.planned.uid, states=(State.CONFIRMED,))
    done = sum(row.thread == order.key for row in rows)
    published = find_published(ledger, order.key) if done else None
    out = len(published.rows) if published else 0
    if out <= done:
        return None
    return replace(order, planned=replace(order.planned, action=f"{RETRACTED}:{out}"))


def _lost(order: Order, ledger: View) -> Iterator[tuple[Key, Order]]:
    for row in ledger.rows(uid=order.planned.uid, states=(State.CONFIRMED,)):
        if (row.account_id, row.action, row.part) == (order.planned.account_id, order.after, 0):
            lost = replace(order, planned=replace(order.planned, occurrence=row.occurrence))
            yield lost.key, lost
