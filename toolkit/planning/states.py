"""What the ledger says about each slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.ledger import Row, State, account_key
from toolkit.messages import _
from toolkit.planning.slots import Slot

# A thread is as far as its least finished part; the earlier here, the more a person should know.
_ORDER = (
    State.FAILED,
    State.HELD,
    State.UNKNOWN,
    State.MISSED,
    State.SENDING,
    State.PLANNED,
    State.CANCELLED,
    State.SKIPPED,
    State.IMPORTED,
    State.CONFIRMED,
)

Key = tuple[str, str, str]


def thread_states(rows: Iterable[Row]) -> Mapping[Key, Row]:
    """(uid, occurrence, account id) → the row that says most about the post there; corrections and comments are left out."""
    found: dict[Key, Row] = {}
    for row in rows:
        key = (row.uid, row.occurrence, row.account_id)
        if row.action == "post" and (key not in found or _rank(row) < _rank(found[key])):
            found[key] = row
    return found


def say_progress(rows: Iterable[Row]) -> str:
    """How far a thread is of which something is out, but not all: ``2/5 out``, else "".

    No part goes out before the one before it, so the first part of `rows` that is not out tells.
    """
    rest = [row for row in rows if row.action == "post" and row.state is not State.CONFIRMED]
    first = min(rest, key=lambda row: row.part, default=None)
    if first is None or not 0 < first.part < first.parts:
        return ""
    return _("{out}/{parts} out").format(out=first.part, parts=first.parts)


def slot_key(slot: Slot) -> Key:
    """The key of a slot in `thread_states`."""
    return slot.post.uid, slot.occurrence, account_key(slot.account)


def _rank(row: Row) -> int:
    return _ORDER.index(row.state)
