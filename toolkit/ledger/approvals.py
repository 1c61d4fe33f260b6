"""What people said at the desk about a post: yes or no, to exactly one content.

The table is only ever added to, so that it tells who said what and when; of each person the last word about a content
counts. Each word is a link of the audit chain (`links`), as every event is. Whether it counts at all (roles, the author) is `toolkit.approval`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.database import Record, Value, surely, to_text
from toolkit.ledger.book import Ledger
from toolkit.ledger.view import View
from toolkit.values import dataclass

ADD: Final = """INSERT INTO approvals (uid, person, at, hash, granted, note, content)
VALUES (:uid, :person, :at, :hash, :granted, :note, :content)"""
ALL: Final = "SELECT * FROM approvals ORDER BY id"
OF_POST: Final = "SELECT * FROM approvals WHERE uid = :uid ORDER BY id"
# One person who presses twice says one thing; whoever comes second finds it said.
ONE_WRITER: Final = "approvals"


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """Somebody's yes (`granted`) or no to the content with this hash (``sha256:…``); a no says why in `note`.

    `content` is what the hash is of, so that it can be told later what was seen and what has changed since.
    """

    uid: str
    person: str  # as named in leitstand.toml
    at: datetime  # aware
    hash: str
    granted: bool
    note: str = ""
    content: str = field(default="", repr=False)


def add_approval(ledger: Ledger, row: ApprovalRow) -> bool:
    """Write it down; False, with nothing written, when the person's last word about this content says so already."""
    values: dict[str, Value] = {"uid": row.uid, "person": row.person, "at": to_text(row.at), "hash": row.hash}
    with ledger.store.transaction(ONE_WRITER) as transaction:
        before = last_words(_read(raw) for raw in transaction.run(OF_POST, {"uid": row.uid}))
        last = before.get((row.uid, row.person, row.hash))
        if last is not None and (last.granted, last.note) == (row.granted, row.note):
            return False
        said: dict[str, Value] = {"granted": int(row.granted), "note": row.note, "content": row.content}
        transaction.run(ADD, values | said)
    return True


def read_approvals(ledger: View, uid: str = "") -> list[ApprovalRow]:
    """Everything that was said, of one post when asked, the oldest first."""
    found = ledger.store.read(OF_POST, {"uid": uid}) if uid else ledger.store.read(ALL)
    return [_read(raw) for raw in found]


def last_words(rows: Iterable[ApprovalRow]) -> dict[tuple[str, str, str], ApprovalRow]:
    """(uid, person, hash) → what the person said last about it."""
    return {(row.uid, row.person, row.hash): row for row in rows}


def _read(raw: Record) -> ApprovalRow:
    return ApprovalRow(
        uid=raw["uid"],
        person=raw["person"],
        at=surely(raw["at"]),
        hash=raw["hash"],
        granted=bool(raw["granted"]),
        note=raw["note"],
        content=raw["content"],
    )
