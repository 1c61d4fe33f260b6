"""The words of a message that say what it is about: without people, function words and endings."""

from __future__ import annotations

import re
from typing import Final

from toolkit.language.stems import stem_of, stop_words
from toolkit.sentiment.masking import MARKER, mask

SHORTEST: Final = 4  # letters of a word
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def terms_of(text: str, language: str) -> dict[str, str]:
    """Stem → the word as it was written, each once."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(MARKER.sub(" ", mask(text))):
        word = match[0]
        if len(word) >= SHORTEST and word.lower() not in stop_words(language):
            found.setdefault(stem_of(word, language), word)
    return found
