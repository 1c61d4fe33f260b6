"""Slack: one channel of a workspace, through an app's bot or through an incoming webhook.

With a bot (``xoxb-…``, scopes chat:write, files:write, files:read, channels:history or groups:history) posts have
pictures, threads, edits and a read-back. With an incoming webhook (``https://hooks.slack.com/…``) they are text alone.
`id` of the account is the channel (``C0123456789``), or workspace and channel (``T012AB3C4/C0123456789``).
"""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.slack.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.slack import connection, hook

    if credential.startswith("https://"):
        return hook.connect(account, credential, surroundings)
    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="slack",
    title="Slack",
    promise=Promise.READ_BACK,
    verified=Verified.CONTRACT,
    verified_by="Requests and answers as Slack's documentation shows them; no server and no current machine-readable contract exists.",
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
        }
    ),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=10,
    max_alt=2000,
    settle=60.0,
    # https://docs.slack.dev/apis/web-api/rate-limits: one message per second and channel.
    paces=(Pace(1, 1.0),),
    figures=Figures(
        posts=("likes", "comments"),
        source="https://docs.slack.dev/reference/methods/conversations.replies",
        meanings={
            "likes": "Reactions of all kinds; needs a bot, an incoming webhook tells nothing.",
            "comments": "Answers in the thread.",
        },
        # Fifty requests a minute.
        budget=40,
    ),
)
