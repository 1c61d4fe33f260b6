"""Threads, over Meta's API: containers, threads of posts, replies."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.model import Promise, SignIn
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.threads.render import OPTIONS, accepts, count, render
from toolkit.settings import Account

DAY: Final = 86400.0


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.threads import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="threads",
    title="Threads",
    promise=Promise.TWO_STEP,
    verified=Verified.CONTRACT,
    verified_by=(
        "Contract only: requests are checked against the parameters that Meta documents; "
        "no account of Threads was written to."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.ALT_TEXT,
            Capability.THREAD,
            Capability.COMMENT,
            Capability.DELETE,
            Capability.COUNTS,
            Capability.LISTEN,
            Capability.ANSWER,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    fetches_media=True,
    accepts=accepts,
    options=OPTIONS,
    max_media=20,
    max_alt=1000,
    settle=120.0,
    no_direct="The API of Threads has no direct messages; answer them in its own app.",
    paces=(Pace(250, DAY),),
    sign_in=SignIn(
        authorize="https://threads.net/oauth/authorize",
        token="https://graph.threads.net/oauth/access_token",  # noqa: S106  # an address
        scopes=(
            "threads_basic",
            "threads_content_publish",
            "threads_delete",
            "threads_manage_insights",
            "threads_manage_replies",
            "threads_read_replies",
        ),
        pkce=False,
        scope_separator=",",
        loopback=False,
        renew="exchange",
        renew_at="https://graph.threads.net/refresh_access_token",
        renew_fields={"grant_type": "th_refresh_token", "access_token": "{token}"},
        # A code gives a token for an hour: https://developers.facebook.com/docs/threads/get-started/long-lived-tokens
        lengthen_at="https://graph.threads.net/access_token",
        lengthen_fields={
            "grant_type": "th_exchange_token",
            "client_secret": "{client_secret}",
            "access_token": "{token}",
        },
    ),
    figures=Figures(
        posts=("likes", "comments", "shares", "views"),
        account=("followers",),
        source="https://developers.facebook.com/docs/threads/insights",
        meanings={
            "views": "How often it was shown, again included; Meta calls the number one in development.",
            "shares": "Reposts, quotes and times it was sent.",
        },
        each=1,
        budget=100,
        late=("views",),
        lag=timedelta(hours=48),
    ),
)
