"""The newsletter: one mail to the subscribers' list."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Network, Verified
from toolkit.networks.newsletter.render import OPTIONS, count, render

NETWORK: Final = Network(
    name="newsletter",
    title="Newsletter",
    promise=Promise.BLIND,
    verified=Verified.NOT_SENDING,
    verified_by="Rendered as HTML and plain text; Leitstand does not hand it to a mail server yet.",
    capabilities=frozenset({Capability.TEXT, Capability.RICH_TEXT, Capability.IMAGES, Capability.ALT_TEXT}),
    render=render,
    count=count,
    options=OPTIONS,
    max_media=20,
    max_alt=1000,
)
