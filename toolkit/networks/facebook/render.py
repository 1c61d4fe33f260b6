"""A draft as a post on a Facebook page: plain text with addresses written out; the first one becomes its preview."""

from __future__ import annotations

from toolkit.model import Count, Part, Rendition
from toolkit.networks.limits import limit
from toolkit.networks.parts import attachments, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft


def count(text: str) -> Count:
    """The length of `text` in UTF-16 units, the longest of the usual ways to count: what fits here fits there."""
    return Count(len(text.encode("utf-16-le", "surrogatepass")) // 2, limit("facebook", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What a person puts onto the page; it has no threads, so parts become one text."""
    text = plain_text(joined(draft))
    return make_rendition(draft, [Part(text, count(text), attachments=attachments(draft))])
