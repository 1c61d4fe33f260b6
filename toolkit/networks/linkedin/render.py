r"""A draft as a LinkedIn post: plain text, and the same in LinkedIn's "little text" for sending.

In little text the characters ``\ | { } [ ] ( ) < > @ # * _ ~`` mean something: unescaped, the text is cut off there.
People read and approve the plain form; the field `commentary` holds the form that the API wants.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
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
    "visibility": "Who sees it: PUBLIC, CONNECTIONS or LOGGED_IN. Default: PUBLIC.",
}
_RESERVED: Final = re.compile(r"[\\|{}\[\]()<>@#*_~]")
_HASHTAG: Final = re.compile(r"(?<![\w&/#])#(?P<tag>\w*[^\W\d_]\w*)")


def count(text: str) -> Count:
    """The length of `text` in UTF-16 units, as its Java and JavaScript sides count."""
    return Count(len(text.encode("utf-16-le", "surrogatepass")) // 2, limit("linkedin", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What LinkedIn would receive of `draft`; it has no threads, so parts become one text."""
    text = plain_text(joined(draft))
    fields = {**chosen(draft, OPTIONS), "commentary": little_text(text)}
    return make_rendition(draft, [Part(text, count(text), attachments=attachments(draft), fields=fields)])


def little_text(text: str) -> str:
    """`text` in LinkedIn's format: reserved characters escaped, hashtags as its template."""
    pieces, at = [], 0
    for found in _HASHTAG.finditer(text):
        pieces += [_escape(text[at : found.start()]), f"{{hashtag|\\#|{_escape(found['tag'])}}}"]
        at = found.end()
    return "".join([*pieces, _escape(text[at:])])


def _escape(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)
