"""A part as the body of a request: of a new status, or of an edit."""

from __future__ import annotations

import hashlib

from toolkit.networks.base import Intent
from toolkit.networks.mastodon.api import Status
from toolkit.networks.mastodon.polls import make_poll
from toolkit.networks.mastodon.uploads import focus


def make_body(intent: Intent, media_ids: list[str]) -> dict[str, object]:
    """The body of the status that publishes `intent`; a comment answers the post like a later part does."""
    part = intent.content
    wishes: dict[str, object] = {
        "language": intent.rendition.language,
        "visibility": part.fields.get("visibility", ""),
        "spoiler_text": part.fields.get("content_warning", ""),
        "in_reply_to_id": intent.previous,
        "media_ids": media_ids,
    }
    body: dict[str, object] = {"status": part.text} | {name: value for name, value in wishes.items() if value}
    return body | ({"sensitive": True} if part.fields.get("content_warning") else {}) | make_poll(part)


def new_alts(intent: Intent, status: Status) -> dict[str, object]:
    """Alt texts and focal points for an edit, as far as the media are the same in number."""
    attachments = intent.content.attachments
    if not attachments or len(attachments) != len(status.media_ids):
        return {}
    return {
        "media_attributes": [
            {"id": media_id, "description": attachment.alt}
            | ({"focus": focus(attachment.focus)} if attachment.focus else {})
            for media_id, attachment in zip(status.media_ids, attachments, strict=True)
        ]
    }


def idempotency_key(key: str) -> str:
    """The intent's key as a header may carry it, always the same for the same intent."""
    return hashlib.sha256(key.encode()).hexdigest()
