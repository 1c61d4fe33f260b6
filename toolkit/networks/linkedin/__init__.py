"""LinkedIn: pages and people."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.model import Promise, SignIn
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.linkedin.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.linkedin import connection

    return connection.connect(account, credential, surroundings)


# https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow
SIGN_IN: Final = SignIn(
    authorize="https://www.linkedin.com/oauth/v2/authorization",
    token="https://www.linkedin.com/oauth/v2/accessToken",  # noqa: S106  # an address, not a secret
    scopes=(
        "r_basicprofile",
        "rw_organization_admin",
        "r_organization_social",
        "w_organization_social",
        "r_organization_social_feed",
        "w_organization_social_feed",
        "w_member_social",
    ),
    # A token lives 60 days; only apps that LinkedIn approved for it get a refresh token, others sign in again.
    pkce=False,
)

NETWORK: Final = Network(
    name="linkedin",
    title="LinkedIn",
    promise=Promise.READ_BACK,
    verified=Verified.CONTRACT,
    verified_by=(
        "Requests and answers as LinkedIn's documentation shows them, against a server of our own; "
        "LinkedIn itself was not asked."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.DOCUMENTS,
            Capability.ALT_TEXT,
            Capability.POLL,
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
    max_media=20,
    max_alt=4086,
    # LinkedIn does not say how far its lists lag behind; it refuses most repeats itself.
    settle=180.0,
    no_direct="LinkedIn has no API for direct messages; answer them in LinkedIn itself.",
    paces=(Pace(150, 86_400.0),),
    sign_in=SIGN_IN,
    figures=Figures(
        posts=("likes", "comments", "shares", "clicks", "impressions", "reach"),
        account=("followers",),
        source="https://learn.microsoft.com/linkedin/marketing/community-management/organizations/share-statistics",
        meanings={
            "likes": "Reactions of all kinds.",
            "impressions": "At least half of the post on a screen for 300 ms, organic only, again included.",
            "reach": "Members with at least one impression, organic only.",
            "clicks": "Clicks on content, page name or logo, organic only.",
        },
        together=20,
        budget=40,
        # Share statistics are those of the last twelve months.
        window=timedelta(days=365),
        kinds={
            "urn:li:person:": Figures(
                posts=("likes", "comments"),
                source="https://learn.microsoft.com/linkedin/marketing/community-management/shares/social-metadata-api",
                meanings={"likes": "Reactions of all kinds."},
                budget=40,
            )
        },
    ),
)
