"""What is known of networks grows old: limits checked long ago or about to change, versions of an API that end.

A version that ended makes its network refuse everything, so it is known before: sixty days are time for an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from toolkit.networks.base import Network
from toolkit.values import dataclass

OLD_AFTER: Final = 180  # days since somebody looked at the source
NOTICE: Final = 60  # days before a version ends
API: Final = "api"


class Ageing(StrEnum):
    """How something has aged."""

    OLD = "old"  # nobody looked at its source for long
    ENDING = "ending"  # the version ends soon
    ENDED = "ended"
    CHANGING = "changing"  # the limit has a last day, which is near or past


@dataclass(frozen=True, slots=True)
class Aged:
    """A limit of a network, or the version of its API (`name` is ``api``), that has aged."""

    network: str
    name: str
    value: str  # the limit with its unit, or the version
    ageing: Ageing
    day: str  # ISO date: when it was checked, or the last day of the version or limit
    days: int  # since it was checked, or until that last day; below 0 once it has passed
    source: str

    @property
    def is_urgent(self) -> bool:
        """Whether the network stops working, or will soon."""
        return self.ageing in {Ageing.ENDING, Ageing.ENDED}


def find_aged(networks: Iterable[Network], today: date, old_after: int = OLD_AFTER) -> list[Aged]:
    """What has aged on `today`: what ends first stands first, then what was checked longest ago."""
    found = [
        aged
        for network in networks
        for aged in (*_version(network, today), *_changing(network, today), *_checked(network, today, old_after))
    ]
    return sorted(found, key=lambda aged: (not aged.is_urgent, aged.day, aged.network))


def _version(network: Network, today: date) -> Iterator[Aged]:
    api = network.api
    if api is None or not api.sunset:
        return
    left = (date.fromisoformat(api.sunset) - today).days
    if left <= NOTICE:
        ageing = Ageing.ENDED if left < 0 else Ageing.ENDING
        yield Aged(network.name, API, api.version, ageing, api.sunset, left, api.source)


def _changing(network: Network, today: date) -> Iterator[Aged]:
    for one in network.limits:
        left = (date.fromisoformat(one.sunset) - today).days if one.sunset else NOTICE + 1
        if left <= NOTICE:
            yield Aged(network.name, one.name, str(one), Ageing.CHANGING, one.sunset, left, one.source)


def _checked(network: Network, today: date, old_after: int) -> Iterator[Aged]:
    known = [(one.name, str(one), one.checked, one.source) for one in network.limits]
    if network.api is not None:
        known.append((API, network.api.version, network.api.checked, network.api.source))
    for name, value, checked, source in known:
        days = (today - date.fromisoformat(checked)).days
        if days > old_after:
            yield Aged(network.name, name, value, Ageing.OLD, checked, days, source)
