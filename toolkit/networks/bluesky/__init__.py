"""Bluesky and other servers of the AT Protocol."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Pace, Seeking, Surroundings, Verified
from toolkit.networks.bluesky.counting import count
from toolkit.networks.bluesky.detection import detect_facets
from toolkit.networks.bluesky.render import OPTIONS, measure_direct, render
from toolkit.networks.figures import Figures
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.bluesky import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="bluesky",
    title="Bluesky",
    promise=Promise.RKEY,
    verified=Verified.REAL_SERVER,
    verified_by=(
        "Sent to, read back from, edited, deleted, counted, heard and answered on a real network of Bluesky's own "
        "servers, started for the tests; whether bsky.app shows an edit is up to it. Direct messages are checked against "
        "the published lexicons only: their service is not part of that network. That network takes searches and has no index to find anything in."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.RICH_TEXT,
            Capability.IMAGES,
            Capability.ALT_TEXT,
            Capability.THREAD,
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
    detect=detect_facets,
    connect=connect,
    seeks=frozenset({Seeking.HASHTAG, Seeking.WORDS}),
    address=measure_direct,
    options=OPTIONS,
    max_media=4,
    max_alt=2000,
    # The account's own server answers for itself, so it is never behind; a request in work is what is waited for.
    settle=15.0,
    # 5,000 points an hour and 35,000 a day, 3 a post: https://docs.bsky.app/docs/advanced-guides/rate-limits
    paces=(Pace(1666, 3600), Pace(11666, 86400)),
    figures=Figures(
        posts=("likes", "comments", "shares", "saves"),
        account=("followers",),
        source="https://docs.bsky.app/docs/api/app-bsky-feed-get-posts",
        meanings={
            "comments": "Direct replies; a thread's own next part is none.",
            "shares": "Reposts and quotes.",
            "saves": "Bookmarks, where the server tells them.",
        },
        together=25,
        public=True,
        budget=100,
    ),
)
