r"""LinkedIn's "little text", the form in which its API takes and gives the text of a post.

The characters ``\ | { } [ ] ( ) < > @ # * _ ~`` mean something there; one that is not escaped cuts the text off, and
the API says nothing. Every one is escaped, in addresses as well, as the documentation asks; a hashtag becomes the
documented template, so that it stays a link. Comments are plain text and need none of this.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

from __future__ import annotations

import re
from typing import Final

_RESERVED: Final = re.compile(r"[\\|{}\[\]()<>@#*_~]")
_HASHTAG: Final = re.compile(r"(?<![\w&/#])#(?P<tag>\w*[^\W\d_]\w*)")
_ELEMENT: Final = re.compile(
    r"\{hashtag\|\\?(?P<sign>[#\uff03])\|(?P<tag>(?:[^\\}]|\\.)*)\}"
    r"|@\[(?P<name>(?:[^\\\]]|\\.)*)\] ?\((?P<urn>[^)]*)\)"
    r"|\\(?P<char>.)",
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def little_text(text: str) -> str:
    """`text` in LinkedIn's format: reserved characters escaped, hashtags as its template."""
    pieces, at = [], 0
    for found in _HASHTAG.finditer(text):
        pieces += [_escape(text[at : found.start()]), f"{{hashtag|\\#|{_escape(found['tag'])}}}"]
        at = found.end()
    return "".join([*pieces, _escape(text[at:])])


def read_little(commentary: str) -> str:
    """What people see of a post's text in LinkedIn's format: the inverse of `little_text`."""
    return _ELEMENT.sub(_shown, commentary)


def _escape(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)


def _shown(found: re.Match[str]) -> str:
    if found["char"] is not None:
        return found["char"]
    written = found["name"] if found["tag"] is None else found["sign"] + found["tag"]
    return _ESCAPED.sub(r"\1", written)
