"""What a ledger is born with: an id that no other has, and the moment."""

from __future__ import annotations

from datetime import datetime

from ulid import ULID

from toolkit.database import to_text


def birth_meta(now: datetime) -> list[dict[str, str]]:
    """The first rows of the table `meta`."""
    meta = {"ledger_id": str(ULID.from_datetime(now)), "created_at": to_text(now)}
    return [{"name": name, "value": value} for name, value in meta.items()]
