"""Renditions for whoever shows a draft after having measured it: made once, and given away with the second asking."""

from __future__ import annotations

from typing import Protocol

from toolkit.model import Rendition
from toolkit.networks.base import Network
from toolkit.workspace import Draft


class Render(Protocol):
    """Makes what a network will receive of a draft."""

    def __call__(self, draft: Draft, network: Network) -> Rendition: ...


def render_now(draft: Draft, network: Network) -> Rendition:
    """What `network` will receive of `draft`."""
    return network.render(draft)


class Renditions:
    """Those of one build. A draft is known by what it is, not by what it says: none outlives its settings."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Draft, Rendition]] = {}

    def make(self, draft: Draft, network: Network) -> Rendition:
        """The rendition of `draft`, kept until somebody takes it."""
        known = self._known.get(id(draft))
        if known is None:
            # With its draft, whose place in memory no other can take meanwhile.
            known = self._known[id(draft)] = draft, network.render(draft)
        return known[1]

    def take(self, draft: Draft, network: Network) -> Rendition:
        """The rendition of `draft`, which is kept no longer."""
        known = self._known.pop(id(draft), None)
        return network.render(draft) if known is None else known[1]
