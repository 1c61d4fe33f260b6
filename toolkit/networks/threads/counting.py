"""How Threads counts: 500 characters, where an emoji is as many as it has UTF-8 bytes, and five different links.

Source: https://developers.facebook.com/documentation/threads/posts ("Emojis are counted as the number of UTF-8
bytes") and https://developers.facebook.com/documentation/threads/create-posts/text-attachments ("All unique URLs found
in the text field are counted as links"). What a character is beside an emoji is not said; code points are counted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from toolkit.model import Count
from toolkit.networks.limits import limit

if TYPE_CHECKING:
    import regex

# Text in which nothing can be an emoji; a digit could only be one with the key that follows it.
_PLAIN: Final = re.compile(r"[\n\x20-\x7e\xa1-\u02ff\u0300-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203b€]*")
_LINK: Final = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]'»“”]")


@cache
def _graphemes() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


@cache
def _marks() -> regex.Pattern[str]:
    """What makes a grapheme an emoji: its nature, a selector, a key's frame, a flag's letter."""
    import regex

    return regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\u20e3|\p{Regional_Indicator}")


def count(text: str) -> Count:
    """The length of `text`: code points, and the UTF-8 bytes of emoji."""
    length = len(text) if _PLAIN.fullmatch(text) else sum(map(_weight, _graphemes().findall(text)))
    return Count(length, limit("threads", "text"), "characters")


def links(text: str) -> tuple[str, ...]:
    """The different addresses in `text`, in their order."""
    return tuple(dict.fromkeys(_LINK.findall(text)))


def accepts(text: str) -> bool:
    """Whether the text is short enough and has no more links than Threads takes."""
    return count(text).valid and len(links(text)) <= limit("threads", "links")


def _weight(grapheme: str) -> int:
    return len(grapheme.encode("utf-8", "surrogatepass")) if _marks().search(grapheme) else len(grapheme)
