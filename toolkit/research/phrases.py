"""The words of a headline and its excerpt that say what it is about: single ones, and pairs that stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from toolkit.language.stems import stem_of, stop_words
from toolkit.language.text import Kind, Token, tokens

SHORTEST: Final = 4  # letters of a word; abbreviations in capitals may be shorter
JOINT: Final = " "  # between the stems of a pair
# What stands in half of all news and tells none of them apart.
_CALENDAR: Final = {
    "de": """
        januar februar märz april juni juli august september oktober november dezember montag dienstag mittwoch
        donnerstag freitag samstag sonnabend sonntag woche wochen monat monate monaten jahr jahre jahren prozent
        laut rund etwa knapp mehrere zweite zweiten dritte dritten viertel million millionen milliarde milliarden
        teilt teilte mitteilung bericht berichtet seite heißen zeigt zeigen liegt stellt bringt nimmt lädt bietet
        wochenende sagte darunter damals künftig gegenüber zuletzt bislang weiterhin kommende kommenden
    """,
    "en": """
        january february march april june july august september october november december monday tuesday wednesday
        thursday friday saturday sunday month months percent million billion according reports report says told
        show shows brings offers weekend among including announced
    """,
}


def phrases_of(text: str, language: str) -> dict[str, str]:
    """Stems of words and pairs, joined by a blank → as they were written, each once.

    >>> phrases_of("Die EU plant einen neuen Zoll auf Rohkaffee", "de")
    {'eu': 'EU', 'plant': 'plant', 'eu plant': 'EU plant', 'zoll': 'Zoll', 'rohkaffe': 'Rohkaffee'}
    """
    found: dict[str, str] = {}
    before: Token | None = None
    for token in _words(text):
        if not _tells(token, language):
            before = None
            continue
        word = token.text.lstrip("#\N{FULLWIDTH NUMBER SIGN}")
        stem = stem_of(word, language)
        found.setdefault(stem, word)
        if before is not None and before.end + 1 == token.start:
            first = before.text.lstrip("#\N{FULLWIDTH NUMBER SIGN}")
            found.setdefault(f"{stem_of(first, language)}{JOINT}{stem}", f"{first} {word}")
        before = token
    return found


def telling_words(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """The words that say what a text is about, in their order, each with whether a sentence begins with it."""
    begins = True
    for token in tokens(text):
        if token.kind in {Kind.WORD, Kind.HASHTAG}:
            if _tells(token, language):
                yield token.text.lstrip("#\N{FULLWIDTH NUMBER SIGN}"), begins
            begins = False
        elif token.kind is Kind.NUMBER:
            begins = False
        elif token.kind is Kind.OTHER and token.text in ".!?:…\n":
            begins = True


def _words(text: str) -> Iterator[Token]:
    """Words and hashtags; whatever stands between two of them but a blank parts them."""
    return (token for token in tokens(text) if token.kind in {Kind.WORD, Kind.HASHTAG, Kind.NUMBER})


def _tells(token: Token, language: str) -> bool:
    if token.kind is Kind.NUMBER:
        return False
    word = token.text.lstrip("#\N{FULLWIDTH NUMBER SIGN}")
    if len(word) < SHORTEST:
        return len(word) > 1 and word.isupper() and word.isalpha()
    plain = word.lower()
    return plain not in stop_words(language) and plain not in _calendar(language)


@cache
def _calendar(language: str) -> frozenset[str]:
    return frozenset(_CALENDAR.get(language, "").split())
