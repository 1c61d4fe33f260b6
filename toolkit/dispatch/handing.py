"""Handing a due post over to the person who publishes it: nothing is begun, nothing is sent, the row waits."""

from __future__ import annotations

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.followers import act_of
from toolkit.dispatch.order import Order
from toolkit.dispatch.published import find_published
from toolkit.dispatch.ready import find_obstacle, find_twin, make_rendition, say_reason
from toolkit.ledger import Event, Row
from toolkit.messages import _
from toolkit.networks.base import Action


def hand_over(desk: Desk, row: Row, order: Order) -> Event | None:
    """Ask the person: the row is held with the place of the kit, and keeps what was handed over, all parts at once."""
    obstacle = find_obstacle(desk, order)
    if obstacle:
        return desk.ledger.note(row, desk.now, obstacle)
    try:
        rendition = make_rendition(order)
    except Exception as error:  # noqa: BLE001  # what is wrong with one post must not stop others
        return desk.ledger.note(row, desk.now, say_reason(error))
    twin = find_twin(desk, row, order, rendition)
    if twin:
        return desk.ledger.hold(row, desk.now, twin)
    return desk.ledger.hand_over(row, desk.now, _ask(desk, row), rendition=rendition, commit=desk.orders.commit)


def _ask(desk: Desk, row: Row) -> str:
    """What the person is asked to do."""
    published = find_published(desk.ledger, row.thread)
    url = published.rows[0].url if published else ""
    match act_of(row.action):
        case Action.EDIT:
            said = _("the text changed; correct it there by hand: {url}")
        case Action.RETRACT:
            said = _("take it back there by hand: {url}")
        case _:
            said = _("publish by hand; the kit: leitstand kit {post} --channel {account}")
    day = f" --day {row.occurrence}" if row.occurrence and act_of(row.action) is Action.POST else ""
    return said.format(url=url or row.account, post=row.uid, account=row.account) + day
