"""Renditions: exactly what one network will receive. Preview, check, hash and send share them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field, fields
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """The length of a text as the network counts it, in the network's own `unit`."""

    length: int
    limit: int
    unit: str

    @property
    def valid(self) -> bool:
        return self.length <= self.limit


class SpanKind(StrEnum):
    """What a stretch of rich text is."""

    LINK = "link"
    MENTION = "mention"
    HASHTAG = "hashtag"


@dataclass(frozen=True, slots=True)
class RichSpan:
    """A link, mention or hashtag: `start` and `end` are UTF-8 byte offsets into the part's text."""

    start: int
    end: int
    kind: SpanKind
    target: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A medium as sent: `file` relative to `content/`, `sha256` of its bytes ("" while it is missing)."""

    file: str
    kind: str
    alt: str
    sha256: str = ""
    crop: str = ""
    focus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a thread; a post without parts has one."""

    text: str
    count: Count
    spans: tuple[RichSpan, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    html: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # visibility, content_warning, subject …


@dataclass(frozen=True)
class Rendition:
    """What one account will receive of one post."""

    account: str
    network: str
    language: str
    parts: tuple[Part, ...]
    title: str = ""

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces. The ledger stores it; see `request_hash`."""
        return self._json

    @classmethod
    def from_json(cls, text: str) -> Rendition:
        """The rendition that `to_json` wrote."""
        raw = json.loads(text)
        raw["parts"] = tuple(_part(part) for part in raw["parts"])
        return cls(**raw)

    def request_hash(self, part: int) -> str:
        """The hash that stands with the intent to send part `part` (from 0): ``sha256:…``."""
        return self._hashes[part]

    @cached_property
    def _json(self) -> str:
        return json.dumps(self, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_fields)

    @cached_property
    def _hashes(self) -> tuple[str, ...]:
        head = (self.account, self.network, self.language, self.title)
        return tuple(_hash([*head, number, part]) for number, part in enumerate(self.parts))


def _fields(value: object) -> object:
    """A dataclass, or a mapping of another kind, as JSON takes it."""
    if isinstance(value, Mapping):
        return dict(value)
    return {one.name: getattr(value, one.name) for one in fields(cast("Any", value))}


def _hash(request: object) -> str:
    body = json.dumps(request, ensure_ascii=False, sort_keys=True, default=_fields)
    return "sha256:" + hashlib.sha256(body.encode()).hexdigest()


def _part(data: dict[str, Any]) -> Part:
    return Part(
        text=data["text"],
        count=Count(**data["count"]),
        spans=tuple(RichSpan(s["start"], s["end"], SpanKind(s["kind"]), s["target"]) for s in data["spans"]),
        attachments=tuple(
            Attachment(**{**a, "focus": tuple(a["focus"]) if a["focus"] else None}) for a in data["attachments"]
        ),
        html=data["html"],
        fields=data["fields"],
    )
