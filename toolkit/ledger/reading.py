"""Database rows → the ledger's values."""

from __future__ import annotations

import json

from toolkit.database import Record, surely, to_moment
from toolkit.ledger.row import Event, PauseRow, Row, State


def read_row(raw: Record) -> Row:
    """A row of the table `ledger`."""
    return Row(
        id=raw["id"],
        uid=raw["uid"],
        occurrence=raw["occurrence"],
        account_id=raw["account_id"],
        account=raw["account"],
        network=raw["network"],
        action=raw["action"],
        part=raw["part"],
        parts=raw["parts"],
        path=raw["path"],
        state=State(raw["state"]),
        due=surely(raw["due"]),
        wall=raw["wall"],
        zone=raw["zone"],
        tzdata=raw["tzdata"],
        remote_id=raw["remote_id"],
        url=raw["url"],
        reason=raw["reason"],
        attempts=raw["attempts"],
        first_tried_at=to_moment(raw["first_tried_at"]),
        not_before=to_moment(raw["not_before"]),
        rendition=raw["rendition"],
        request_hash=raw["request_hash"],
        commit=raw["commit_id"],
        updated_at=surely(raw["updated_at"]),
        tried_at=to_moment(raw["tried_at"]),
        again_at=to_moment(raw["again_at"]),
        waits=raw["waits"],
        token=raw["token"],
        lease_until=to_moment(raw["lease_until"]),
    )


def read_event(raw: Record) -> Event:
    """A row of the table `events`."""
    return Event(
        id=raw["id"],
        at=surely(raw["at"]),
        row_id=raw["row_id"],
        uid=raw["uid"],
        occurrence=raw["occurrence"],
        account_id=raw["account_id"],
        account=raw["account"],
        action=raw["action"],
        part=raw["part"],
        path=raw["path"],
        old=raw["old"],
        state=State(raw["state"]),
        detail=raw["detail"],
        url=raw["url"],
        by_hand="by_hand" in raw.keys() and bool(raw["by_hand"]),  # noqa: SIM118  # iterating an sqlite3.Row gives values, not names
    )


def read_pause(raw: Record) -> PauseRow:
    """A row of the table `pauses`."""
    return PauseRow(
        id=raw["id"],
        scope=raw["scope"],
        value=raw["value"],
        reason=raw["reason"],
        owner=raw["owner"],
        since=surely(raw["since"]),
        until=to_moment(raw["until"]),
        allow=tuple(json.loads(raw["allow"])),
    )
