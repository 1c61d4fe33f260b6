"""X, formerly Twitter."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Network, Verified
from toolkit.networks.x.counting import accepts, count
from toolkit.networks.x.detection import detect
from toolkit.networks.x.render import OPTIONS, render

NETWORK: Final = Network(
    name="x",
    title="X",
    promise=Promise.READ_BACK,
    verified=Verified.NOT_SENDING,
    verified_by="Lengths and links equal those of X's own text library (twitter-text 3.1); sending is not built yet.",
    capabilities=frozenset({Capability.TEXT, Capability.IMAGES, Capability.ALT_TEXT, Capability.THREAD}),
    render=render,
    count=count,
    accepts=accepts,
    detect=detect,
    options=OPTIONS,
    max_media=4,
    max_alt=1000,
)
