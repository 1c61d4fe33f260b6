"""Instagram: a person publishes, from the kit."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Network, Verified
from toolkit.networks.instagram.render import OPTIONS, accepts, count, render

NETWORK: Final = Network(
    name="instagram",
    title="Instagram",
    promise=Promise.HAND_OFF,
    verified=Verified.NOT_SENDING,
    verified_by="Counted with figures that others publish; a person publishes from the kit and confirms with the link.",
    capabilities=frozenset({Capability.TEXT, Capability.IMAGES, Capability.ALT_TEXT}),
    render=render,
    count=count,
    accepts=accepts,
    options=OPTIONS,
    max_media=10,
    max_alt=1000,
)
