"""Characters as people see them: one emoji family is one grapheme, whatever it is made of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import regex

# Text in which every code point is a character of its own: Latin, Greek and Cyrillic letters, digits, punctuation.
_SIMPLE: Final = re.compile(r"[\n\x20-\x7e\xa1-\xac\xae-\u02ff\u0400-\u0482\u2010-\u2027\u2030-\u203b€]*")


@cache
def _grapheme() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


def count_graphemes(text: str) -> int:
    """The number of extended grapheme clusters of Unicode's UAX 29."""
    if _SIMPLE.fullmatch(text):
        return len(text)
    return len(_grapheme().findall(text))
