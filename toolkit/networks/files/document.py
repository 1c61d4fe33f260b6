"""A post as files: ``post.md`` for people and static sites, ``post.json`` for programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

from toolkit.networks.base import Intent
from toolkit.networks.mediafile import MediaFile
from toolkit.values import dataclass

FORMAT: Final = 1
TEXT: Final = "post.md"
DATA: Final = "post.json"


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium of a document; `file` lies beside it."""

    file: str
    type: str
    size: int  # bytes
    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """What ``post.json`` holds; times are RFC 3339 in UTC."""

    key: str
    account: str
    title: str
    language: str
    text: str
    html: str
    published: str
    updated: str
    media: tuple[Medium, ...] = ()

    def to_json(self) -> bytes:
        """The bytes of ``post.json``."""
        return _json({"format": FORMAT, **asdict(self)}, indent=1) + b"\n"

    def to_markdown(self) -> bytes:
        """The bytes of ``post.md``: front matter, which is JSON where YAML could be misread, and the text."""
        head: Mapping[str, object] = {
            "title": self.title,
            "language": self.language,
            "published": self.published,
            "updated": self.updated,
            "media": [{"file": medium.file, "alt": medium.alt} for medium in self.media],
        }
        lines = [f"{name}: {_json(value).decode()}" for name, value in head.items() if value]
        return "\n".join(["---", *lines, "---", "", self.text, ""]).encode("utf-8", "replace")


def make_document(intent: Intent, files: Sequence[MediaFile], published: str, updated: str) -> Document:
    """The document of `intent`, with the media it names."""
    part, rendition = intent.content, intent.rendition
    media = tuple(
        Medium(_name(file), file.media_type, len(file.data), hashlib.sha256(file.data).hexdigest(), attachment.alt)
        for attachment, file in zip(part.attachments, files, strict=True)
    )
    account = intent.account.id
    return Document(
        intent.key, account, rendition.title, rendition.language, part.text, part.html, published, updated, media
    )


def contents(document: Document, files: Sequence[MediaFile]) -> dict[str, bytes]:
    """File name → bytes of everything in the post's folder, what names the others last."""
    media = {medium.file: file.data for medium, file in zip(document.media, files, strict=True)}
    return {**media, TEXT: document.to_markdown(), DATA: document.to_json()}


def _name(file: MediaFile) -> str:
    """A name that two files of one post never share, unless they are the same."""
    return f"{hashlib.sha256(file.data).hexdigest()[:12]}-{file.name}"


def _json(value: object, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")
