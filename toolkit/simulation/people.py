"""People who decide in a simulation (`--resolve`): half an hour after they were asked, and they look before they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from toolkit.ledger import Event, Ledger, Row, State
from toolkit.simulation.lines import URL
from toolkit.simulation.network import SimulatedNetwork

THOUGHT: Final = timedelta(minutes=30)


def decide(ledger: Ledger, networks: Mapping[str, SimulatedNetwork], now: datetime) -> int:
    """Decide about every row that asks since `THOUGHT`; returns how many decisions were made."""
    asking = ledger.rows(states=(State.HELD, State.MISSED, State.FAILED))
    ripe = [row for row in asking if now - row.updated_at >= THOUGHT]
    return sum(_decide(ledger, networks.get(row.account_id), row, now) is not None for row in ripe)


def _decide(ledger: Ledger, network: SimulatedNetwork | None, row: Row, now: datetime) -> Event | None:
    posts = network.record.of(row.key) if network is not None else []
    out = network is not None and network.record.out_since(row.key) is not None
    if out or row.handed_over or network is None:
        post = posts[0].id if posts else row.key
        return ledger.resolve_out(row, now, URL.format(id=post), remote_id=post)
    if row.state is State.FAILED:
        return ledger.resolve_drop(row, now)
    return ledger.resolve_again(row, now)
