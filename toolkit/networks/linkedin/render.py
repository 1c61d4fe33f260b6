"""A draft as a LinkedIn post: plain text, and the same in LinkedIn's "little text" for sending.

People read, approve and count the plain form; the field `commentary` holds the form that the API wants. LinkedIn's
limit is taken to be one of what is shown: escapes and hashtag templates are not counted.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.limits import limit
from toolkit.networks.linkedin.littletext import little_text
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "visibility": "Who sees it: PUBLIC, CONNECTIONS or LOGGED_IN. Default: PUBLIC.",
    "resharing": "Whether others may share it: yes or no. Default: yes.",
    "link": "An address shown as a card below the text; LinkedIn makes no card of addresses in the text.",
    "link_title": "The card's title. Default: the post's title.",
    "link_description": "The card's second line.",
    "document_title": "The title above a document. Default: its file name.",
}


def count(text: str) -> Count:
    """The length of `text` in UTF-16 units, as its Java and JavaScript sides count."""
    return Count(units(text), limit("linkedin", "text"), "characters")


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def render(draft: Draft) -> Rendition:
    """What LinkedIn would receive of `draft`; it has no threads, so parts become one text."""
    text = plain_text(joined(draft))
    fields = {**_card(draft), **chosen(draft, OPTIONS), "commentary": little_text(text)}
    return make_rendition(draft, [Part(text, count(text), attachments=attachments(draft), fields=fields)])


def _card(draft: Draft) -> dict[str, str]:
    """What a card has that the post does not name itself."""
    title = draft.post.title
    return {"link_title": title} if draft.values.get("link") and title else {}
