"""The one place where a request leaves for a network."""

from __future__ import annotations

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.followers import act_of
from toolkit.dispatch.line import Line
from toolkit.ledger import Row
from toolkit.messages import _
from toolkit.model import Answer, Message, Outcome, Rendition
from toolkit.networks.base import Action, Intent
from toolkit.web import NotSent


def make_intent(row: Row, line: Line, rendition: Rendition, remote_id: str, message: Message | None = None) -> Intent:
    """The request as the adapter gets it; `remote_id` is what it stands below, changes or takes back, "" for none.

    `message` is what a reply answers: its first part stands right below it, each further one below the part before.
    """
    act = act_of(row.action)
    below = act in (Action.POST, Action.COMMENT) or (act is Action.ANSWER and row.part > 0)
    target = "" if below else remote_id
    return Intent(
        row.key,
        line.account,
        rendition,
        row.part,
        previous=remote_id if below else "",
        first_tried_at=row.first_tried_at,
        action=act,
        target=message.remote_id if message else target,
        answers=message,
    )


def transmit(desk: Desk, line: Line, intent: Intent) -> Answer:
    """Hand the intent to the network. Raises `NotSent` only; whatever else goes wrong means that nobody knows.

    The clock is read right here: who slept through half of the lease may have been taken for dead.
    """
    if desk.lease.over:
        raise NotSent(_("this machine slept before it could send"))
    if desk.rehearsal:
        return Answer(Outcome.ACCEPTED, remote_id="rehearsal")
    try:
        return _ask(line, intent)
    except NotSent:
        raise
    except Exception as error:  # noqa: BLE001  # an adapter that breaks may have sent
        return Answer(Outcome.UNKNOWN, reason=f"{type(error).__name__}: {error}")


def _ask(line: Line, intent: Intent) -> Answer:
    match intent.action:
        case Action.EDIT:
            return line.connection.edit(intent.target, intent)
        case Action.RETRACT:
            return line.connection.delete(intent.target)
        case _:
            return line.connection.send(intent)
