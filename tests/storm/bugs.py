"""Bugs that are planted on purpose: a storm that does not find them proves nothing.

Three are weather (`settle`, `old-key` and `lag` in `test_controls`); the others are changes of the dispatcher's own code
in its process.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from toolkit.ledger import Event, Ledger, Receipt, Row, State, statements
from toolkit.ledger.pace import Rate
from toolkit.ledger.statements import Change
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.simulation import SimulatedLine


class CarelessLedger(Ledger):
    """No intent: a scheduler that writes down only what is over."""

    def begin(
        self,
        row: Row,
        now: datetime,
        paces: Sequence[Rate] = (),
        *,
        rendition: str,
        hashes: Sequence[str],
        commit: str,
        receipt: Receipt | None = None,
    ) -> Row | None:
        if receipt is not None:
            receipt.event = self.confirm(receipt.row, receipt.at, receipt.remote_id, receipt.url)
        claimed = self.claim(row, now, paces)
        if claimed is not None:
            self.write_down = partial(self.intend, claimed, rendition=rendition, hashes=hashes, commit=commit)
        return claimed

    def confirm(self, row: Row, now: datetime, remote_id: str, url: str) -> Event | None:
        if row.state is State.CLAIMED:
            self.write_down(now)
        return super().confirm(row, now, remote_id, url)

    def doubt(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self.release(row, now, reason)


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
    """Take the token out of every statement, and the states that only the token's holder has."""
    for name, value in list(vars(statements).items()):
        if isinstance(value, Change):
            setattr(statements, name, replace(value, where=value.where.replace(" AND token = :token", "")))
    claim, intend = statements.CLAIM, statements.INTEND
    claim_where = claim.where.replace("('planned')", "('planned', 'claimed', 'sending')")
    intend_where = intend.where.replace("('claimed')", "('claimed', 'sending')")
    setattr(statements, "CLAIM", replace(claim, where=claim_where))  # noqa: B010  # it is Final for everybody else
    setattr(statements, "INTEND", replace(intend, where=intend_where))  # noqa: B010  # see above


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
    "no-intent": CarelessLedger,
    "no-fencing": UnfencedLedger,
    "upsert": ReplanningLedger,
}


def plant(bug: str) -> type[Ledger]:
    """Change this process's code; returns the ledger to work with."""
    if bug == "no-fencing":
        unfence()
    if bug == "upsert":
        upsert()
    return LEDGERS.get(bug, Ledger)
