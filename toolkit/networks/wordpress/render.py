"""A draft as a blog post: title, HTML content and the same as plain text. Parts become one post.

A square bracket that WordPress could take for a shortcode is written as ``&#91;``: readers see the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.hypertext import html_text
from toolkit.networks.limits import limit
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "title": "The post's title in the blog. Default: the post's title.",
    "slug": "The last part of the address. Default: the title with a mark of ours, so that the post is recognised.",
    "excerpt": "The short text that lists of posts show.",
    "categories": "Names of categories, separated by commas. Unknown ones are refused.",
    "tags": "Names of tags, separated by commas. Unknown ones are refused.",
    "create_terms": "true: categories and tags that the blog does not have are made.",
    "comments": "open or closed. Default: as the blog has it.",
    "sticky": "true: the post stays at the top of the blog.",
    "format": "The post format, such as image or link, where the theme has some.",
    "retract": "delete: a post that is taken back is deleted at once. Default: it goes to the blog's trash.",
}
_SHORTCODE: Final = re.compile(r"\[(?=[\w/\[])")


def count(text: str) -> Count:
    """The size of `text` in bytes of UTF-8."""
    return Count(len(text.encode("utf-8", "surrogatepass")), limit("wordpress", "text"), "bytes")


def render(draft: Draft) -> Rendition:
    """The post that the blog will receive of `draft`."""
    blocks = joined(draft)
    text = plain_text(blocks)
    html = _SHORTCODE.sub("&#91;", html_text(blocks))
    fields = chosen(draft, [name for name in OPTIONS if name not in ("title", "retract")])
    title = draft.values.get("title") or draft.post.title
    return make_rendition(draft, [Part(text, count(text), (), attachments(draft), html, fields)], title=title)
