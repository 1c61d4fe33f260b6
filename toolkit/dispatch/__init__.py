"""Sending what is due, exactly once as far as each network lets us.

`publish_due` is one tick over a workspace. A tick settles what is unknown, brings the ledger's plan in line with the
tree, decides about what is late, and sends: intent, write, record. `tick` itself gets everything as values
(`Desk`), so that tests can kill it at every named point and replace networks and clocks, but not the ledger.

===========================================  ==================================================================
`publishing` `tick`                          a real workspace: its orders, its lines, one tick
`order` `returning` `syncing` `zones`        what the tree wants sent, and the ledger's plan in line with it
`published` `followers` `comparing`          what is out, and what follows it: comment, correction, retraction
`answers`                                    replies to people, which have no file, as orders beside the tree's
`ready` `gate` `behind` `handing` `waiting`  whether a due post may go out now, by whom, and why not
`sending` `wire` `lease`                     the one way of a request, and the clock right before it
`looking` `steadiness`                       settling what is unknown; no proof from a clock that was set
`holding` `pausing`                          people stop a post, or a part of publishing, and let it go on
`deciding` `receiving`                       people decide what no program may, and say what they published by hand
`approving`                                  the yes or no that is said at the desk
`desk` `line`                                what a tick works with
`daemon` `supervisor` `fetching`             ticks for ever: systemd, and the branch that is published
`telling` `tending` `reviewing` `asking`     beside the ticks: alerts, tokens, reviews on the forge
`calling` `unsent`                           what of the inbox somebody is called for; replies that wait for somebody
`incidents`                                  what is owed in a crisis, and which level the inbox speaks for
`beside`                                     reports beside the ticks, in a process of their own
`lockouts`                                   accounts that their networks do not let in
===========================================  ==================================================================
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
