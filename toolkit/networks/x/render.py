"""A draft as posts on X: plain text with addresses written out, a thread as replies to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Part, Rendition
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.networks.tracking import read_tracked
from toolkit.networks.x.counting import count
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "reply_settings": "Who may reply: everyone, following, mentionedUsers, subscribers or verified. Default: everyone.",
    "poll_options": "The answers of a poll, with | between them; a post has a poll or media.",
    "poll_days": "How many days the poll is open, up to 7. Default: 1.",
    "made_with_ai": "yes marks the post as made with AI.",
    "paid_partnership": "yes marks the post as paid promotion.",
}
EVERYONE: Final = "everyone"
REPLY_SETTINGS: Final = ("", EVERYONE, "following", "mentionedUsers", "subscribers", "verified")
YES: Final = frozenset({"yes", "true"})


def render(draft: Draft) -> Rendition:
    """What X would receive of `draft`."""
    fields = chosen(draft, OPTIONS)
    # A poll stands on the first part, like media.
    later = {name: value for name, value in fields.items() if not name.startswith("poll_")}
    media = attachments(draft)
    texts = [plain_text(read_tracked(draft, markdown)) for markdown in draft.parts]
    parts = [
        Part(text, count(text), attachments=media if index == 0 else (), fields=later if index else fields)
        for index, text in enumerate(texts)
    ]
    return make_rendition(draft, parts)
