"""What a text calls something: adjectives with their German endings and degrees, and whether they are denied.

No dictionary and no grammar: forms are made by rule, more than exist, and a denial is looked for shortly before the word,
within its clause. Irony is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from toolkit.values import dataclass

REACH: Final = 3  # words before an adjective in which it may be denied
_ENDINGS: Final = ("e", "em", "en", "er", "es")
_UMLAUTS: Final = str.maketrans("aou", "äöü")
_DENIALS: Final = frozenset(
    {
        *("nicht", "nichts", "nix", "nie", "niemals", "kaum", "wenig", "weder"),
        *("kein", "keine", "keinem", "keinen", "keiner", "keines"),
        *("no", "not", "never", "hardly", "neither", "nor", "cannot", "ain't", "aren't", "can't", "couldn't", "didn't"),
        *("doesn't", "don't", "isn't", "wasn't", "weren't", "won't", "wouldn't"),
    }
)
_ONLY: Final = frozenset({"nur", "only", "just", "bloß"})  # not only kind is kind
# alles andere als …, anything but …
_CLAUSE: Final = re.compile(r"[.,;:!?…()\n\r]+|\b(?:aber|sondern|doch|but|yet)\b", re.IGNORECASE)
_FAR_FROM: Final = re.compile(r"\b(?:alles andere als|anything but|far from)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*")
_VOWEL: Final = re.compile(r"[aeiouäöüy]+")


@dataclass(frozen=True, slots=True)
class Calling:
    """Whether a text calls something so, and whether it says that it is not so; it may do both."""

    said: bool = False
    denied: bool = False


def find_calling(words: Iterable[str], text: str) -> Calling:
    """What `text` says of an attribute that one of `words` tells, in any of its forms; phrases change their last word."""
    said = denied = False
    known = [_phrase(word) for word in words if word.split()]
    for clause in _CLAUSE.split(_FAR_FROM.sub(" not ", text)):
        spoken = [_plain(found[0]) for found in _WORD.finditer(clause or "")]
        for at, against in _places(known, spoken):
            if against or _is_denied(spoken[max(0, at - REACH) : at]):
                denied = True
            else:
                said = True
    return Calling(said, denied)


@lru_cache(maxsize=2048)
def forms_of(word: str) -> frozenset[str]:
    """The forms of an adjective, in small letters: with endings, compared, and of what has a vowel less in them.

    >>> {"freundlich", "freundlichen", "freundlichste", "freundlicherer"} <= forms_of("freundlich")
    True
    >>> "teure" in forms_of("teuer"), "wärmer" in forms_of("warm"), "leiser" in forms_of("leise")
    (True, True, True)
    >>> "unfreundlich" in forms_of("freundlich")
    False
    """
    plain = _plain(word)
    stems = {plain.removesuffix("e")}
    if plain.endswith(("el", "er")) and len(plain) > 4:
        stems.add(f"{plain[:-2]}{plain[-1]}")
    compared = stems | {_umlaut(stem) for stem in stems}
    found = {plain, *(stem + ending for stem in stems for ending in _ENDINGS)}
    found |= {f"{stem}er{ending}" for stem in compared for ending in ("", *_ENDINGS)}
    return frozenset(
        found | {f"{stem}{st}{end}" for stem in compared for st in ("st", "est") for end in ("", *_ENDINGS)}
    )


def _phrase(word: str) -> tuple[tuple[str, ...], frozenset[str]]:
    *before, last = word.split()
    return tuple(map(_plain, before)), forms_of(last)


def _places(known: list[tuple[tuple[str, ...], frozenset[str]]], spoken: list[str]) -> Iterator[tuple[int, bool]]:
    """Where an attribute stands, and whether as its opposite: unfreundlich."""
    for at, word in enumerate(spoken):
        for before, forms in known:
            first = at - len(before)
            if first >= 0 and tuple(spoken[first:at]) == before:
                if word in forms:
                    yield first, False
                elif word.startswith("un") and word[2:] in forms:
                    yield first, True


def _is_denied(before: list[str]) -> bool:
    return any(
        word in _DENIALS and (at + 1 >= len(before) or before[at + 1] not in _ONLY) for at, word in enumerate(before)
    )


def _umlaut(stem: str) -> str:
    """``warm`` compared is ``wärmer``; longer words keep their vowels."""
    return stem.translate(_UMLAUTS) if len(_VOWEL.findall(stem)) == 1 and "au" not in stem else stem


def _plain(word: str) -> str:
    return word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
