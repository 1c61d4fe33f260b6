"""A draft as Bluesky's posts: rich text with spans, one post per part.

Lexicon: app.bsky.feed.post and app.bsky.richtext.facet. A mention's span holds the handle; only sending resolves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Part, Rendition
from toolkit.networks.bluesky.counting import count
from toolkit.networks.bluesky.richtext import rich_text
from toolkit.networks.markup import read_markup
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.plain import join_lines, lines
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "content_warning": "A label for sensitive media: sexual, nudity, porn or graphic-media.",
}


def render(draft: Draft) -> Rendition:
    """What Bluesky would receive of `draft`."""
    fields = chosen(draft, OPTIONS)
    media = attachments(draft)
    parts = []
    for index, markdown in enumerate(draft.parts):
        text, spans = rich_text(join_lines(lines(read_markup(markdown))))
        parts.append(Part(text, count(text), spans, media if index == 0 else (), fields=fields))
    return make_rendition(draft, parts)
