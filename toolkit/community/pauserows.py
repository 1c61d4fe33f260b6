"""Pauses in the ledger: what whoever sends asks before every single send, also while the file is broken or uncommitted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from toolkit.community.pause import Pause, pauses_of_rows
from toolkit.ledger import Ledger, LedgerPlace, PauseRow, open_ledger


def is_wanted(place: LedgerPlace, ref: str) -> bool:
    """Whether pauses belong into the ledger: there is one, or the commit `ref` is published and not the folder."""
    return bool(ref) or place.exists()


def add_rows(ledger: Ledger, pauses: Iterable[Pause], now: datetime) -> None:
    """Pauses in force from `now` on, a row each."""
    for one in pauses:
        ledger.add_pause(PauseRow(0, one.scope, one.value, one.reason, one.owner, now, one.until, one.allow))


def end_rows(place: LedgerPlace, name: str, now: datetime) -> int:
    """End the rows of the scope `name`, as people write it; how many there were."""
    if not place.exists():
        return 0
    with open_ledger(place, now=now) as ledger:
        rows = [row for row in ledger.pauses(now) if pauses_of_rows([row])[0].name == name]
        return sum(ledger.end_pause(row.id, now) for row in rows)
