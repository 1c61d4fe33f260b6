"""Telegram: channels and groups, through the Bot API.

Set up: a bot from @BotFather is made administrator of the channel with the right to post. `id` of the account is the
channel, ``@name`` or its number (``-100…``), the credential is the bot's token.
"""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Pace, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.telegram.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.telegram import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="telegram",
    title="Telegram",
    promise=Promise.BLIND,
    verified=Verified.CONTRACT,
    verified_by="Every request is held against a published description of the Bot API (10.1); no server exists to test with.",
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.RICH_TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.DOCUMENTS,
            Capability.THREAD,
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
    max_alt=1500,
    figures=Figures(
        posts=(),
        account=("followers",),
        source="https://core.telegram.org/bots/api#getchatmembercount",
        meanings={
            "followers": "Members of the channel or group, the bot included. The Bot API tells no views of posts."
        },
        budget=10,
    ),
    # https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    paces=(Pace(1, 1.0), Pace(20, 60.0)),
)
