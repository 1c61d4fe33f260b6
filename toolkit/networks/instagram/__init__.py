"""Instagram, for professional accounts, over Meta's content publishing API."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.model import Promise, SignIn
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.instagram.naming import name_author
from toolkit.networks.instagram.render import OPTIONS, accepts, count, render
from toolkit.settings import Account

DAY: Final = 86400.0


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.instagram import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="instagram",
    title="Instagram",
    promise=Promise.TWO_STEP,
    verified=Verified.CONTRACT,
    verified_by=(
        "Contract only: every request is checked against the parameter types that Meta publishes (facebook-business); "
        "no account of Instagram was written to."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.ALT_TEXT,
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
    address=name_author,
    fetches_media=True,
    accepts=accepts,
    options=OPTIONS,
    max_media=10,
    max_alt=1000,
    settle=120.0,
    no_direct=(
        "Direct messages, and private replies to comments, are neither heard nor answered: Meta gives them only to apps "
        "that it has examined for messages. Answer them in Instagram's own app."
    ),
    paces=(Pace(100, DAY),),
    sign_in=SignIn(
        authorize="https://www.facebook.com/v26.0/dialog/oauth",
        token="https://graph.facebook.com/v26.0/oauth/access_token",  # noqa: S106  # an address
        scopes=(
            "instagram_basic",
            "instagram_content_publish",
            "instagram_manage_comments",
            "instagram_manage_contents",
            "instagram_manage_insights",
            "pages_read_engagement",
            "pages_show_list",
        ),
        pkce=False,
        scope_separator=",",
        loopback=False,
        renew="exchange",
        renew_at="https://graph.facebook.com/v26.0/oauth/access_token",
        # https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
        renew_fields={
            "grant_type": "fb_exchange_token",
            "client_id": "{client_id}",
            "client_secret": "{client_secret}",
            "fb_exchange_token": "{token}",
        },
    ),
    figures=Figures(
        posts=("likes", "comments", "shares", "saves", "views", "reach"),
        account=("followers",),
        source="https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights",
        meanings={
            "views": "How often it was shown or played, again included.",
            "reach": "Accounts that saw it at least once; an estimate of Meta's.",
            "shares": "How often it was sent or added to a story; only the number is told.",
        },
        each=1,
        budget=100,
        late=("views", "reach", "saves", "shares"),
        lag=timedelta(hours=48),
    ),
)
