"""The newsletter: one mail to the subscribers' list, handed to the account's mail server."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.newsletter.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.newsletter import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="newsletter",
    title="Newsletter",
    promise=Promise.BLIND,
    verified=Verified.REAL_SERVER,
    verified_by="Handed over SMTP with and without STARTTLS to aiosmtpd, a real mail server, and read back as mail.",
    capabilities=frozenset({Capability.TEXT, Capability.RICH_TEXT, Capability.IMAGES, Capability.ALT_TEXT}),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=20,
    max_alt=1000,
    silence="A mail server counts nothing; import the statistics of the program that sends the newsletter.",
)
