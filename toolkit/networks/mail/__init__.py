"""A mailbox: what people write to the company's address is heard and answered; nothing is published there.

``server`` of the account is the mailbox (``imaps://…``), its option ``smtp`` is where answers are handed in.
"""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.mail.render import OPTIONS, SETUP, address, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only listening and sending need it."""
    from toolkit.networks.mail import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="mail",
    title="Mailbox",
    promise=Promise.BLIND,
    verified=Verified.REAL_SERVER,
    verified_by=(
        "Heard from Dovecot over IMAP with TLS, with STARTTLS and without; answered over SMTP to aiosmtpd, with a copy "
        "among the sent mails; both are real servers."
    ),
    capabilities=frozenset({Capability.TEXT, Capability.LISTEN, Capability.ANSWER, Capability.DIRECT}),
    render=render,
    count=count,
    connect=connect,
    address=address,
    options={**OPTIONS, **SETUP},
    max_media=1,
    max_alt=1000,
    no_posts="A mailbox is heard and answered; what goes to many readers is a newsletter.",
    silence="A mailbox counts nothing; what it hears is counted by the inbox.",
)
