"""Opening the line of an account: its secret, a client that may reach the accounts' own servers, its adapter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.credentials import need_secret, read_secret
from toolkit.errors import LeitstandError
from toolkit.hosting import host_addresses, open_host
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.networks import find_network
from toolkit.networks.base import Connection, Memory, Notes, ReadMedia, Surroundings, Vault
from toolkit.settings import Account, Settings
from toolkit.web import Resolver, Web, host_port, look_up


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
) -> Connection:
    """The line of `account`; raises `LeitstandError` with what is missing. `read_media` takes paths below content/.

    Without `vault` and `notes` the account remembers for as long as the process lasts.
    """
    network = find_network(account.network)
    if network.connect is None:
        raise LeitstandError(_("{network} is not sent to yet").format(network=network.title))
    secret = need_secret(account.name, environ) if network.needs_token else read_secret(account.name, environ)
    web = Web(resolver=resolver, allowed_hosts=_own_servers(settings), elapsed=clock.elapsed)
    host = open_host(settings.media_host, environ, web) if network.fetches_media else None
    kept = vault or Memory(), notes or Memory()
    return network.connect(account, secret.reveal(), Surroundings(web, clock, read_media, str(state), *kept, host))


def _own_servers(settings: Settings) -> frozenset[str]:
    """``host:port`` of every server that an account or the media host names: these alone may be private."""
    named = (account.server for account in settings.accounts.values() if "://" in account.server)
    return frozenset(map(host_port, named)) | host_addresses(settings.media_host)
