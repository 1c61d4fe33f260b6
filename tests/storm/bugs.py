"""Bugs that are planted on purpose: a storm that does not find them proves nothing.

Three are weather (`settle`, `old-key` and `lag` in `test_controls`); the others are changes of the dispatcher's own code
in its process.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from toolkit.dispatch import sending
from toolkit.ledger import Ledger, Row, State, statements
from toolkit.ledger.statements import Change
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.simulation import SimulatedLine


class UnfencedLedger(Ledger):
    """No fencing: every change asks for the row's id, and not for who holds it."""

    def _mine(self, row_id: int, token: str) -> Row | None:
        return self.row(row_id)


class ReplanningLedger(Ledger):
    """An upsert instead of an insert: the plan is written anew at each tick."""

    def known(
        self, uids: Collection[str] | None = None
    ) -> Mapping[tuple[str, str, str, str], State]:  # nothing is looked up
        return {}


def unfence() -> None:
    """Take the token out of every statement, and the states that only its holder has; nobody looks before, either."""
    setattr(sending, "_still_planned", lambda _desk, _row: True)  # noqa: B010  # it is private for everybody else
    for name, value in list(vars(statements).items()):
        if isinstance(value, Change):
            setattr(statements, name, replace(value, where=value.where.replace(" AND token = :token", "")))
    where = statements.SEND.where.replace("('planned')", "('planned', 'sending')")
    setattr(statements, "SEND", replace(statements.SEND, where=where))  # noqa: B010  # it is Final for everybody else


def forget() -> None:
    """A scheduler that writes down only what is over: what was being sent counts as not sent."""
    for arrow in ("LAPSE", "DOUBT"):
        forgotten = replace(getattr(statements, arrow), new=State.PLANNED, sets="token = '', lease_until = ''")
        setattr(statements, arrow, forgotten)


def upsert() -> None:
    """Whoever plans a row that is there plans it anew."""
    anew = " DO UPDATE SET state = 'planned', token = '', lease_until = ''"
    head, nothing, tail = statements.INSERT.rpartition(" DO NOTHING")
    setattr(statements, "INSERT", head + (anew if nothing else "") + tail)  # noqa: B010  # see unfence


class HopefulLine(SimulatedLine):
    """Resends what it cannot look up: on a blind network, what is not known is taken for absent."""

    def find(self, intent: Intent) -> Sighting:  # nothing is looked for
        return Sighting(Presence.ABSENT)


LEDGERS: Mapping[str, type[Ledger]] = {
    "no-fencing": UnfencedLedger,
    "upsert": ReplanningLedger,
}


def plant(bug: str) -> type[Ledger]:
    """Change this process's code; returns the ledger to work with."""
    if bug == "no-intent":
        forget()
    if bug == "no-fencing":
        unfence()
    if bug == "upsert":
        upsert()
    return LEDGERS.get(bug, Ledger)
