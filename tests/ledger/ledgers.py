"""Ledgers for tests: rows in each state, made the way a dispatcher makes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from toolkit.database.sqlite import SqliteStore
from toolkit.ledger import Ledger, Planned, Row, View
from toolkit.ledger.pace import Rate

START = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
DUE = START + timedelta(hours=1)
ACCOUNT = "mastodon:@nordlicht@social.example"


def planned(uid: str, due: datetime = DUE, account_id: str = ACCOUNT) -> Planned:
    """A row of the plan."""
    network = account_id.partition(":")[0]
    return Planned(
        uid=uid,
        account_id=account_id,
        account=network,
        network=network,
        path=f"content/posts/{uid}.md",
        due=due,
        wall=f"{due:%Y-%m-%d %H:%M}",
        zone="UTC",
        tzdata="2026f",
    )


def only(ledger: Ledger, uid: str = "A", part: int = 0) -> Row:
    """The one row of a post's part."""
    (row,) = [row for row in ledger.rows(uid=uid) if row.part == part]
    return row


def begin(ledger: Ledger, row: Row, now: datetime = DUE, paces: Sequence[Rate] = (), parts: int = 1) -> Row | None:
    """As a dispatcher begins a post of so many parts."""
    hashes = [f"sha256:{part}" for part in range(parts)]
    return ledger.begin(row, now, paces, rendition="{}", hashes=hashes, commit="abc")


def sending(ledger: Ledger, uid: str = "A", parts: int = 1, now: datetime = DUE) -> Row:
    """A planned post whose intent is committed."""
    ledger.plan([planned(uid)], START)
    row = begin(ledger, only(ledger, uid), now, parts=parts)
    assert row is not None
    return row


def connection_of(ledger: View) -> sqlite3.Connection:
    """The SQLite connection under a ledger in a file."""
    assert isinstance(ledger.store, SqliteStore)
    return ledger.store.connection
