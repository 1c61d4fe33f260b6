"""Posts as people write them. `toolkit.source` reads them; nothing here touches a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from toolkit.model.media import Media
from toolkit.model.problem import SourceText, Span
from toolkit.model.repeat import Repeat
from toolkit.model.revision import Correction, Retraction
from toolkit.model.walltime import WallTime
from toolkit.values import dataclass


class Status(StrEnum):
    """How far the author is. Only a ready post is ever sent."""

    DRAFT = "draft"
    REVIEW = "review"
    READY = "ready"


class Late(StrEnum):
    """What happens to a post that is still unsent after its grace period."""

    ASK = "ask"
    SEND = "send"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's yes to exactly the content that has this hash (``sha256:…``)."""

    by: str
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """Somebody's no to exactly the content that has this hash, and what they want changed."""

    by: str
    at: datetime
    hash: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What a post sets for one account or network, over its own values."""

    language: str = ""
    publish: WallTime | None = None
    media: tuple[Media, ...] | None = None
    # Everything else is the network's: visibility, content_warning, subject …
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ignore:
    """A rule that this post does not have to obey, why, and the last day on which that holds (None: for ever)."""

    rule: str
    reason: str
    key: str
    until: date | None = None

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


class Places(Protocol):
    """Where the values of a front matter stand."""

    def span(self, key: str) -> Span:
        """The span of the value at a dotted key (``media.0.alt``), else of its nearest parent."""

    def offsets(self, key: str) -> tuple[int, int]:
        """The code point offsets of the value at a dotted key, else of its nearest parent."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post file. Its identity is the `uid`, never the path; both stand here, and where values stand."""

    path: str
    source: SourceText
    places: Places
    body: str
    body_start: int
    uid: str = ""
    title: str = ""
    author: str = ""
    owner: str = ""
    due: date | None = None
    status: Status = Status.DRAFT
    publish: WallTime | None = None
    publish_next: bool = False  # `publish: next`, the next free slot; `publish` is the first of `slots` then
    slots: Mapping[str, WallTime] = field(default_factory=dict)  # account → the free slot that was found for it
    repeat: Repeat | None = None
    timezone: str = ""
    channels: tuple[str, ...] = ()
    language: str = ""  # "" when the post does not say; see `toolkit.workspace.draft`
    campaign: str = ""
    pillar: str = ""
    sponsored: bool = False  # somebody else pays for it
    goal: str = ""  # name of a KPI; a campaign's posts serve its goals
    idea: str = ""  # id of the idea that it came of
    labels: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    options: Mapping[str, Options] = field(default_factory=dict)
    late: Late = Late.ASK
    grace: int = 60  # minutes
    correction: Correction | None = None
    retraction: Retraction | None = None
    approved: tuple[Approval, ...] = ()
    ignores: tuple[Ignore, ...] = ()

    def span(self, key: str) -> Span:
        """Where the value at a dotted front-matter key stands."""
        return self.places.span(key)
