"""A draft as a post on a Facebook page: plain text with addresses written out.

The API shows a preview only of an address that it is told, so the option `link`, else the first address in the text,
is sent with it; beside pictures there is no preview.
API: https://developers.facebook.com/docs/pages-api/posts
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.limits import limit
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

NONE: Final = "none"
OPTIONS: Final[Mapping[str, str]] = {
    "link": "The address that is shown as a preview; default: the first in the text. none: no preview.",
    "place": "Id of the page of a place where the post is said to be made.",
}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'»“”]")


def count(text: str) -> Count:
    """The length of `text` in UTF-16 units, the longest of the usual ways to count: what fits here fits there."""
    return Count(len(text.encode("utf-16-le", "surrogatepass")) // 2, limit("facebook", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What the page will receive of `draft`; it has no threads, so parts become one text."""
    text, media = plain_text(joined(draft)), attachments(draft)
    fields = chosen(draft, OPTIONS)
    link = fields.pop("link", "") or next(iter(_ADDRESS.findall(text)), "")
    if link and link != NONE and not media:
        fields["link"] = link
    return make_rendition(draft, [Part(text, count(text), attachments=media, fields=fields)])
