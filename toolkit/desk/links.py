"""Login links: for one person, for some minutes, for one use."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from toolkit.database import Store, to_text
from toolkit.desk.sessions import digest, make_token
from toolkit.settings.desk import DeskPolicy

_MAKE: Final = "INSERT INTO logins (hash, person, made_at, expires_at) VALUES (:hash, :person, :now, :expires)"
# One row or nothing: of two who come with the same link, one gets in.
_USE: Final = (
    "UPDATE logins SET used_at = :now WHERE hash = :hash AND used_at = '' AND expires_at > :now RETURNING person"
)
_FIND: Final = "SELECT * FROM logins WHERE hash = :hash"
_OLD: Final = "DELETE FROM logins WHERE expires_at <= :before"
_VOID: Final = "DELETE FROM logins WHERE person = :person OR :person = ''"


class LinkState(StrEnum):
    """What a link is good for."""

    FRESH = "fresh"
    USED = "used"
    OVER = "over"
    UNKNOWN = "unknown"


def make_link(store: Store, person: str, policy: DeskPolicy, now: datetime) -> str:
    """The token of a new link; only its hash is kept. Links of days ago are swept out."""
    token = make_token()
    values = {"hash": digest(token), "person": person, "now": to_text(now), "expires": to_text(now + policy.link)}
    with store.transaction() as transaction:
        # A day longer than they last: so long it can be told that one was used already.
        transaction.run(_OLD, {"before": to_text(now - policy.link * 144)})
        transaction.run(_MAKE, values)
    return token


def look_at_link(store: Store, token: str, now: datetime) -> tuple[LinkState, str]:
    """What a link is good for, and for whom; changes nothing, so that a preview in a chat uses no link up."""
    rows = store.read(_FIND, {"hash": digest(token)})
    if not rows:
        return LinkState.UNKNOWN, ""
    row = rows[0]
    if row["used_at"]:
        return LinkState.USED, row["person"]
    return LinkState.FRESH if row["expires_at"] > to_text(now) else LinkState.OVER, row["person"]


def use_link(store: Store, token: str, now: datetime) -> str:
    """Use a link up; the person it is for, "" when it is not good any more."""
    with store.transaction() as transaction:
        rows = transaction.run(_USE, {"hash": digest(token), "now": to_text(now)})
    return str(rows[0]["person"]) if rows else ""


def void_links(store: Store, person: str) -> None:
    """Make a person's links void; "" for everybody's."""
    with store.transaction() as transaction:
        transaction.run(_VOID, {"person": person})
