"""Discord: one channel, through its webhook.

Set up: in the channel's settings, Integrations, Webhooks. The credential is the webhook's whole address, `id` of the
account is the number of the channel (or of the webhook), so that another channel's webhook is refused.
"""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.discord.render import OPTIONS, count, render
from toolkit.networks.figures import Figures
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.discord import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="discord",
    title="Discord",
    promise=Promise.BLIND,
    verified=Verified.CONTRACT,
    verified_by="Every request is held against Discord's published API description (v10); no server exists to test with.",
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
            Capability.COUNTS,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=10,
    max_alt=1024,
    # https://discord.com/developers/docs/topics/rate-limits names no figures; these are what the headers say.
    paces=(Pace(5, 2.0), Pace(30, 60.0)),
    figures=Figures(
        posts=("likes",),
        source="https://discord.com/developers/docs/resources/webhook#get-webhook-message",
        meanings={"likes": "Reactions of all kinds."},
        budget=30,
    ),
)
