"""Mastodon and servers that speak its client API."""

from __future__ import annotations

from typing import Final

from toolkit.model import Message, Promise, Rendition, SignIn
from toolkit.networks.base import Capability, Connection, Network, Pace, Seeking, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.mastodon.counting import count
from toolkit.networks.mastodon.render import OPTIONS, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.mastodon import connection

    return connection.connect(account, credential, surroundings)


def address(rendition: Rendition, message: Message) -> Rendition:
    """An answer with its author's name in front; imported late, since only answering needs it."""
    from toolkit.networks.mastodon.answering import name_author

    return name_author(rendition, message)


# https://docs.joinmastodon.org/methods/oauth/: a token has no end, and a client is registered by itself.
SIGN_IN: Final = SignIn(
    authorize="{server}/oauth/authorize",
    token="{server}/oauth/token",  # noqa: S106  # an address, not a secret
    scopes=("read:accounts", "read:statuses", "read:notifications", "write:statuses", "write:media"),
    register="{server}/api/v1/apps",
    out_of_band="urn:ietf:wg:oauth:2.0:oob",
    revoke="{server}/oauth/revoke",
)

NETWORK: Final = Network(
    name="mastodon",
    title="Mastodon",
    promise=Promise.KEY,
    verified=Verified.REAL_SERVER,
    verified_by=(
        "Sent to, read back from and retried against snac2, a real server with Mastodon's client API; comments and "
        "mentions were heard and answered there, hashtags found. Quotes, direct messages and filters are checked against the published "
        "API description only: snac2 has none of them."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.ALT_TEXT,
            Capability.THREAD,
            Capability.POLL,
            Capability.COMMENT,
            Capability.EDIT,
            Capability.DELETE,
            Capability.COUNTS,
            Capability.LISTEN,
            Capability.ANSWER,
            Capability.DIRECT,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    seeks=frozenset({Seeking.HASHTAG}),
    address=address,
    options=OPTIONS,
    max_media=4,
    max_alt=1500,
    settle=60.0,
    key_lifetime=3600.0,
    # https://docs.joinmastodon.org/api/rate-limits/: all requests of an account together.
    paces=(Pace(300, 300.0),),
    sign_in=SIGN_IN,
    figures=Figures(
        posts=("likes", "comments", "shares"),
        account=("followers",),
        source="https://docs.joinmastodon.org/entities/Status/",
        meanings={
            "likes": "Favourites that the account's own server knows of.",
            "comments": "Direct replies that the account's own server knows of.",
            "shares": "Boosts; quotes of other programs are not told.",
        },
        # 300 requests in five minutes for everything the account does; publishing needs some, too.
        budget=150,
        public=True,
    ),
)
