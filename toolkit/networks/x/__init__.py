"""X, formerly Twitter."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise, SignIn
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.x.counting import accepts, count
from toolkit.networks.x.detection import detect
from toolkit.networks.x.render import OPTIONS, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.x import connection

    return connection.connect(account, credential, surroundings)


# https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
SIGN_IN: Final = SignIn(
    authorize="https://x.com/i/oauth2/authorize",
    token="https://api.x.com/2/oauth2/token",  # noqa: S106  # an address, not a secret
    # A token lives two hours; offline.access adds a refresh token, which is another one after each use.
    scopes=("tweet.read", "tweet.write", "users.read", "media.write", "offline.access"),
    basic=True,
    revoke="https://api.x.com/2/oauth2/revoke",
    # X's word for a refresh token that was used before or taken back: "Value passed for the token was invalid."
    void=("invalid_request",),
)

NETWORK: Final = Network(
    name="x",
    title="X",
    promise=Promise.READ_BACK,
    verified=Verified.CONTRACT,
    verified_by=(
        "Lengths and links equal those of X's own text library (twitter-text 3.1); requests and answers as X's "
        "documentation shows them, against a server of our own; X itself was not asked."
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
            Capability.DELETE,
            Capability.COUNTS,
            Capability.LISTEN,
            Capability.ANSWER,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    accepts=accepts,
    detect=detect,
    options=OPTIONS,
    max_media=4,
    max_alt=1000,
    settle=60.0,
    no_direct=(
        "Direct messages are neither heard nor answered: X gives them to apps with the rights dm.read and dm.write only, "
        "which Leitstand does not ask for. Answer them in X's own app."
    ),
    # https://docs.x.com/x-api/fundamentals/rate-limits (POST /2/tweets, per user)
    paces=(Pace(100, 900.0),),
    sign_in=SIGN_IN,
    figures=Figures(
        posts=("likes", "comments", "shares", "saves", "impressions", "clicks"),
        account=("followers",),
        source="https://docs.x.com/x-api/fundamentals/metrics",
        meanings={
            "shares": "Reposts and quotes.",
            "saves": "Bookmarks.",
            "impressions": "How often it was shown, again included.",
            "clicks": "Clicks on its link; told for thirty days after publication.",
        },
        together=100,
        # Every post that is read costs.
        budget=5,
    ),
)
