"""A draft as Bluesky's posts: rich text with spans, one post per part.

Lexicon: app.bsky.feed.post and app.bsky.richtext.facet. A mention's span holds the handle; only sending resolves it.
A card stands below the first part that has a link and no picture; its own picture is an attachment of kind ``card``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from toolkit.model import Attachment, Message, Part, Rendition, SpanKind
from toolkit.networks.bluesky.counting import count, count_direct
from toolkit.networks.bluesky.richtext import rich_text
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.plain import flow
from toolkit.networks.tracking import read_tracked
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "labels": "Labels for sensitive media: sexual, nudity, porn or graphic-media; !no-unauthenticated for members only.",
    "card": "Whether the page that the post links to is asked for a card's title, description and picture: auto or none.",
    "card_title": "The title of the card below a post with a link and no picture; makes a card without asking the page.",
    "card_description": "The description on the card.",
    "card_image": "The picture of the card, relative to content/.",
}
CARD: Final = "card"
_CARD_FIELDS: Final = ("card", "card_title", "card_description")


def render(draft: Draft) -> Rendition:
    """What Bluesky will receive of `draft`."""
    fields = chosen(draft, ("labels",))
    media = attachments(draft)
    parts = []
    for index, markdown in enumerate(draft.parts):
        text, spans = rich_text(flow(read_tracked(draft, markdown)))
        parts.append(Part(text, count(text), spans, media if index == 0 else (), fields=fields))
    return make_rendition(draft, _with_card(draft, parts))


def measure_direct(rendition: Rendition, message: Message) -> Rendition:
    """An answer to `message`, measured as a direct message where it is one; nobody has to be named in either."""
    if not message.private:
        return rendition
    return replace(rendition, parts=tuple(replace(part, count=count_direct(part.text)) for part in rendition.parts))


def _with_card(draft: Draft, parts: list[Part]) -> list[Part]:
    """The parts, of which the first that can have a card has it, where the author wants one."""
    card = chosen(draft, _CARD_FIELDS)
    if card.get("card") == "none" or not ("card" in card or "card_title" in card):
        return parts
    for index, part in enumerate(parts):
        link = next((span.target for span in part.spans if span.kind is SpanKind.LINK), "")
        if link.startswith("http") and not part.attachments:
            image = draft.values.get("card_image", "")
            picture = (Attachment(image, CARD, ""),) if image else ()
            with_card = replace(part, attachments=picture, fields={**part.fields, **card, "card_link": link})
            return [*parts[:index], with_card, *parts[index + 1 :]]
    return parts
