"""An account whose token is kept in a real ledger and renewed at the pretend provider."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.signin.provider import CLIENT, CLIENT_SECRET, LIFE, PretendProvider
from toolkit.credentials import Cipher
from toolkit.ledger import AccountVault, Ledger, notes_of
from toolkit.model import SetClock, SignIn
from toolkit.settings import Account
from toolkit.signin import Grant, TokenKeeper, TokenState, account_health
from toolkit.web import Web

START = datetime(2026, 12, 1, 6, tzinfo=UTC)
ACCOUNT = Account("x", "x", "@nordlicht")
ENVIRON = {"LEITSTAND_CLIENT_X": f"{CLIENT}:{CLIENT_SECRET}"}
SPENT = timedelta(seconds=LIFE)  # after which a token has to be renewed


def keeper(
    ledger: Ledger, provider: PretendProvider, now: datetime = START, facts: SignIn | None = None
) -> TokenKeeper:
    vault = AccountVault(ledger.store, "x token", lambda: Cipher(bytes(32)), lambda: now, time.sleep)
    web = Web(allowed_hosts=frozenset({provider.server.host_port}))
    notes = notes_of(ledger, "x", lambda: now)
    return TokenKeeper(ACCOUNT, facts or provider.facts(), vault, notes, ENVIRON, web, SetClock(now))


def fresh(provider: PretendProvider, **more: object) -> Grant:
    grant = Grant(
        "canary-access-0", START, START, "x", refresh=provider.refresh, expires_at=START + SPENT, signed_in=True
    )
    return replace(grant, **more)  # type: ignore[arg-type]  # what a test changes


def state(ledger: Ledger, provider: PretendProvider, now: datetime = START) -> tuple[TokenState, str]:
    (found,) = account_health([ACCOUNT], {}, lambda _account: keeper(ledger, provider, now).vault, now)
    assert "canary" not in repr(found)
    return found.state, found.reason
