"""Length as Mastodon counts it: graphemes, 23 for each address, only the local part of a remote mention.

Restates, in our words and code, what the server does before it refuses a status: an address counts 23 when the
server would link it, that is, when it does not stick to a word and is not absurdly long; everything else counts in
full. The content warning counts with the text.
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.model import Count
from toolkit.networks import limits
from toolkit.networks.graphemes import count_graphemes

# What the server's own link detection takes at most for an address, and DNS for a name.
MAX_ADDRESS: Final = 4096
MAX_DOMAIN: Final = 253
UNIT: Final = "characters"

_ADDRESS: Final = re.compile(
    r"""(?ix)(?<![\w@#$/.-])            # not glued to a word, a mention, a tag or another address
    https?://
    (?P<domain>[^\s/?\#<>"'()\[\],;!@]+?\.[^\W\d_][\w-]*)(?![\w@-])(?::\d+)?
    (?:/(?:[^\s<>"()]|\([^\s<>"()]*\))*)?
    (?:\?(?:[^\s<>"()#]|\([^\s<>"()]*\))*)?
    (?:\#[^\s<>"]*)?
    (?<![.,;:!?'»\u2018-\u201f…])"""
)
_MENTION: Final = re.compile(
    r"(?i)(?<![=/\w.])(?P<local>@[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_]+)?)@(?P<domain>[\w.-]+\w+(?::\d+)?)"
)


def count(text: str, content_warning: str = "", limit: int = 0) -> Count:
    """The length of `text` and its content warning as Mastodon weighs them; `limit` is the server's own, 0 the usual."""
    return Count(length(text) + count_graphemes(content_warning), limit or limits.limit("mastodon", "text"), UNIT)


def length(text: str) -> int:
    """The length of a status text."""
    return count_graphemes(weighed(text))


def weighed(text: str) -> str:
    """`text` with every linkable address as 23 characters and every remote mention as its local part."""
    if "://" in text:
        text = _ADDRESS.sub(_weigh_address, text)
    return _MENTION.sub(_weigh_mention, text) if "@" in text else text


def _weigh_address(found: re.Match[str]) -> str:
    if len(found[0]) > MAX_ADDRESS or len(found["domain"]) > MAX_DOMAIN:
        return found[0]
    return "x" * limits.limit("mastodon", "address")


def _weigh_mention(found: re.Match[str]) -> str:
    return found[0] if len(found["domain"]) > MAX_DOMAIN else found["local"]
