"""What changed since somebody looked: a version per area, cheap enough to be asked every few seconds.

A page compares and asks for its lists anew; nothing is pushed, so that a phone in a pocket costs nothing. Asking does
not keep a session alive: only people do.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from toolkit.database import Place
from toolkit.desk.answer import Answer, data
from toolkit.desk.door import Door, Stranger
from toolkit.desk.house import House
from toolkit.desk.permissions import Permission, permissions
from toolkit.desk.request import Ask


def pulse(door: Door, ask: Ask) -> Answer:
    """GET /pulse → ``{"inbox": "3f2a…", "posts": …, "workspace": …}``; 401 and 403 without a body to speak of."""
    guest = door.meet(ask, awake=False)
    if isinstance(guest, Stranger):
        return data({}, 401)
    if Permission.READ not in permissions(guest.person, door.house.settings):
        return data({}, 403)
    return data(versions(door.house))


def versions(house: House) -> dict[str, str]:
    """A version per area: another one whenever something there was written."""
    return {
        "inbox": _version(house, house.inbox_place),
        "posts": _version(house, house.ledger_place),
        "workspace": _short(house.stamp),
    }


# Statistics that PostgreSQL keeps by itself: rows inserted, changed and deleted since they were last set back.
_WRITES: Final = (
    "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) AS writes FROM pg_stat_user_tables"
    " WHERE schemaname = :schema"
)


def _version(house: House, place: Place) -> str:
    """Of a file: when it and its journal were last written; in a database: how often its rows were changed."""
    if place.shared:
        with house.inbox(read_only=True) as inbox:
            return _short(str(inbox.store.read(_WRITES, {"schema": place.schema})[0]["writes"]))
    return _short("/".join(_stamp(f"{place.file}{ending}") for ending in ("", "-wal")))


def _stamp(path: str) -> str:
    try:
        found = Path(path).stat()
    except OSError:
        return "-"
    # Whoever only reads leaves an empty journal, or takes it away again.
    return f"{found.st_mtime_ns}.{found.st_size}" if found.st_size else "-"


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
