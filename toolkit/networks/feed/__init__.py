"""The brand's own Atom feed: a file that readers and other programs fetch."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.feed.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the feed's file; imported late, since only sending needs it."""
    from toolkit.networks.feed import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="feed",
    title="Feed",
    promise=Promise.RKEY,
    verified=Verified.SPECIFICATION,
    verified_by="Atom (RFC 4287) and JSON Feed 1.1, held against both specifications and read back by an independent feed reader.",
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.RICH_TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.DOCUMENTS,
            Capability.ALT_TEXT,
            Capability.EDIT,
            Capability.DELETE,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    needs_token=False,
    options=OPTIONS,
    max_media=20,
    max_alt=10_000,
    settle=0.0,
    silence="Who reads a feed is known to the web server that delivers it; import its statistics or its access log.",
)
