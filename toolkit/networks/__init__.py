"""The networks: a visible list of built-ins, and other packages' through the entry point `leitstand.networks`.

Importing this room stays light: an adapter's facts and its rendering, no HTTP client and no image library.
How to add one: a package with a `NETWORK` value (see `toolkit.networks.base`) and an entry point that names it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Promise, Rendition
from toolkit.networks.base import Network, ReadMedia
from toolkit.settings import Account, unknown_name

GROUP: Final = "leitstand.networks"
BUILT_IN: Final = (
    "feed",
    "mastodon",
    "bluesky",
    "linkedin",
    "instagram",
    "facebook",
    "newsletter",
    "mail",
    "x",
    "telegram",
    "threads",
    "wordpress",
    "discord",
    "slack",
    "webhook",
    "files",
)


class _BuiltIn(Mapping[str, Network]):
    """Name → adapter, each loaded when it is asked for: most workspaces have a handful of the sixteen."""

    def __getitem__(self, name: str) -> Network:
        if name not in BUILT_IN:
            raise KeyError(name)
        return _load(name)

    def __contains__(self, name: object) -> bool:
        return name in BUILT_IN

    def __iter__(self) -> Iterator[str]:
        return iter(BUILT_IN)

    def __len__(self) -> int:
        return len(BUILT_IN)


def _load(name: str) -> Network:
    path = f"{__name__}.{name}"
    # Each draft asks, and `import_module` takes its time also over what is loaded; another thread may be at it.
    known: Network | None = getattr(sys.modules.get(path), "NETWORK", None)
    network: Network = known or import_module(path).NETWORK
    return network


NETWORKS: Final[Mapping[str, Network]] = _BuiltIn()

__all__ = ["GROUP", "NETWORKS", "all_networks", "by_hand", "find_network", "with_media_hashes"]


@cache
def all_networks() -> Mapping[str, Network]:
    """The built-ins and what installed packages add; a built-in's name cannot be taken over."""
    from importlib.metadata import entry_points

    networks = dict(NETWORKS)
    for point in entry_points(group=GROUP):
        network = point.load()
        if not isinstance(network, Network) or network.name != point.name:
            raise UsageError(
                _("the entry point {name} of {group} is not a Network of that name").format(
                    name=point.name, group=GROUP
                )
            )
        networks.setdefault(network.name, network)
    return networks


def find_network(name: str) -> Network:
    """The network called `name`; raises `UsageError` with the nearest name that exists."""
    if name in NETWORKS:
        return NETWORKS[name]
    networks = all_networks()
    if name in networks:
        return networks[name]
    raise UsageError(unknown_name(_("network"), name, networks))


def by_hand(account: Account) -> bool:
    """Whether a person publishes on `account`: by its network's nature, or because leitstand.toml says so."""
    try:
        return account.hand_off or find_network(account.network).promise is Promise.HAND_OFF
    except UsageError:
        return False


def with_media_hashes(rendition: Rendition, read_media: ReadMedia) -> Rendition:
    """`rendition` with the SHA-256 of each attachment's bytes; raises what `read_media` raises."""

    @cache
    def digest(file: str) -> str:
        return hashlib.sha256(read_media(file)).hexdigest()

    parts = tuple(
        replace(part, attachments=tuple(replace(medium, sha256=digest(medium.file)) for medium in part.attachments))
        for part in rendition.parts
    )
    return replace(rendition, parts=parts)
