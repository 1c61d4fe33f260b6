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
from toolkit.networks.parts import LINK, attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.networks.tracking import ADDRESS
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "visibility": "Who sees it: PUBLIC, CONNECTIONS or LOGGED_IN. Default: PUBLIC.",
    "resharing": "Whether others may share it: yes or no. Default: yes.",
    "link": "An address shown as a card below the text. Default: the first in the text, where card_title is set.",
    "card_title": "The card's title. Default: the post's title, where link is set.",
    "card_description": "The card's second line; its picture is the post's.",
    "poll_options": "The answers of a poll, with | between them; a post has a poll, or media, or a card.",
    "poll_question": "The question of the poll. Default: the post's title.",
    "poll_days": "How many days the poll is open: 1, 3, 7 or 14. Default: 7.",
    "media_title": "The title above a document or a film. Default: a document's file name.",
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
    fields = {**_question(draft), **chosen(draft, OPTIONS), **_card(draft, text), "commentary": little_text(text)}
    return make_rendition(draft, [Part(text, count(text), attachments=attachments(draft), fields=fields)])


def _card(draft: Draft, text: str) -> dict[str, str]:
    """What the card has that the author did not write: LinkedIn makes none by itself of an address in the text."""
    link, title = draft.values.get(LINK, ""), draft.values.get("card_title", "")
    if link:
        return {} if title or not draft.post.title else {"card_title": draft.post.title}
    first = ADDRESS.search(text) if title else None
    return {LINK: first[0]} if first else {}


def _question(draft: Draft) -> dict[str, str]:
    """The question of a poll that has none of its own."""
    title = draft.post.title
    return {"poll_question": title} if title and draft.values.get("poll_options") else {}
