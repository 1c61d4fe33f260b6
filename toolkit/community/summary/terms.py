"""The words of a message that say what it is about: without people, function words and endings.

Endings are cut by rule, so that ``Lieferung`` and ``Lieferungen`` are one word; no dictionary says whether they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from toolkit.sentiment.masking import MARKER, mask

SHORTEST: Final = 4  # letters of a word
STEM: Final = 4  # that are left of one
HEAD: Final = 5  # letters of a word that others are put together with
FOLDER: Final = Path(__file__).parent / "stopwords"
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "de": ("ern", "em", "en", "er", "es", "e", "n", "s"),
    "en": ("ies", "es", "s"),
}


def terms_of(text: str, language: str) -> dict[str, str]:
    """Stem → the word as it was written, each once."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(MARKER.sub(" ", mask(text))):
        word = match[0]
        if len(word) >= SHORTEST and word.lower() not in stop_words(language):
            found.setdefault(stem_of(word, language), word)
    return found


def stem_of(word: str, language: str) -> str:
    """The word in small letters without its ending.

    >>> stem_of("Lieferungen", "de"), stem_of("Tassen", "de"), stem_of("parcels", "en")
    ('lieferung', 'tass', 'parcel')
    """
    plain = word.lower()
    for ending in _ENDINGS.get(language, ()):
        if plain.endswith(ending) and len(plain) - len(ending) >= STEM:
            return plain.removesuffix(ending)
    return plain


def heads_of(stem: str, known: Iterable[str]) -> set[str]:
    """Of the stems `known` those that a compound ends with: a Filterkaffee is a Kaffee.

    >>> heads_of("filterkaffe", {"kaffe", "filter", "tee"})
    {'kaffe'}
    """
    there = known if isinstance(known, set | frozenset | dict) else set(known)
    cuts = range(3, len(stem) - HEAD + 1)
    return {stem[at:] for at in cuts if stem[at:] in there}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing of what a message is about; none for a language without a list."""
    file = FOLDER / f"{language}.txt"
    if not file.is_file():
        return frozenset()
    lines = file.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
