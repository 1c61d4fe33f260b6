"""Entries as a JSON Feed 1.1 document. Specification: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from toolkit.networks.feed.channel import Channel
from toolkit.networks.feed.entries import Entry

VERSION: Final = "https://jsonfeed.org/version/1.1"


def make_json(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed document; `entries` newest first."""
    feed: dict[str, object] = {
        "version": VERSION,
        "title": channel.title,
        "feed_url": channel.url("json") if channel.base else "",
        "language": channel.language,
        "authors": [{"name": channel.title}],
    }
    said: dict[str, object] = {name: value for name, value in feed.items() if value}
    said["items"] = [_item(channel, entry) for entry in entries]
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _item(channel: Channel, entry: Entry) -> dict[str, object]:
    pictures = [medium for medium in entry.enclosures if medium.media_type.startswith("image/")]
    item: dict[str, object] = {
        "title": entry.title,
        "summary": entry.summary,
        "image": channel.address(pictures[0].path) if pictures else "",
        "language": entry.language,
        "attachments": [
            {
                "url": channel.address(medium.path),
                "mime_type": medium.media_type,
                "size_in_bytes": medium.size,
            }
            | ({"title": medium.alt} if medium.alt else {})
            for medium in entry.enclosures
        ],
    }
    return {
        "id": entry.id,
        **{name: value for name, value in item.items() if value},
        "content_html": channel.html(entry),
        "content_text": entry.text,
        "date_published": entry.published,
        "date_modified": entry.updated,
    }
