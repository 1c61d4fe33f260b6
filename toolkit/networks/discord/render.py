"""A draft as one Discord message: its own Markdown, in which what the author meant literally is escaped.

A webhook's messages have no threads, so that parts become one text. Nobody is pinged unless the post says so.
API: https://discord.com/developers/docs/resources/webhook#execute-webhook
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.limits import limit
from toolkit.networks.markdown import Flavour, markdown_text
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.utf16 import units
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "username": "The name that the message shows instead of the webhook's.",
    "avatar_url": "The picture that the message shows instead of the webhook's.",
    "mentions": "Who may be pinged, separated by commas: everyone, roles, users. Default: nobody.",
    "previews": "no: links have no previews.",
    "silent": "yes: the message arrives without a sound.",
    "thread": "The number of the thread, in the webhook's channel, that the message goes to.",
}
FLAVOUR: Final = Flavour(headings=3)


def count(text: str) -> Count:
    """The length of a message in UTF-16 units, the longest of the usual ways to count."""
    return Count(units(text), limit("discord", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What Discord will receive of `draft`."""
    text = markdown_text(joined(draft), FLAVOUR)
    part = Part(text, count(text), attachments=attachments(draft), fields=chosen(draft, OPTIONS))
    return make_rendition(draft, [part])
