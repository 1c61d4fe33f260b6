"""Which desk is running on this machine: noted when it starts, struck out when it ends, asked whether it answers."""

from __future__ import annotations

import socket
from typing import Final
from urllib.parse import urlsplit

from toolkit.database import SET_META, Store

_FIND: Final = "SELECT value FROM meta WHERE name = :name"
_STRIKE: Final = "DELETE FROM meta WHERE name = :name AND value = :value"
PATIENCE: Final = 1.0  # seconds


def note_running(store: Store, url: str) -> None:
    """The desk of this machine is at `url` from now on."""
    with store.transaction() as transaction:
        transaction.run(SET_META, {"name": _name(), "value": url})


def strike_running(store: Store, url: str) -> None:
    """It is not any more, unless another one has started meanwhile."""
    with store.transaction() as transaction:
        transaction.run(_STRIKE, {"name": _name(), "value": url})


def find_running(store: Store) -> str:
    """Where the desk of this machine answers; "" where none does."""
    rows = store.read(_FIND, {"name": _name()})
    url = str(rows[0]["value"]) if rows else ""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE):
            return url
    except OSError:
        return ""


def _name() -> str:
    # The database may be shared by several machines.
    return f"desk of {socket.gethostname()}"
