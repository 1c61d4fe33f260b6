"""Sending what is due, exactly once as far as each network lets us.

`publish_due` is one tick over a workspace. A tick settles what is unknown, brings the ledger's plan in line with the
tree, decides about what is late, and sends: claim, intent, write, record. `tick` itself gets everything as values
(`Desk`), so that tests can kill it at every named point and replace networks and clocks, but not the ledger.
"""

from toolkit.dispatch.desk import Desk, Patience
from toolkit.dispatch.lease import Lease
from toolkit.dispatch.line import Line, Shelf
from toolkit.dispatch.order import Order, Orders
from toolkit.dispatch.publishing import can_send, make_desk, publish_due, read_orders
from toolkit.dispatch.tick import TickResult, tick

__all__ = [
    "Desk",
    "Lease",
    "Line",
    "Order",
    "Orders",
    "Patience",
    "Shelf",
    "TickResult",
    "can_send",
    "make_desk",
    "publish_due",
    "read_orders",
    "tick",
]
