"""What is out of a post on an account, and what may follow it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.followers import act_of
from toolkit.dispatch.order import Key
from toolkit.ledger import Event, Ledger, Row, State
from toolkit.model import Rendition
from toolkit.networks.base import Action

_MOVING: Final = frozenset({State.PLANNED, State.CLAIMED, State.SENDING, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Published:
    """The confirmed parts of a post, in order, in the form in which it was sent last."""

    rows: tuple[Row, ...]
    whole: bool  # no part is missing

    @property
    def rendition(self) -> Rendition:
        """What the network got, of the parts that are out."""
        whole = Rendition.from_json(self.rows[0].rendition)
        return Rendition(whole.account, whole.network, whole.language, whole.parts[: len(self.rows)], whole.title)


def find_published(ledger: Ledger, key: Key) -> Published | None:
    """What is out of the post of a thread; None when nothing is."""
    uid, occurrence, account_id, _action = key
    forms: dict[str, list[Row]] = {}
    for row in ledger.rows(uid=uid):
        if (row.occurrence, row.account_id) == (occurrence, account_id) and act_of(row.action) is Action.POST:
            forms.setdefault(row.action, []).append(row)
    out = [rows for rows in forms.values() if any(row.state is State.CONFIRMED for row in rows)]
    if not out:
        return None
    newest = sorted(max(out, key=lambda rows: min(row.id for row in rows)), key=lambda row: row.part)
    confirmed = tuple(row for row in newest if row.state is State.CONFIRMED)
    return Published(confirmed, len(confirmed) == newest[0].parts)


def plan_followers(desk: Desk) -> list[Event]:
    """Plan what follows posts that are out."""
    following = [order for order in desk.orders.orders.values() if order.after and order.ready]
    known = desk.ledger.known([order.planned.uid for order in following])
    ready = [
        order.planned
        for order in following
        if order.key not in known and known.get(order.before) is State.CONFIRMED
        if _may_follow(desk.ledger.rows(uid=order.planned.uid), order.before, order.planned.action)
    ]
    return desk.ledger.plan(ready, desk.now)


def _may_follow(rows: Iterable[Row], before: Key, action: str) -> bool:
    """Whether all of it is out; a retraction also follows what stopped half-way, and no correction is under way."""
    thread = [row for row in rows if row.thread[:3] == before[:3]]
    first = [row for row in thread if row.action == before[3]]
    if any(row.state in _MOVING and row.action != action for row in thread):
        return False
    if act_of(action) is Action.RETRACT:
        return True
    parts = next(row.parts for row in first if row.part == 0)
    return all(row.state is State.CONFIRMED for row in first if row.part < parts)
