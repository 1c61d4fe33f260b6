"""An account's token from the vault, renewed before it ends: by one process at a time, and stored before it is used.

====================================  =====================================================================
what happens                          what becomes of the account
====================================  =====================================================================
the network gives new tokens          stored, then used; who waited meanwhile gets the same ones
the network cannot be reached         the old token is used while it lives; the next tick tries again
the network says that it is over      marked so, unless another process stored a newer one meanwhile
we are killed before it is stored     a note tells that a renewal began; the next one tries with what is stored
====================================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Clock, SignIn
from toolkit.settings import Account
from toolkit.signin.client import Client, need_client
from toolkit.signin.errors import NeedsSignInError, TokenError
from toolkit.signin.grant import Grant, read_grant
from toolkit.signin.place import filled_in, home_of
from toolkit.signin.provider import Provider
from toolkit.values import dataclass
from toolkit.web import NotSent, Web

NOTE: Final = "token-renewal"  # since when a renewal is under way
FAILED: Final = "token-renewal-failed"  # when one was last in vain
# Between two tries while the old token is still good: an outage needs no request every minute.
PAUSE: Final = timedelta(minutes=10)


class Forgotten(StrEnum):
    """How far a token was taken back."""

    NOTHING = "nothing"  # there was none
    HERE_ONLY = "here"  # the network was not told, or did not listen
    REVOKED = "revoked"


class TokenVault(Protocol):
    """Where an account's grant is kept: encrypted, and shared by all dispatchers of a ledger."""

    def read(self) -> str:
        """What is stored; "" when nothing is. Raises `UsageError` when it was sealed with another key."""

    def put(self, session: str) -> None:
        """Store what a person has just brought, whatever was there."""

    def session(self, make: Callable[[str], str], stale: str = "") -> str:
        """The stored one, unless there is none or it is `stale`: then what `make` makes of it, in one process at a time."""


class RenewalNotes(Protocol):
    """What is remembered in clear; nothing in here is secret."""

    def read(self, name: str) -> str: ...

    def write(self, name: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class TokenKeeper:
    """Keeps one account's token alive. `facts` is None where the network has no way to sign in but a pasted token."""

    account: Account
    facts: SignIn | None
    vault: TokenVault
    notes: RenewalNotes
    environ: Mapping[str, str]
    web: Web
    clock: Clock

    def current(self) -> str:
        """A token that can be used now; "" when nobody signed in. Raises `NeedsSignInError`, `LeitstandError`."""
        stored = self.vault.read()
        if not stored:
            return ""
        grant = self._grant(stored)
        if grant.due(self.clock.now()) and not (grant.live(self.clock.now()) and self._tried_lately()):
            grant = self._renewed(stored, grant)
        if not grant.live(self.clock.now()):
            raise self._needs(grant.dead or _("its token has ended"))
        return grant.access

    def store(self, grant: Grant) -> None:
        """Keep what a person has just signed in for, whatever was there."""
        self.vault.put(grant.to_json())
        self._forget_notes()

    def forget(self) -> Forgotten:
        """Give the tokens back to the network where it takes them, and keep them no longer."""
        stored = self.vault.read()
        grant = read_grant(stored)
        if not stored:
            return Forgotten.NOTHING
        self.vault.put("")
        self._forget_notes()
        return Forgotten.REVOKED if grant is not None and self.revoke(grant) else Forgotten.HERE_ONLY

    def revoke(self, grant: Grant) -> bool:
        """Whether the network took the tokens back; what was pasted is the person's own and stays as it is."""
        if self.facts is None or not self.facts.revoke or not grant.signed_in:
            return False
        try:
            return self._provider(grant).revoke(grant)
        except LeitstandError:
            return False

    def _renewed(self, stored: str, grant: Grant) -> Grant:
        try:
            made = self.vault.session(self._make, stale=stored)
        except LeitstandError:
            self.notes.write(FAILED, self.clock.now().isoformat())
            if grant.live(self.clock.now()):
                return grant  # it is asked for again later; `account_health` tells when that goes on
            raise
        self._forget_notes()  # what was made is stored
        return self._grant(made)

    def _tried_lately(self) -> bool:
        last = self.notes.read(FAILED)
        return bool(last) and abs(self.clock.now() - datetime.fromisoformat(last)) < PAUSE

    def _forget_notes(self) -> None:
        for name in (NOTE, FAILED):
            if self.notes.read(name):
                self.notes.write(name, "")

    def _make(self, stored: str) -> str:
        """What takes the place of `stored`: what the network gives for it, or that it is over."""
        before = read_grant(stored)
        if before is None or not before.due(self.clock.now()):
            return stored
        provider = self._provider(before)
        interrupted = self.notes.read(NOTE)
        began = self.clock.now()
        self.notes.write(NOTE, interrupted or began.isoformat())
        try:
            made = provider.renew(before, began)
        except TokenError as error:
            if provider.facts.voids.isdisjoint({error.code}):
                self._settle(interrupted)
                raise
            made = before.over(str(error) + _interruption(interrupted))
        except NotSent:
            self._settle(interrupted)
            raise
        # The note goes when `made` is stored: until then nobody but this process has the new token.
        return made.to_json()

    def _settle(self, interrupted: str) -> None:
        """This renewal changed nothing; one that was interrupted before still may have."""
        self.notes.write(NOTE, interrupted)

    def _grant(self, stored: str) -> Grant:
        grant = read_grant(stored)
        if grant is None:
            raise self._needs(_("what is stored for it cannot be read"))
        server = home_of(self.account, self.facts)
        if grant.server != server:
            message = _("it was signed in at {old}, and leitstand.toml names {new} now")
            raise self._needs(message.format(old=grant.server or "-", new=server or "-"))
        return grant

    def _provider(self, grant: Grant) -> Provider:
        if self.facts is None:
            raise self._needs(_("its network renews no tokens"))
        own = Client(grant.client_id, grant.client_secret, registered=True) if grant.client_id else None
        client = own or need_client(self.account.network, self.environ)
        return Provider(self.account.network, filled_in(self.facts, grant.server), client, self.web)

    def _needs(self, why: str) -> NeedsSignInError:
        message = _("{account} has to be signed in again ({why}); run: leitstand login {account}")
        return NeedsSignInError(message.format(account=self.account.name, why=why))


def _interruption(since: str) -> str:
    if not since:
        return ""
    when = f"{datetime.fromisoformat(since):%Y-%m-%d %H:%M} UTC"
    message = _("; a renewal that began {when} was interrupted, and the token it was given is lost")
    return message.format(when=when)
