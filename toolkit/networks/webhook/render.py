"""A draft as what a webhook receives: each part as Markdown, as plain text in the document, and as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.graphemes import count_graphemes
from toolkit.networks.hypertext import html_text
from toolkit.networks.limits import limit
from toolkit.networks.markdown import markdown_text
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.networks.tracking import read_tracked
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "media": "How media go along: inline (in the document, the default), link (at the public media host) or none.",
    "lookup": "yes: the receiver can be asked for a key with GET.",
    "topic": "A word that the receiver finds in the document and may sort by.",
}


def count(text: str) -> Count:
    """The length of `text` in graphemes."""
    return Count(count_graphemes(text), limit("webhook", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What the receiver will get of `draft`, one document for each part."""
    fields = chosen(draft, OPTIONS)
    media = attachments(draft)
    parts = []
    for index, markdown in enumerate(draft.parts):
        blocks = read_tracked(draft, markdown)
        text = plain_text(blocks)
        own = media if index == 0 else ()
        parts.append(Part(text, count(text), (), own, html_text(blocks), {**fields, "markdown": markdown_text(blocks)}))
    return make_rendition(draft, parts, title=draft.post.title)
