"""Keeping tokens alive at every tick, also of accounts that publish nothing for weeks: a token that nobody renews dies."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from toolkit.credentials import secret_source
from toolkit.errors import LeitstandError
from toolkit.ledger import View, account_key, notes_of, tokens_of
from toolkit.model import Clock
from toolkit.networks import find_network
from toolkit.networks.opening import open_web, token_accounts
from toolkit.settings import Account, Settings
from toolkit.signin import TokenKeeper


def token_keeper(
    account: Account, settings: Settings, ledger: View, environ: Mapping[str, str], clock: Clock
) -> TokenKeeper:
    """What keeps the account's token in this ledger."""
    key = account_key(account)
    return TokenKeeper(
        account=account,
        facts=find_network(account.network).sign_in,
        vault=tokens_of(ledger, key, environ, clock.now),
        notes=notes_of(ledger, key, clock.now),
        environ=environ,
        web=open_web(settings, clock),
        clock=clock,
    )


def tend_tokens(settings: Settings, ledger: View, environ: Mapping[str, str], clock: Clock) -> None:
    """Renew what is due. What fails is no tick's failure: `account_health` tells it, and the next tick tries again."""
    for account in token_accounts(settings.accounts.values()):
        with suppress(LeitstandError):
            if not secret_source(account.name, environ):
                token_keeper(account, settings, ledger, environ, clock).current()
