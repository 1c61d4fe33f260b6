"""A draft as a feed entry: title, HTML content and the same as plain text. Parts become one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.graphemes import count_graphemes
from toolkit.networks.hypertext import html_text
from toolkit.networks.limits import limit
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "summary": "A short text for readers that do not show the whole entry.",
}


def count(text: str) -> Count:
    """The length of `text` in graphemes."""
    return Count(count_graphemes(text), limit("feed", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """The entry that the feed will hold for `draft`."""
    blocks = joined(draft)
    text = plain_text(blocks)
    part = Part(text, count(text), (), attachments(draft), html_text(blocks), chosen(draft, OPTIONS))
    return make_rendition(draft, [part], title=draft.post.title)
