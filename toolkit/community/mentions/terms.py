"""Whether a text names the house: whole words, in any case and any spacing, with the genitive's s.

Written as one pattern of literals, so that no term can make it slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from toolkit.workspace.feeds import Term


def mentioned(text: str, terms: Iterable[Term]) -> str:
    """The first of the terms that stands in the text; "" when none does."""
    whole = unicodedata.normalize("NFC", text)
    return next((one.term for one in terms if _stands(whole, one.term) and not _any(whole, one.without)), "")


def _any(text: str, words: Iterable[str]) -> bool:
    return any(_stands(text, word) for word in words)


def _stands(text: str, words: str) -> bool:
    return _pattern(words).search(text) is not None


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(word) for word in unicodedata.normalize("NFC", words).split()]
    together = r"\s+".join(parts)
    return re.compile(rf"(?i)(?<!\w){together}(?:['\u2019]?s)?(?!\w)")
