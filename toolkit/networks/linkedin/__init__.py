"""LinkedIn pages."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Network, Verified
from toolkit.networks.linkedin.render import OPTIONS, count, render

NETWORK: Final = Network(
    name="linkedin",
    title="LinkedIn",
    promise=Promise.READ_BACK,
    verified=Verified.NOT_SENDING,
    verified_by="Rendered from LinkedIn's documentation only; no server or contract was at hand to prove it.",
    capabilities=frozenset({Capability.TEXT, Capability.IMAGES, Capability.ALT_TEXT}),
    render=render,
    count=count,
    options=OPTIONS,
    max_media=20,
    max_alt=4086,
)
