"""One tick: settle what is unknown, follow the tree, decide about what is late, send what is due."""

from __future__ import annotations

from datetime import datetime

from toolkit.database import to_text
from toolkit.dispatch.desk import Desk
from toolkit.dispatch.lockouts import forget_lockouts, lockouts_met
from toolkit.dispatch.looking import reconcile
from toolkit.dispatch.published import plan_followers
from toolkit.dispatch.sending import send_due
from toolkit.dispatch.steadiness import mind_the_clock
from toolkit.dispatch.syncing import apply_lateness, sync_plan
from toolkit.ledger import Event, Row, State, seal
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class TickResult:
    """What one tick did, in order, and what it could not send though it is due."""

    now: datetime
    commit: str
    events: tuple[Event, ...]
    waiting: tuple[Row, ...]  # due, still planned; `reason` says why
    locked_out: tuple[str, ...] = ()  # ids of the accounts that their networks did not let in

    @property
    def needs_person(self) -> bool:
        """Whether something happened, or waits, that a person has to look at."""
        asking = (State.HELD, State.MISSED, State.FAILED, State.UNKNOWN)
        asked = any(event.state in asking and not event.by_hand for event in self.events)
        return asked or bool(self.locked_out) or any(row.reason for row in self.waiting)


def tick(desk: Desk) -> TickResult:
    """Do everything that is to be done now. Raises `LedgerError` when the ledger cannot be written."""
    now = desk.now
    mind_the_clock(desk)
    events = [*reconcile(desk), *sync_plan(desk), *apply_lateness(desk), *send_due(desk)]
    while following := plan_followers(desk):
        events += [*following, *send_due(desk)]
    forget_lockouts(desk, events)
    seal(desk.ledger)
    desk.ledger.set_meta(last_tick=to_text(desk.now), last_commit=desk.orders.commit)
    return TickResult(
        now, desk.orders.commit, tuple(events), tuple(desk.ledger.due(desk.now)), lockouts_met(desk, events)
    )
