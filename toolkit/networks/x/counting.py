"""Length as X weighs it: twitter-text's configuration 3.

Light characters (Latin, Greek, Cyrillic, Arabic … and typographic quotes) weigh one, all others two, a known emoji
sequence two, an address 23 whatever its length. The text is composed (NFC) first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import is_normalized, normalize

from toolkit.model import Count
from toolkit.networks.domains import INVALID
from toolkit.networks.limits import limit
from toolkit.networks.x.addresses import find_addresses
from toolkit.networks.x.emoji import emoji_pattern

_LIGHT: Final = r"\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037"
_ALL_LIGHT: Final = re.compile(rf"[{_LIGHT}]*")
_HEAVY: Final = re.compile(rf"[^{_LIGHT}]")
_REFUSED: Final = re.compile(f"[{INVALID}]")


def count(text: str) -> Count:
    """The weighted length of `text` against 280."""
    return Count(length(text), limit("x", "text"), "weighted characters")


def accepts(text: str) -> bool:
    """Whether X takes `text`: not empty, not too long, without the characters that are none."""
    return 0 < length(text) <= limit("x", "text") and not _REFUSED.search(text)


@lru_cache(maxsize=64)  # a text is counted, and then asked for whether it is taken
def length(text: str) -> int:
    """The weighted length of `text`."""
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    addresses = find_addresses(text)
    # By its text, not its place: where a domain is only partly Latin, the library counts the rest again.
    saved = sum(len(address.text) - limit("x", "address") for address in addresses)
    if _ALL_LIGHT.fullmatch(text):
        return len(text) - saved
    covered = {index for address in addresses for index in range(address.start, address.start + len(address.text))}
    weight = len(text) - saved + sum(1 for heavy in _HEAVY.finditer(text) if heavy.start() not in covered)
    for emoji in emoji_pattern().finditer(text):
        if emoji.start() not in covered:
            weight -= len(emoji[0]) + len(_HEAVY.findall(emoji[0])) - 2
    return weight
