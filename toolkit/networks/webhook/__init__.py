"""Signed webhook: a POST of one JSON document to an address of the company's own; what happens there is its business.

`server` of the account is the address, the credential the secret (two, with a blank between them, while a secret is
exchanged). The document is described by ``message.schema.json`` in this package; how it is signed, and how a receiver
verifies that, stands in `toolkit.networks.webhook.signature`. What a receiver promises:

* it remembers every ``Idempotency-Key`` for at least a day and answers a repeated one like the first time,
* any 2xx means that it has taken the message; ``{"id", "url"}`` in the answer are kept,
* where the option `lookup` is on, it answers ``GET ?key=…`` with 200 ``{"key", "id", "url"}`` or 404 ``{"key"}``.
"""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.webhook.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's line; imported late, since only sending needs it."""
    from toolkit.networks.webhook import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="webhook",
    title="Webhook",
    promise=Promise.KEY,
    verified=Verified.SPECIFICATION,
    verified_by="Our own specification, held against a receiver written from the reference, over HTTP.",
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.RICH_TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.DOCUMENTS,
            Capability.ALT_TEXT,
            Capability.THREAD,
            Capability.COMMENT,
            Capability.EDIT,
            Capability.DELETE,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=20,
    max_alt=10_000,
    settle=60.0,
    key_lifetime=86_400.0,
    silence="The receiver is not asked; import its numbers as a table.",
)
