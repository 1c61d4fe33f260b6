"""Emoji sequences: one picture to a reader, however many code points it is made of.

Written as ranges for `re`, because a check of thousands of posts cannot wait for a richer engine; the test compares
them with Unicode's own properties.
"""

from __future__ import annotations

import re
from typing import Final

# Pictures by default, and symbols that become one with U+FE0F or a skin tone. ©, ®, ™ and figures only with U+FE0F.
_PICTURE: Final = (
    r"\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    r"\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f202"
    r"\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f64f\U0001f680-\U0001f6ff"
    r"\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff"
)
_SYMBOL: Final = r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc\u2934\u2935\u3030\u303d\u3297\u3299"
_ONE: Final = (
    rf"(?:[{_PICTURE}][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?\u20e3?"
    rf"|[{_SYMBOL}]\ufe0f)"
)
EMOJI: Final = rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f\u20e3|{_ONE}(?:\u200d{_ONE})*)"
# Every emoji has one of these, ©, ® and figures as U+FE0F; quotation marks, dashes and € are left out. Said by what it is
# not: `re` visits each character of a range one by one when it reads a pattern.
_HIGH: Final = re.compile("[^\u0000-\u203b\u20a0-\u20cf]")
_FIND: Final = re.compile(EMOJI)


def has_emoji(text: str) -> bool:
    """Whether there may be an emoji at all; one quick look at most texts says no."""
    return not text.isascii() and _HIGH.search(text) is not None and _FIND.search(text) is not None


def emojis(text: str) -> list[tuple[int, int]]:
    """Where the emojis of `text` stand, as starts and ends."""
    return [found.span() for found in _FIND.finditer(text)] if has_emoji(text) else []
