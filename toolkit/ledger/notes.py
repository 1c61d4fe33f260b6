"""What an account keeps in the ledger for its network: notes, and a session that all dispatchers share.

Both are what `toolkit.networks.base` calls `Notes` and `Vault`; the ledger knows no networks, so it only looks alike.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from toolkit.credentials import vault_cipher
from toolkit.database import Store, to_text
from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.view import View
from toolkit.messages import _
from toolkit.values import dataclass

# Longer than signing in takes; a process that died at it is waited for so long.
LEASE: Final = timedelta(minutes=2)
# A renewal is one request of at most half a minute.
RENEWAL: Final = timedelta(minutes=1)
GLANCE: Final = 0.02  # seconds between two looks whether another process is done


class Seals(Protocol):
    """Encrypts texts so that each can be opened only for the name it was sealed for."""

    def seal(self, text: str, name: str) -> str: ...

    def open(self, sealed: str, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class AccountNotes:
    """What an account remembers across retries and restarts. Nothing in here is secret."""

    store: Store
    account_id: str
    now: Callable[[], datetime]

    def read(self, name: str) -> str:
        """What was written under `name`; "" when nothing was."""
        values = {"account_id": self.account_id, "name": name}
        return next((str(raw["value"]) for raw in self.store.read(sql.NOTE_OF, values)), "")

    def write(self, name: str, value: str) -> None:
        """Remember it, on disk before this returns."""
        values = {"account_id": self.account_id, "name": name, "value": value, "now": to_text(self.now())}
        with self.store.transaction() as transaction:
            transaction.run(sql.SET_NOTE, values)

    def swap(self, name: str, before: str, value: str) -> bool:
        """Remember `value` where `before` ("" for nothing) still stands; False when another process was faster."""
        values = {"account_id": self.account_id, "name": name, "now": to_text(self.now())}
        with self.store.transaction() as transaction:
            if not before:
                transaction.run(sql.MEET_NOTE, values)
            return bool(transaction.run(sql.SWAP_NOTE, values | {"before": before, "value": value}))

    def names(self) -> list[str]:
        """Every name under which something stands."""
        found = self.store.read(sql.NOTES_OF, {"account_id": self.account_id})
        return [str(raw["name"]) for raw in found if raw["value"]]


@dataclass(frozen=True, slots=True)
class AccountVault:
    """An account's session, encrypted; made by one process at a time, and stored before anybody uses it.

    A process that dies while it makes one keeps the others waiting until its lease is over, and loses nothing: what was
    stored stays until something new takes its place.
    """

    store: Store
    account_id: str
    seals: Callable[[], Seals]  # asked for when there is something to seal or open
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    lease: timedelta = LEASE

    def session(self, make: Callable[[str], str], stale: str = "") -> str:
        """The stored session, unless there is none or it is `stale`: then what `make` makes of the stored one."""
        stored = self._stored()
        if stored and stored != stale:
            return stored
        token = self._wait_for_lock(stale)
        try:
            sealed = self._sealed()
            stored = self._open(sealed)
            return stored if stored and stored != stale else self._make(make, sealed)
        finally:
            self._run(sql.FREE_SESSION, token=token)

    def read(self) -> str:
        """The stored session; "" when there is none. Raises `UsageError` when it was sealed with another key."""
        return self._stored()

    def put(self, session: str) -> None:
        """Store a session that a person has just signed in for, whatever was there; "" forgets it."""
        self._run(sql.MEET_SESSION)
        while not self._keep(session, self._sealed()):
            pass  # another process was faster; ours is the newest all the same

    def _make(self, make: Callable[[str], str], sealed: str) -> str:
        made = make(self._open(sealed))
        # Who took longer than the lease may come second; then the first one's is the account's session.
        return made if self._keep(made, sealed) else self._stored()

    def _keep(self, session: str, before: str) -> bool:
        sealed = self.seals().seal(session, self.account_id)
        return self._run(sql.KEEP_SESSION, sealed=sealed, before=before)

    def _stored(self) -> str:
        return self._open(self._sealed())

    def _sealed(self) -> str:
        found = self.store.read(sql.SESSION, {"account_id": self.account_id})
        return next((str(raw["sealed"]) for raw in found), "")

    def _open(self, sealed: str) -> str:
        return self.seals().open(sealed, self.account_id) if sealed else ""

    def _wait_for_lock(self, stale: str) -> str:
        """The lock's token, or any token as soon as another process has made a session that is not `stale`."""
        token = secrets.token_hex(8)
        self._run(sql.MEET_SESSION)
        for _look in range(int(2 * self.lease.total_seconds() / GLANCE)):
            now = self.now()
            until, horizon = to_text(now + self.lease), to_text(now + 2 * self.lease)
            if self._run(sql.LOCK_SESSION, token=token, until=until, horizon=horizon):
                return token
            self.sleep(GLANCE)
            stored = self._stored()
            if stored and stored != stale:
                return token
        raise LedgerError(_("another process signs in for {account} and does not end").format(account=self.account_id))

    def _run(self, statement: str, **values: str) -> bool:
        with self.store.transaction() as transaction:
            common = {"account_id": self.account_id, "now": to_text(self.now())}
            return bool(transaction.run(statement, common | values))


def notes_of(ledger: View, account_id: str, now: Callable[[], datetime]) -> AccountNotes:
    """The account's notes in this ledger."""
    return AccountNotes(ledger.store, account_id, now)


def vault_of(ledger: View, account_id: str, environ: Mapping[str, str], now: Callable[[], datetime]) -> AccountVault:
    """The account's vault in this ledger; its key is asked for when it is first needed."""
    folder = None if ledger.place.shared else ledger.place.file.parent
    return AccountVault(ledger.store, account_id, partial(vault_cipher, environ, folder), now, time.sleep)


def tokens_of(ledger: View, account_id: str, environ: Mapping[str, str], now: Callable[[], datetime]) -> AccountVault:
    """The vault of what a person signed in for, beside the sessions that the account's adapter keeps for itself."""
    return replace(vault_of(ledger, f"{account_id} token", environ, now), lease=RENEWAL)
