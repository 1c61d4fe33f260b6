"""What both feed formats say about the feed itself, and where its files are reachable."""

from __future__ import annotations

import uuid
from html import escape
from typing import Final
from urllib.parse import quote

from toolkit.networks.feed.entries import Enclosure, Entry
from toolkit.values import dataclass

# The root of all ids: the same account and key always give the same id, on every machine.
NAMESPACE: Final = uuid.UUID("6f0e7f0a-9d0b-5c55-8a5b-5a6f7c1d2e3f")


@dataclass(frozen=True, slots=True)
class Channel:
    """The feed of one account. `base` is the address of the folder ``feeds/``; "" leaves addresses relative."""

    name: str
    identity: str  # the account's remote identity
    title: str
    language: str
    base: str
    started: str  # RFC 3339, used while there is no entry

    @property
    def id(self) -> str:
        return _urn(self.identity)

    def entry_id(self, key: str) -> str:
        """The stable id of the entry with this intent key."""
        return _urn(f"{self.identity}\n{key}")

    def address(self, path: str) -> str:
        """Where a file below ``feeds/`` is reachable."""
        return f"{self.base}/{quote(path)}" if self.base else quote(path)

    def url(self, ending: str) -> str:
        """The address of a feed document."""
        return self.address(f"{self.name}.{ending}")

    def html(self, entry: Entry) -> str:
        """The entry's HTML with its media below; pictures carry their alt text."""
        return "\n".join([entry.html or f"<p>{escape(entry.text)}</p>", *map(self._figure, entry.enclosures)])

    def _figure(self, medium: Enclosure) -> str:
        source, alt = escape(self.address(medium.path)), escape(medium.alt)
        if medium.media_type.startswith("image/"):
            return f'<p><img src="{source}" alt="{alt}"></p>'
        return f'<p><a href="{source}">{alt or source}</a></p>'


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"
