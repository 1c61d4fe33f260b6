"""A draft as Mastodon's statuses: plain text with addresses written out, one status per part.

Visibility and content warning stand on every part, and the warning's characters count with each; a poll stands on the
first, like media.
API: https://docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Part, Rendition
from toolkit.networks.mastodon.counting import count
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.networks.tracking import read_tracked
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "visibility": "Who sees it: public, unlisted, private or direct. Default: the account's own setting.",
    "content_warning": "A line that hides the text behind it; its characters count.",
    "poll_options": "The answers of a poll, with | between them; a status has a poll or media.",
    "poll_days": "How many days the poll is open. Default: 1.",
    "poll_multiple": "yes: several answers may be chosen.",
    "max_characters": "The server's own limit, where it is not 500.",
}
SENT: Final = ("visibility", "content_warning")
FIELDS: Final = ("poll_options", "poll_days", "poll_multiple")


def render(draft: Draft) -> Rendition:
    """What Mastodon will receive of `draft`."""
    fields = chosen(draft, SENT)
    warning = fields.get("content_warning", "")
    poll = chosen(draft, FIELDS) if draft.values.get("poll_options") else {}
    limit = _limit(draft.values.get("max_characters", ""))
    media = attachments(draft)
    parts = []
    for index, markdown in enumerate(draft.parts):
        text = plain_text(read_tracked(draft, markdown))
        own = media if index == 0 else ()
        said = fields if index else {**fields, **poll}
        parts.append(Part(text, count(text, warning, limit), attachments=own, fields=said))
    return make_rendition(draft, parts)


def _limit(written: str) -> int:
    """The server's limit as an account states it; 0, the usual one, for what is no number."""
    return int(written) if written.isdecimal() else 0
