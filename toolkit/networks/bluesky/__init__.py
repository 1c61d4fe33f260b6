"""Bluesky and other servers of the AT Protocol."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Network, Verified
from toolkit.networks.bluesky.counting import count
from toolkit.networks.bluesky.detection import detect_facets
from toolkit.networks.bluesky.render import OPTIONS, render

NETWORK: Final = Network(
    name="bluesky",
    title="Bluesky",
    promise=Promise.RKEY,
    verified=Verified.NOT_SENDING,
    verified_by="Links, tags, mentions and lengths equal those of Bluesky's own library; sending is not built yet.",
    capabilities=frozenset(
        {Capability.TEXT, Capability.RICH_TEXT, Capability.IMAGES, Capability.ALT_TEXT, Capability.THREAD}
    ),
    render=render,
    count=count,
    detect=detect_facets,
    options=OPTIONS,
    max_media=4,
    max_alt=2000,
)
