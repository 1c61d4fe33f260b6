"""A draft as a mail: subject, HTML and the same as plain text (multipart/alternative); parts become one message.

The HTML is a whole document of our own elements; media are pictures of the message itself (``cid:medium-1@…``).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from toolkit.model import Attachment, Count, Part, Rendition
from toolkit.networks.hypertext import address, html_text
from toolkit.networks.limits import limit
from toolkit.networks.newsletter import styling
from toolkit.networks.parts import attachments, chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "subject": "The subject line. Default: the post's title.",
    "preheader": "The line that inboxes show behind the subject.",
    "from": "Who writes, such as Nordlicht Kaffee <post@nordlicht.example.com>; usually set with the account.",
    "reply_to": "Where answers go. Default: to whom writes.",
    "unsubscribe": "Where readers unsubscribe: an https:// address that takes one click, or a mail address. Shown below the text.",
}
PICTURES: Final = frozenset({"photo", "graphic"})
# What readers see, in the language of the mail and not of who sends it.
UNSUBSCRIBE: Final = {"de": "Abmelden", "en": "Unsubscribe"}
_FRAME: Final = '<table role="presentation" border="0" cellpadding="0" cellspacing="0"'
_BEFORE: Final = f'{_FRAME} width="600" style="{styling.INNER}"><tr><td style="{styling.TEXT}">'
_AFTER: Final = "</td></tr></table>"


def count(text: str) -> Count:
    """The size of `text` (the HTML, in a rendition) in bytes of UTF-8."""
    return Count(len(text.encode("utf-8", "surrogatepass")), limit("newsletter", "text"), "bytes")


def render(draft: Draft) -> Rendition:
    """The mail that subscribers would receive of `draft`."""
    fields = chosen(draft, OPTIONS, {"subject": draft.post.title})
    blocks, media = joined(draft), attachments(draft)
    pictures = [
        _picture(content_id(number, draft.post.uid), medium)
        for number, medium in enumerate(media, 1)
        if medium.kind in PICTURES
    ]
    word, target = UNSUBSCRIBE.get(draft.language[:2], UNSUBSCRIBE["en"]), _target(fields.get("unsubscribe", ""))
    html = _document(draft.language, fields, [*pictures, styling.styled(html_text(blocks)), *_footer(word, target)])
    # "-- " alone on a line begins a signature, which programs fold away.
    text = plain_text(blocks) + (f"\n\n-- \n{word}: {target.removeprefix('mailto:')}" if target else "")
    part = Part(text, count(html), (), media, html, fields)
    return make_rendition(draft, [part], title=fields.get("subject", ""))


def content_id(number: int, uid: str) -> str:
    """The id of the `number`-th medium inside the mail, in the form of RFC 2392, no other mail's."""
    return f"medium-{number}@{uid.lower()}.leitstand" if uid else f"medium-{number}@leitstand"


def _document(language: str, fields: Mapping[str, str], content: list[str]) -> str:
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
        f"<title>{escape(fields.get('subject', ''), quote=False)}</title></head>",
        f'<body style="{styling.BODY}">',
        *hidden(fields.get("preheader", "")),
        f'{_FRAME} width="100%"><tr><td align="center" style="{styling.OUTER}">',
        _BEFORE,
        *content,
        _AFTER,
        _AFTER,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _target(unsubscribe: str) -> str:
    """The address to unsubscribe at, with its scheme; "" where there is none that can be followed."""
    bare = "@" in unsubscribe and ":" not in unsubscribe
    return address(f"mailto:{unsubscribe.strip()}" if bare else unsubscribe.strip())


def _footer(word: str, target: str) -> list[str]:
    if not target:
        return []
    return [f'<p style="{styling.FOOTER}"><a href="{escape(target)}" style="{styling.STYLES["a"]}">{word}</a></p>']


def hidden(preheader: str) -> list[str]:
    """The line that holds the preheader; none where there is none."""
    text = escape(preheader, quote=False)
    return [f'<div style="{styling.HIDDEN}">{text}{styling.FILLER}</div>'] if text else []


def inner(page: str) -> str:
    """The content of a rendered document without its frame, for software that brings a frame of its own."""
    return page.partition(f"{_BEFORE}\n")[2].rpartition(f"{_AFTER}\n{_AFTER}\n")[0]


def _picture(identity: str, medium: Attachment) -> str:
    # Outlook reads only the attribute, everybody else the style.
    image = f'<img src="cid:{identity}" alt="{escape(medium.alt)}" width="600" style="{styling.PICTURE}">'
    return f'<p style="{styling.STYLES["p"]}">{image}</p>'
