"""A draft as posts on Threads: plain text with addresses written out, one post per part, media on the first.

API: https://developers.facebook.com/documentation/threads/reference/publishing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Part, Rendition
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.networks.threads.counting import accepts, count
from toolkit.networks.tracking import read_tracked
from toolkit.workspace import Draft

__all__ = ["OPTIONS", "accepts", "count", "render"]

OPTIONS: Final[Mapping[str, str]] = {
    "reply_control": (
        "Who may reply: everyone, accounts_you_follow, mentioned_only, parent_post_author_only or followers_only."
    ),
    "topic_tag": "The one topic of the post: 1 to 50 characters without full stop and ampersand.",
    "link": "The address that is shown as a preview below a text without media; default: the first in the text.",
    "countries": "Countries in which the post is shown, as ISO 3166 codes separated by commas; default: all.",
    "spoiler": "Whether the media are hidden until somebody taps: true or false.",
}
# What stands on the first post of a thread only.
_OPENING: Final = ("topic_tag",)


def render(draft: Draft) -> Rendition:
    """What Threads will receive of `draft`."""
    fields = chosen(draft, OPTIONS)
    following = {name: value for name, value in fields.items() if name not in (*_OPENING, "link", "spoiler")}
    media = attachments(draft)
    parts = []
    for index, markdown in enumerate(draft.parts):
        text = plain_text(read_tracked(draft, markdown))
        own = media if index == 0 else ()
        parts.append(Part(text, count(text), attachments=own, fields=fields if index == 0 else following))
    return make_rendition(draft, parts)
