"""The document that a webhook receives; ``message.schema.json`` describes it, `schema` reads that."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from importlib.resources import files
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Part
from toolkit.networks.answers import refused
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.jsonvalues import fields
from toolkit.networks.limits import limit
from toolkit.networks.mediafile import MediaError, MediaFile, read_attachment

FORMAT: Final = 1


def schema() -> dict[str, object]:
    """The JSON Schema of a message."""
    return dict(fields(json.loads((files(__package__) / "message.schema.json").read_text(encoding="utf-8"))))


def make_message(intent: Intent, action: str, target: str, surroundings: Surroundings) -> bytes:
    """The document for `intent`; raises `NotBegunError` where a medium cannot go along."""
    part = intent.content
    said: dict[str, object] = {
        "format": FORMAT,
        "key": intent.key,
        "action": action,
        "account": intent.account.id,
        "target": target,
        "previous": intent.previous,
        "part": intent.part + 1,
        "parts": len(intent.rendition.parts),
        "title": intent.rendition.title,
        "language": intent.rendition.language,
        "text": part.text,
        "markdown": part.fields.get("markdown", ""),
        "html": part.html,
        "topic": part.fields.get("topic", ""),
        "media": _media(part, surroundings),
    }
    return write({name: value for name, value in said.items() if value or name in ("text", "account")})


def make_retraction(key: str, account: str, target: str) -> bytes:
    """The document that takes `target` back."""
    return write({"format": FORMAT, "key": key, "action": "retract", "account": account, "target": target})


def write(document: dict[str, object]) -> bytes:
    """The bytes of a document, always the same ones."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")


def _media(part: Part, surroundings: Surroundings) -> list[dict[str, object]]:
    manner = part.fields.get("media", "inline")
    if manner not in ("inline", "link", "none"):
        raise refused(_("media go along inline, link or none, not {manner!r}").format(manner=manner))
    if manner == "none":
        return []
    found = [(medium, _read(medium, surroundings)) for medium in part.attachments]
    size = sum(len(file.data) for _medium, file in found)
    if manner == "inline" and size > limit("webhook", "inline_size"):
        message = _("the media have {size} bytes, {limit} fit into a document; set media: link")
        raise refused(message.format(size=size, limit=limit("webhook", "inline_size")))
    return [_entry(medium, file, manner, surroundings) for medium, file in found]


def _entry(medium: Attachment, file: MediaFile, manner: str, surroundings: Surroundings) -> dict[str, object]:
    where = {"data": b64encode(file.data).decode()} if manner == "inline" else {"url": _put(file, surroundings)}
    return {
        "name": file.name,
        "type": file.media_type,
        "size": len(file.data),
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "alt": medium.alt,
        **where,
    }


def _put(file: MediaFile, surroundings: Surroundings) -> str:
    if surroundings.media_host is None:
        raise refused(_("media: link needs a place for public media in leitstand.toml; media: inline needs none"))
    return surroundings.media_host.put(file.name, file.data, file.media_type)


def _read(medium: Attachment, surroundings: Surroundings) -> MediaFile:
    try:
        return read_attachment(medium, surroundings.read_media)
    except MediaError as error:
        raise refused(str(error)) from error
