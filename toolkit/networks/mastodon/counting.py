"""Length as Mastodon counts it: graphemes, 23 for each address, only the local part of a remote mention.

Restates, in our words and code, what the server does before it refuses a status. An address counts 23 when the server
would link it: it has a scheme, a top-level domain that is known, does not stick to a word and is not absurdly long;
everything else counts in full. The content warning counts with the text.
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.model import Count
from toolkit.networks import limits
from toolkit.networks.domains import HINT, INVALID, LATIN, SPACES, Finder, domain_pattern, labels_fit
from toolkit.networks.graphemes import count_graphemes

MAX_ADDRESS: Final = 4096
MAX_DOMAIN: Final = 253  # DNS
UNIT: Final = "characters"

_SCHEMES: Final = "https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini"
_MENTION: Final = re.compile(
    r"(?<![=/\w])(?P<local>@(?ai:[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*))@(?P<domain>\w+(?:[.-]+\w+)*)"
    rf"(?!@|\uff20|[{LATIN}]|://)"
)


def _address(top: str) -> str:
    plain = rf"[^{SPACES}<>()?]"
    nested = rf"\((?:{plain}+|{plain}*\({plain}+\){plain}*)\)"
    last = rf"(?:[^{SPACES}()?!*\"'「」<>;:=,.$%\[\]~&|@]|{nested})"
    path = rf"(?:{plain}*(?:{nested}{plain}*)*{last}|{plain}+/)"
    # Beyond ASCII, a query may hold what RFC 3987 calls ucschar and iprivate. Said by what it may not hold: `re` visits
    # each character of a range one by one when it reads a pattern.
    neither = r"\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff\U0010fffe\U0010ffff"
    query = rf"\?[^\0-\x20\"<>\\`{{}}{neither}]*[^\0-\"$%'-,.:-<>-@\[-\^`{{-~{neither}]"
    return (
        rf"(?P<before>[^A-Za-z0-9@\uff20$#\uff03{INVALID}]|^)"
        rf"(?P<address>(?P<scheme>(?ai:{_SCHEMES})://)?(?P<domain>{domain_pattern(top)})(?::[0-9]+)?"
        rf"(?:/{path}*)?(?:{query})?)"
    )


_ADDRESS: Final = Finder(_address)


def count(text: str, content_warning: str = "", limit: int = 0) -> Count:
    """The length of `text` and its content warning as Mastodon weighs them; `limit` is the server's own, 0 the usual."""
    return Count(length(text) + count_graphemes(content_warning), limit or limits.limit("mastodon", "text"), UNIT)


def length(text: str) -> int:
    """The length of a status text."""
    return count_graphemes(weighed(text))


def weighed(text: str) -> str:
    """`text` with every linkable address as 23 characters and every remote mention as its local part."""
    if "://" in text and HINT.search(text):
        text = _weigh_addresses(text)
    return _MENTION.sub(_weigh_mention, text) if "@" in text else text


def _weigh_addresses(text: str) -> str:
    pieces, at = [], 0
    for found in _ADDRESS.find(text):
        if _linked(found):
            pieces += [text[at : found.start("address")], "x" * limits.limit("mastodon", "address")]
            at = found.end()
    return "".join([*pieces, text[at:]])


def _linked(found: re.Match[str]) -> bool:
    domain = found["domain"]
    fits = len(domain) <= MAX_DOMAIN and labels_fit(domain) and len(found["address"]) <= MAX_ADDRESS
    return bool(found["scheme"]) and fits


def _weigh_mention(found: re.Match[str]) -> str:
    return found[0] if len(found["domain"]) > MAX_DOMAIN else found["local"]
