"""Who did what, on what, when, from where, and how it ended. Nothing of customers, no texts; refused attempts, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ulid import ULID

from toolkit.database import Store, surely, to_text
from toolkit.values import dataclass

# What an id looks like; everything else that stands in a path might be what somebody wrote.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,79}", re.ASCII)
_ADD: Final = (
    "INSERT INTO audit (id, at, person, action, subject, origin, outcome)"
    " VALUES (:id, :at, :person, :action, :subject, :origin, :outcome)"
)
_LIST: Final = "SELECT * FROM audit WHERE (:person = '' OR person = :person) ORDER BY id DESC LIMIT :limit"
_OLD: Final = "DELETE FROM audit WHERE at < :before"

DONE: Final = "done"
REFUSED: Final = "refused"  # a dash and why follow: ``refused-permission``
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit."""

    at: datetime
    person: str  # id in [people]; "" where nobody knows
    action: str  # what the endpoint calls it
    subject: str  # an id
    origin: str  # ``loopback``, ``proxy 10.0.0.5``, ``10.9.9.9``
    outcome: str


def write_deed(store: Store, deed: Deed) -> None:
    """Write one line."""
    values = {
        "id": str(ULID.from_datetime(deed.at)),
        "at": to_text(deed.at),
        "person": deed.person,
        "action": deed.action,
        "subject": deed.subject if _ID.fullmatch(deed.subject) else "",
        "origin": deed.origin,
        "outcome": deed.outcome,
    }
    with store.transaction() as transaction:
        transaction.run(_ADD, values)


def read_deeds(store: Store, *, person: str = "", limit: int = 200) -> Sequence[Deed]:
    """The newest first."""
    rows = store.read(_LIST, {"person": person, "limit": limit})
    return [
        Deed(surely(row["at"]), *(str(row[name]) for name in ("person", "action", "subject", "origin", "outcome")))
        for row in rows
    ]


def forget_deeds(store: Store, before: datetime) -> None:
    """What is older is nobody's business any more."""
    with store.transaction() as transaction:
        transaction.run(_OLD, {"before": to_text(before)})
