"""Mastodon and servers that speak its client API."""

from __future__ import annotations

from typing import Final

from toolkit.model import Clock, Promise
from toolkit.networks.base import Capability, Connection, Network, ReadMedia, Verified
from toolkit.networks.mastodon.counting import count
from toolkit.networks.mastodon.render import OPTIONS, render
from toolkit.settings import Account
from toolkit.web import Web


def connect(
    account: Account, credential: str, *, web: Web, clock: Clock, read_media: ReadMedia, state_dir: str
) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.mastodon import connection

    return connection.connect(account, credential, web=web, clock=clock, read_media=read_media, state_dir=state_dir)


NETWORK: Final = Network(
    name="mastodon",
    title="Mastodon",
    promise=Promise.KEY,
    verified=Verified.REAL_SERVER,
    verified_by="Sent to, read back from and retried against snac2, a real server with Mastodon's client API.",
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.MEDIA,
            Capability.ALT_TEXT,
            Capability.THREAD,
            Capability.EDIT,
            Capability.DELETE,
            Capability.COUNTS,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=4,
    max_alt=1500,
    settle=60.0,
    key_lifetime=3600.0,
)
