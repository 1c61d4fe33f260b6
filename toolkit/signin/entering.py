"""Signing in: a client, an address for a person to open, a code, tokens. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Clock, SignIn
from toolkit.settings import Account
from toolkit.signin.attempt import Attempt, Way, begin
from toolkit.signin.client import Client, need_client, read_client, register_client
from toolkit.signin.errors import SignInError
from toolkit.signin.grant import Grant
from toolkit.signin.place import filled_in, home_of, server_of
from toolkit.signin.provider import Provider
from toolkit.values import dataclass
from toolkit.web import Web

MAX_TOKEN = 8192  # characters that a pasted token may have


class Back(Protocol):
    """How the code comes back: `ByBrowser` or `ByHand`."""

    def open(self, attempt: Attempt) -> AbstractContextManager[Way]: ...


@dataclass(frozen=True, slots=True)
class Entrance:
    """One account's way in. `show` is handed the address that a person has to open."""

    account: Account
    facts: SignIn
    environ: Mapping[str, str]
    web: Web
    clock: Clock
    show: Callable[[str], None]

    def enter(self, back: Back, attempt: Attempt | None = None) -> Grant:
        """What the network grants. Raises `SignInError`, `UsageError` and `NetworkError`."""
        attempt = attempt or begin()
        server = server_of(self.account, self.facts)
        facts = filled_in(self.facts, server)
        with back.open(attempt) as way:
            provider = Provider(self.account.network, facts, self._client(facts, way.redirect), self.web)
            self.show(provider.authorize_address(way.redirect, attempt.state, attempt.challenge))
            brought = way.collect()
        if brought.refusal:
            message = _("{network} did not sign you in: {said}")
            raise SignInError(message.format(network=self.account.network, said=brought.refusal))
        grant = provider.redeem(brought.code, way.redirect, attempt.verifier, self.clock.now())
        return replace(grant, server=home_of(self.account, self.facts))

    def _client(self, facts: SignIn, redirect: str) -> Client:
        if facts.register:
            given = read_client(self.account.network, self.environ)
            return given or register_client(self.web, facts.register, facts, redirect)
        return need_client(self.account.network, self.environ, redirect)


def pasted_grant(account: Account, facts: SignIn | None, said: str, now: datetime) -> Grant:
    """The grant for a token or an app password that a person has; raises `UsageError` when it cannot be one."""
    token = said.strip()
    if not token or not token.isprintable() or len(token) > MAX_TOKEN:
        raise UsageError(_("that is not one line of text with a token; nothing was stored"))
    return Grant(token, now, now, account.network, home_of(account, facts))
