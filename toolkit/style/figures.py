"""What formulas count in a text: words, sentences, syllables, headings. Vale's names, plus a few of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from toolkit.language.readability import syllables
from toolkit.style.sentences import split_sentences

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|\*+")  # noqa: RUF001  # the apostrophe is meant
_ELEMENTS: Final = ("pre", "list", "blockquote", *(f"heading_h{level}" for level in range(1, 7)))
COUNTS: Final = (
    "characters",
    "complex_words",
    "long_words",
    "monosyllabic_words",
    "paragraphs",
    "polysyllabic_words",
    "sentences",
    "syllables",
    "words",
)
VARIABLES: Final = frozenset((*COUNTS, *_ELEMENTS))


def count(texts: Iterable[str], elements: Counter[str], language: str) -> dict[str, float]:
    """The figures of a text, given as its paragraphs; empty when it has no words."""
    found: Counter[str] = Counter()
    for text in texts:
        words = _WORD.findall(text)
        if words:
            found["paragraphs"] += 1
            found["sentences"] += max(1, len(split_sentences(text)))
            for word in words:
                _count_word(word, language or "en", found)
    if not found["words"]:
        return {}
    figures = {name: float(found[name]) for name in COUNTS}
    return figures | {name: float(elements[name.replace("_", ".")]) for name in _ELEMENTS}


def _count_word(word: str, language: str, found: Counter[str]) -> None:
    size = sum(char.isalnum() for char in word)
    many = syllables(word, language) if size else 1
    found["words"] += 1
    found["characters"] += size
    found["long_words"] += size > 6
    found["syllables"] += many
    found["monosyllabic_words"] += many == 1
    found["polysyllabic_words"] += many > 2
    found["complex_words"] += many - word.endswith(("es", "ed", "ing")) > 2
