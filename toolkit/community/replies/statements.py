"""The SQL of replies, in words that SQLite and PostgreSQL both take."""

from __future__ import annotations

from typing import Final

from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.database import Record, Value, surely, to_moment, to_text

COLUMNS: Final = tuple(Reply.__slots__)
_NAMES: Final = ", ".join(COLUMNS)
ADD: Final = f"INSERT INTO replies ({_NAMES}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"  # noqa: S608  # our own names
_SETS: Final = ", ".join(f"{name} = :{name}" for name in COLUMNS if name not in ("id", "version", "created_at"))
# Whoever is second changes nothing.
CHANGE: Final = f"UPDATE replies SET {_SETS}, version = version + 1 WHERE id = :id AND version = :version RETURNING *"  # noqa: S608  # our own names
ONE: Final = "SELECT * FROM replies WHERE id = :id"
OF_CONVERSATION: Final = "SELECT * FROM replies WHERE conversation = :conversation ORDER BY created_at, id"
_OPEN: Final = "state IN ('draft', 'review', 'approved', 'queued', 'stale')"
OPEN: Final = f"SELECT * FROM replies WHERE {_OPEN} ORDER BY created_at, id LIMIT 10000"  # noqa: S608  # our own words
GOING: Final = "SELECT * FROM replies WHERE state IN ('approved', 'queued') ORDER BY approved_at, id LIMIT 10000"
RUNNING: Final = (
    "SELECT * FROM replies WHERE state IN ('draft', 'review', 'stale', 'approved', 'queued') AND expires_at <= :now"
    " ORDER BY id LIMIT 10000"
)
LAPSED: Final = "SELECT * FROM replies WHERE state = 'expired' AND changed_at > :since ORDER BY id LIMIT 1000"
SENT: Final = "SELECT * FROM replies WHERE state = 'sent' AND text <> '' ORDER BY changed_at DESC, id LIMIT :most"
EXPIRED: Final = "SELECT * FROM replies WHERE state = 'expired' AND text <> '' AND changed_at >= :since ORDER BY changed_at DESC, id LIMIT 50"
BEGINS: Final = "SELECT id FROM replies WHERE id >= :first AND id < :after ORDER BY id LIMIT 9"
ENDS: Final = "SELECT id FROM replies WHERE substr(id, :from) = :end ORDER BY id LIMIT 9"
ENTRY: Final = "SELECT * FROM entries WHERE account_id = :account_id AND remote_id = :remote_id"


def read_reply(raw: Record) -> Reply:
    """A row of the table `replies`."""
    return Reply(
        id=raw["id"],
        conversation=raw["conversation"],
        place=raw["place"],
        account_id=raw["account_id"],
        channel=raw["channel"],
        target=raw["target"],
        stamp=raw["stamp"],
        text=raw["text"],
        language=raw["language"],
        private=bool(raw["private"]),
        author=raw["author"],
        created_at=surely(raw["created_at"]),
        changed_at=surely(raw["changed_at"]),
        expires_at=surely(raw["expires_at"]),
        state=ReplyState(raw["state"]),
        send_after=to_moment(raw["send_after"]),
        approved_by=raw["approved_by"],
        approved_at=to_moment(raw["approved_at"]),
        approved_hash=raw["approved_hash"],
        note=raw["note"],
        remote_id=raw["remote_id"],
        version=raw["version"],
    )


def reply_values(reply: Reply) -> dict[str, Value]:
    """A reply as `ADD` and `CHANGE` write it."""
    moments = ("created_at", "changed_at", "expires_at", "send_after", "approved_at")
    values: dict[str, Value] = {name: to_text(getattr(reply, name)) for name in moments}
    plain = (name for name in COLUMNS if name not in moments)
    values |= {name: getattr(reply, name) for name in plain}
    return values | {"private": int(reply.private), "state": reply.state.value}
