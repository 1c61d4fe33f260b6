"""A draft as a mail: subject, HTML and the same as plain text (multipart/alternative); parts become one message.

The HTML is a whole document of our own elements; media are pictures of the message itself (``cid:medium-1`` …).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from toolkit.model import Attachment, Count, Part, Rendition
from toolkit.networks.hypertext import html_text
from toolkit.networks.limits import limit
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "subject": "The subject line. Default: the post's title.",
    "preheader": "The line that inboxes show behind the subject.",
}
# Shown by inboxes, not by the message.
_HIDDEN: Final = "display:none;max-height:0;overflow:hidden"


def count(text: str) -> Count:
    """The size of `text` (the HTML, in a rendition) in bytes of UTF-8."""
    return Count(len(text.encode("utf-8", "surrogatepass")), limit("newsletter", "text"), "bytes")


def render(draft: Draft) -> Rendition:
    """The mail that subscribers would receive of `draft`."""
    fields = chosen(draft, OPTIONS, {"subject": draft.post.title})
    blocks, media = joined(draft), attachments(draft)
    html = _document(draft.language, fields, html_text(blocks), media)
    part = Part(plain_text(blocks), count(html), (), media, html, fields)
    return make_rendition(draft, [part], title=fields.get("subject", ""))


def _document(language: str, fields: Mapping[str, str], content: str, media: tuple[Attachment, ...]) -> str:
    preheader = fields.get("preheader", "")
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
        f'<head><meta charset="utf-8"><title>{escape(fields.get("subject", ""), quote=False)}</title></head>',
        "<body>",
        *([f'<div style="{_HIDDEN}">{escape(preheader, quote=False)}</div>'] if preheader else []),
        *(_picture(number, medium) for number, medium in enumerate(media, 1) if medium.kind in ("photo", "graphic")),
        content,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _picture(number: int, medium: Attachment) -> str:
    return f'<p><img src="cid:medium-{number}" alt="{escape(medium.alt)}"></p>'
