"""Facebook pages, over Meta's Pages API."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.model import Promise, SignIn
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.facebook.render import OPTIONS, count, render
from toolkit.networks.figures import Figures
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.facebook import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="facebook",
    title="Facebook",
    promise=Promise.READ_BACK,
    verified=Verified.CONTRACT,
    verified_by=(
        "Contract only: every request is checked against the parameter types that Meta publishes (facebook-business); "
        "no page on Facebook was written to."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.IMAGES,
            Capability.ALT_TEXT,
            Capability.COMMENT,
            Capability.EDIT,
            Capability.DELETE,
            Capability.COUNTS,
            Capability.LISTEN,
            Capability.ANSWER,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=10,
    max_alt=1000,
    settle=120.0,
    no_direct=(
        "Messages in Messenger, and private replies to comments, are neither heard nor answered: Meta gives them only to "
        "apps that it has examined for messages. Answer them in Meta Business Suite."
    ),
    sign_in=SignIn(
        authorize="https://www.facebook.com/v26.0/dialog/oauth",
        token="https://graph.facebook.com/v26.0/oauth/access_token",  # noqa: S106  # an address
        scopes=(
            "pages_manage_engagement",
            "pages_manage_posts",
            "pages_read_engagement",
            "pages_read_user_content",
            "pages_show_list",
            "read_insights",
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
        posts=("likes", "comments", "shares", "views", "reach", "clicks"),
        account=("followers",),
        source="https://developers.facebook.com/docs/graph-api/reference/insights",
        meanings={
            "likes": "Reactions of all kinds.",
            "views": "How often the post was on a screen, again and paid ones included (post_media_view); took the place of impressions on 2025-11-15.",
            "reach": "Accounts that had it on a screen at least once, paid ones included; an estimate of Meta's.",
            "clicks": "Clicks anywhere on the post, not only on its link.",
        },
        each=1,
        # 200 requests an hour for each user of the app: half of them, for publishing and listening need some.
        budget=100,
        late=("views", "reach", "clicks"),
        lag=timedelta(hours=48),
    ),
)
