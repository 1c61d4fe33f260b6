"""Times of a post that its file does not name any more, and that are to be taken back all the same.

Whoever retracts a post that came again means every time that is out, also when its rule, or the day, went first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.dispatch.order import Key, Order, Orders
from toolkit.dispatch.published import RETRACTED
from toolkit.ledger import State, View


def with_lost_times(orders: Orders, ledger: View) -> Orders:
    """The orders, and the retractions of what is out of the same posts on the same accounts for other times."""
    found = dict(orders.orders)
    for order in orders.orders.values():
        if order.planned.action.startswith(RETRACTED):
            for key, lost in _lost(order, ledger):
                found.setdefault(key, lost)
    return replace(orders, orders=found)


def _lost(order: Order, ledger: View) -> Iterator[tuple[Key, Order]]:
    for row in ledger.rows(uid=order.planned.uid, states=(State.CONFIRMED,)):
        if (row.account_id, row.action, row.part) == (order.planned.account_id, order.after, 0):
            lost = replace(order, planned=replace(order.planned, occurrence=row.occurrence))
            yield lost.key, lost
