"""The one place where a request leaves for a network."""

from __future__ import annotations

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.line import Line
from toolkit.ledger import Row
from toolkit.messages import _
from toolkit.model import Answer, Outcome, Rendition
from toolkit.networks.base import Intent
from toolkit.web import NotSent


def make_intent(row: Row, line: Line, rendition: Rendition, previous: str) -> Intent:
    """The request as the adapter gets it. `previous` is the remote id of the part before."""
    return Intent(row.key, line.account, rendition, row.part, previous, row.first_tried_at)


def transmit(desk: Desk, line: Line, intent: Intent) -> Answer:
    """Hand the intent to the network. Raises `NotSent` only; whatever else goes wrong means that nobody knows.

    The clock is read right here: who slept through half of the lease may have been taken for dead.
    """
    if desk.lease.over:
        raise NotSent(_("this machine slept before it could send"))
    if desk.rehearsal:
        return Answer(Outcome.ACCEPTED, remote_id="rehearsal")
    try:
        return line.connection.send(intent)
    except NotSent:
        raise
    except Exception as error:  # noqa: BLE001  # an adapter that breaks may have sent
        return Answer(Outcome.UNKNOWN, reason=f"{type(error).__name__}: {error}")
