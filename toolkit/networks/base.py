"""What a network is to the rest of Leitstand: facts, a pure `render`, and a connection that sends and looks.

An adapter is one folder with one `NETWORK` value. `render` is pure, so what `preview` shows is what `send` gets.
A network without `connect` is rendered, counted and checked today and says that it cannot send yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from toolkit.model import Answer, Clock, Count, Part, Promise, Rendition, Sighting
from toolkit.networks.limits import Limit, read_limits
from toolkit.settings import Account
from toolkit.web import Web
from toolkit.workspace import Draft

ReadMedia = Callable[[str], bytes]  # path relative to content/ → bytes


class Capability(StrEnum):
    """What an adapter can do; shown in the network reference and in `doctor`."""

    TEXT = "text"
    RICH_TEXT = "rich text"
    MEDIA = "media"
    ALT_TEXT = "alt text"
    THREAD = "thread"
    EDIT = "edit"
    DELETE = "delete"
    COUNTS = "counts"


class Verified(StrEnum):
    """How far an adapter has been proved. Shown to users wherever the network is named."""

    REAL_SERVER = "real server"
    SPECIFICATION = "published specification"
    CONTRACT = "published contract"
    NOT_SENDING = "rendered and counted only; not sent yet"


@dataclass(frozen=True, slots=True)
class Intent:
    """One part about to be sent. The same `key` always names the same part of the same occurrence."""

    key: str
    account: Account
    rendition: Rendition
    part: int  # from 0
    previous: str  # remote id of the part before, "" for the first
    first_tried_at: datetime | None = None  # None on the first try

    @property
    def content(self) -> Part:
        return self.rendition.parts[self.part]


class Connection(Protocol):
    """An account's line to its network. Only `dispatch` and `collect` hold one."""

    def send(self, intent: Intent) -> Answer:
        """Send one part. Never raises for what a network can do: what is not known is UNKNOWN."""

    def find(self, intent: Intent) -> Sighting:
        """Look for a part whose outcome is unknown. ABSENT only with proof."""

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Remote id → metric → value, for what the network can tell; a missing metric is left out."""

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text of a published part."""

    def delete(self, remote_id: str) -> Answer:
        """Take a published part back."""


class Connect(Protocol):
    """Opens an account's line. `credential` is the account's secret, "" where none is needed."""

    def __call__(
        self, account: Account, credential: str, *, web: Web, clock: Clock, read_media: ReadMedia, state_dir: str
    ) -> Connection: ...


@dataclass(frozen=True, slots=True)
class Network:
    """One adapter: its facts, its pure rendering, and, where it can send, its connection."""

    name: str
    title: str
    promise: Promise
    verified: Verified
    verified_by: str  # one sentence: what was run against what
    capabilities: frozenset[Capability]
    render: Callable[[Draft], Rendition]
    count: Callable[[str], Count]
    connect: Connect | None = None
    # Whether an account needs a token; what lies in our own files does not.
    needs_token: bool = True
    # Whether the network takes a text at all, where length is not the whole answer; None: whatever is not too long.
    accepts: Callable[[str], bool] | None = None
    # What the network makes clickable in a plain text, as a record; None where nobody needs to know.
    detect: Callable[[str], Mapping[str, object]] | None = None
    # The limits of a network from another package; those of the built-ins stand in ``limits/*.yml``.
    own_limits: tuple[Limit, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)  # front-matter option → what it does
    max_media: int = 4
    max_alt: int = 1500
    # How long a lookup may lag behind a publication, seconds; absence is not proven earlier.
    settle: float = 60.0
    # How long the network honours a replayed key, seconds; 0 where it has none.
    key_lifetime: float = 0.0

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Its limits with their provenance, read when first asked for."""
        return self.own_limits or read_limits(self.name)

    def takes(self, text: str) -> bool:
        """Whether the network takes `text` as one post."""
        return self.accepts(text) if self.accepts else self.count(text).valid
