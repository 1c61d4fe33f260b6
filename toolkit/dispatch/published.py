"""What is out of a post on an account, and what may follow it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.followers import act_of
from toolkit.dispatch.order import Key, Order
from toolkit.ledger import Event, Planned, Row, State, View
from toolkit.model import Count, Part, Rendition
from toolkit.networks.base import Action
from toolkit.values import dataclass

# The action after which nothing is there any more that something could follow.
RETRACTED: Final = "retract"
_MOVING: Final = frozenset({State.PLANNED, State.SENDING, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Published:
    """The confirmed parts of a post, in order, in the form in which it was sent last."""

    rows: tuple[Row, ...]
    whole: bool  # no part is missing

    @property
    def rendition(self) -> Rendition:
        """What the network got, of the parts that are out; empty parts where a person published it."""
        first = self.rows[0]
        if not first.rendition:
            nothing = Part("", Count(0, 0, ""))
            return Rendition(first.account, first.network, "", (nothing,) * len(self.rows))
        whole = Rendition.from_json(first.rendition)
        return Rendition(whole.account, whole.network, whole.language, whole.parts[: len(self.rows)], whole.title)


def find_published(ledger: View, key: Key) -> Published | None:
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
    following = [order for order in desk.orders.orders.values() if order.after and _is_wanted(order)]
    known = desk.ledger.known([order.planned.uid for order in following])
    new = [order for order in following if order.key not in known and known.get(order.before) is State.CONFIRMED]
    ready: list[Planned] = []
    for order in new:
        rows = desk.ledger.rows(uid=order.planned.uid)
        if may_follow(rows, order.before, order.planned.action):
            ready.append(_at_once(order, rows, desk.now))
    return desk.ledger.plan(ready, desk.now)


def _is_wanted(order: Order) -> bool:
    """A retraction is planned in any case: where its post is not ready, its row says what it waits for."""
    return order.ready or act_of(order.planned.action) is Action.RETRACT


def _at_once(order: Order, rows: Iterable[Row], now: datetime) -> Planned:
    """Due as what it follows was, whatever time the file names by now; what a person published counts from then."""
    before = next(row for row in rows if row.thread == order.before and row.part == 0)
    due = before.due if before.rendition else before.updated_at
    return replace(order.planned, due=min(due, now), wall=before.wall, zone=before.zone)


def may_follow(rows: Iterable[Row], before: Key, action: str) -> bool:
    """Whether all of it is out; a retraction also follows what stopped half-way, and no correction is under way."""
    thread = [row for row in rows if row.thread[:3] == before[:3]]
    first = [row for row in thread if row.action == before[3]]
    if any(row.state in _MOVING and row.action != action for row in thread):
        return False
    gone = any(row.action == RETRACTED and row.state is State.CONFIRMED for row in thread)
    if gone and not action.startswith(f"{RETRACTED}:"):
        return False
    if act_of(action) is Action.RETRACT:
        return True
    parts = next(row.parts for row in first if row.part == 0)
    return all(row.state is State.CONFIRMED for row in first if row.part < parts)
