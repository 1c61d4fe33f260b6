"""Sessions: who is signed in, until when. The browser has 256 random bits, the database their hash."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from toolkit.database import Store, surely, to_text
from toolkit.settings.desk import DeskPolicy
from toolkit.values import dataclass

BITS: Final = 256
# How often it is written down that somebody is still there.
NOTED_EVERY: Final = timedelta(minutes=1)

_MAKE: Final = (
    "INSERT INTO sessions (hash, person, made_at, seen_at, expires_at) VALUES (:hash, :person, :now, :now, :expires)"
)
_FIND: Final = "SELECT * FROM sessions WHERE hash = :hash AND expires_at > :now AND seen_at > :idle"
_SEEN: Final = "UPDATE sessions SET seen_at = :now WHERE hash = :hash"
_OVER: Final = "DELETE FROM sessions WHERE expires_at <= :now OR seen_at <= :idle"
_END: Final = "DELETE FROM sessions WHERE hash = :hash"
_END_ALL: Final = "DELETE FROM sessions WHERE person = :person OR :person = '' RETURNING hash"


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser. What is shown of it never holds the token."""

    person: str
    seen_at: datetime
    expires_at: datetime
    token: str = field(repr=False)

    @property
    def key(self) -> str:
        """What it goes by on our side."""
        return digest(self.token)

    @property
    def csrf(self) -> str:
        """What each of its forms carries; who does not know the token cannot make it."""
        return hmac.new(self.token.encode(), b"csrf", sha256).hexdigest()


def make_token() -> str:
    """256 random bits, fit for a cookie and for a path."""
    return secrets.token_urlsafe(BITS // 8)


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def start_session(store: Store, person: str, policy: DeskPolicy, now: datetime) -> Session:
    """Sign somebody in, always under a new token; those that are over are swept out."""
    made = Session(person, now, now + policy.longest, make_token())
    values = {"hash": made.key, "person": person, "now": to_text(now), "expires": to_text(made.expires_at)}
    with store.transaction() as transaction:
        transaction.run(_OVER, {"now": to_text(now), "idle": to_text(now - policy.idle)})
        transaction.run(_MAKE, values)
    return made


def find_session(store: Store, token: str, policy: DeskPolicy, now: datetime) -> Session | None:
    """The session of this token, unless it is over."""
    if not token:
        return None
    rows = store.read(_FIND, {"hash": digest(token), "now": to_text(now), "idle": to_text(now - policy.idle)})
    return next(
        (Session(row["person"], surely(row["seen_at"]), surely(row["expires_at"]), token) for row in rows), None
    )


def note_seen(store: Store, session: Session, now: datetime) -> None:
    """Somebody is still there."""
    with store.transaction() as transaction:
        transaction.run(_SEEN, {"hash": session.key, "now": to_text(now)})


def end_session(store: Store, token: str) -> None:
    """Sign this browser out."""
    with store.transaction() as transaction:
        transaction.run(_END, {"hash": digest(token)})


def end_sessions(store: Store, person: str) -> int:
    """Sign a person out everywhere; "" for everybody. Returns how many sessions that ended."""
    with store.transaction() as transaction:
        return len(transaction.run(_END_ALL, {"person": person}))
