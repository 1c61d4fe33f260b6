"""Words without endings, words that say nothing, and what a German compound is about.

Endings are cut by rule, so that ``Lieferung`` and ``Lieferungen`` are one word; no dictionary says whether they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

STEM: Final = 4  # letters that are left of a word
HEAD: Final = 5  # letters of a word that others are put together with
FOLDER: Final = Path(__file__).parent / "stopwords"
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "de": ("ern", "em", "en", "er", "es", "e", "n", "s"),
    "en": ("ies", "es", "s"),
}


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
    """Words that say nothing of what a text is about; none for a language without a list."""
    file = FOLDER / f"{language}.txt"
    if not file.is_file():
        return frozenset()
    lines = file.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
