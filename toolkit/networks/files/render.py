"""A draft as a document: its cleaned Markdown, and the same as HTML. Parts become one text."""

from __future__ import annotations

from toolkit.model import Count, Part, Rendition
from toolkit.networks.graphemes import count_graphemes
from toolkit.networks.hypertext import html_text
from toolkit.networks.limits import limit
from toolkit.networks.markdown import markdown_text
from toolkit.networks.parts import attachments, joined, make_rendition
from toolkit.workspace import Draft


def count(text: str) -> Count:
    """The length of `text` in graphemes."""
    return Count(count_graphemes(text), limit("files", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What will lie in the post's folder."""
    blocks = joined(draft)
    text = markdown_text(blocks)
    part = Part(text, count(text), (), attachments(draft), html_text(blocks))
    return make_rendition(draft, [part], title=draft.post.title)
