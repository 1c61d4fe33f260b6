"""Opening the line of an account: its secret, a client that may reach the accounts' own servers, its adapter.

The secret comes from the environment or a credentials file, else from what a person signed in for (`toolkit.signin`),
which is renewed here before it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from toolkit.credentials import need_secret, read_secret
from toolkit.errors import LeitstandError
from toolkit.hosting import host_addresses, open_host
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.networks import by_hand, find_network
from toolkit.networks.base import Connection, Memory, Notes, ReadMedia, Surroundings, Vault
from toolkit.settings import Account, Settings
from toolkit.signin import TokenKeeper, TokenVault
from toolkit.web import Resolver, Web, host_port, look_up

# No token is shorter; a shorter word may stand in any answer.
SECRET: Final = 16


def open_connection(
    account: Account,
    settings: Settings,
    *,
    environ: Mapping[str, str],
    clock: Clock,
    read_media: ReadMedia,
    state: Path,
    resolver: Resolver = look_up,
    vault: Vault | None = None,
    notes: Notes | None = None,
    tokens: TokenVault | None = None,
) -> Connection:
    """The line of `account`; raises `LeitstandError` with what is missing. `read_media` takes paths below content/.

    Without `vault` and `notes` the account remembers for as long as the process lasts; without `tokens` its secret has
    to stand in the environment or in a credentials file.
    """
    network = find_network(account.network)
    if network.connect is None:
        raise LeitstandError(_("{network} is not sent to yet").format(network=network.title))
    web = open_web(settings, clock, resolver)
    notes = notes or Memory()
    credential = read_secret(account.name, environ).reveal()
    if not credential and tokens is not None:
        credential = TokenKeeper(account, network.sign_in, tokens, notes, environ, web, clock).current()
    if not credential and network.needs_token:
        need_secret(account.name, environ)
    host = open_host(settings.media_host, environ, web) if network.fetches_media else None
    kept = vault or Memory(), notes
    discreet = web.hiding(*secrets_of(credential))
    return network.connect(account, credential, Surroundings(discreet, clock, read_media, str(state), *kept, host))


def secrets_of(credential: str) -> list[str]:
    """What no answer and no message may show of a credential: its whole, and each part that is no name or scheme."""
    parts = re.split(r"[\s:/]+", credential)
    return [credential, *(part for part in parts if len(part) >= SECRET)] if len(credential) >= SECRET else []


def open_web(settings: Settings, clock: Clock, resolver: Resolver = look_up) -> Web:
    """The guarded client that may also reach the servers which leitstand.toml names."""
    return Web(resolver=resolver, allowed_hosts=_own_servers(settings), elapsed=clock.elapsed)


def token_accounts(accounts: Iterable[Account]) -> list[Account]:
    """The accounts that need a token of ours: those that a person publishes by hand, or that need none, do not."""
    return [account for account in accounts if not by_hand(account) and _needs_token(account)]


def _needs_token(account: Account) -> bool:
    try:
        network = find_network(account.network)
    except LeitstandError:
        return False
    return network.connect is not None and network.needs_token


def _own_servers(settings: Settings) -> frozenset[str]:
    """``host:port`` of every server that an account or the media host names: these alone may be private."""
    accounts = settings.accounts.values()
    named = (address for one in accounts for address in (one.server, one.options.get("smtp", "")) if "://" in address)
    return frozenset(map(host_port, named)) | host_addresses(settings.media_host)
