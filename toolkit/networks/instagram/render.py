"""A draft as an Instagram post: one plain text below the pictures, in which no address can be clicked.

Addresses are written out all the same, so that nothing the author wrote is lost; the option `link` names the one that
belongs into the profile or onto a story's sticker.
API: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
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

OPTIONS: Final[Mapping[str, str]] = {
    "link": "Address for the profile or a story's sticker, because addresses in the text cannot be clicked.",
    "location_id": "Id of the Facebook page of a place, to be shown above the post.",
    "collaborators": "Up to three user names, separated by commas, who are invited as co-authors.",
    "share_to_feed": "Whether a video also stands in the profile's grid: true or false.",
    "thumb_offset": "The moment of a video that becomes its cover, in milliseconds.",
    "is_ai_generated": "Whether the post is marked as made with AI: true or false.",
}
_HASHTAG: Final = re.compile(r"(?<![\w&/])#\w*[^\W\d_]\w*")


def count(text: str) -> Count:
    """The length of `text` in UTF-16 units, the longest of the usual ways to count: what fits here fits there."""
    return Count(len(text.encode("utf-16-le", "surrogatepass")) // 2, limit("instagram", "text"), "characters")


def accepts(text: str) -> bool:
    """Whether the text is short enough and has no more hashtags than are shown."""
    return count(text).valid and len(_HASHTAG.findall(text)) <= limit("instagram", "hashtags")


def render(draft: Draft) -> Rendition:
    """What Instagram will receive of `draft`; it has no threads, so parts become one text."""
    text = plain_text(joined(draft))
    part = Part(text, count(text), attachments=attachments(draft), fields=chosen(draft, OPTIONS))
    return make_rendition(draft, [part])
