"""Whether a slot's text fits its network, counted as the network counts."""

from __future__ import annotations

from toolkit.errors import UsageError
from toolkit.model import Count
from toolkit.networks import find_network
from toolkit.planning.slots import Slot
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """How many parts a slot has, and the count of the one that has least room left."""

    parts: int
    count: Count

    @property
    def valid(self) -> bool:
        return self.count.valid


def fit(slot: Slot) -> Fit | None:
    """The fit of a slot; None when nobody knows its network."""
    try:
        network = find_network(slot.account.network)
    except UsageError:
        return None
    parts = network.render(slot.draft).parts
    if not parts:
        return None
    return Fit(len(parts), max((part.count for part in parts), key=lambda count: count.length - count.limit))
