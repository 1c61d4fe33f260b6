"""German compounds that no dictionary has: Redaktionsplan, Newsletteranmeldung, kanalübergreifend.

A compound is right when both parts are nouns and the joint between them is: an -s- after -ung, -heit, -ion and the
like must not be missing (Sicherheitsupgrade, never Sicherheitupgrade), nor the -n- after a final -e.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

_LEAST: Final = 4  # letters of a part that only the dictionary knows; shorter ones make words out of slips
_LEAST_LISTED: Final = 3
_MOST: Final = (
    80  # letters; the longest words of the statute books have as many, and each more costs more than the last
)
_WITH_S: Final = ("ung", "heit", "keit", "schaft", "tät", "ion", "ling", "tum", "sal", "ekt")
_NO_JOINT: Final = ("ee", "ie", "probe", "messe", "käse")
# Adjectives that join any noun; others are the dictionary's business.
_HEADS: Final = {
    "frei", "fähig", "übergreifend", "basiert", "orientiert", "relevant", "spezifisch", "weit", "gerecht",
    "konform", "los", "voll", "reich", "arm", "bezogen", "bedingt", "seitig", "fertig", "gestützt", "gesteuert",
    "tauglich", "freundlich", "sicher", "typisch", "gebunden", "intern", "optimiert",
}  # fmt: skip
# What stands before a verb, the longest first.
_BEFORE: Final = (
    "zusammen", "zurück", "heran", "daran", "dran", "drauf", "dabei", "weiter", "wieder", "runter", "herunter",
    "heraus", "hinaus", "hinein", "vorbei", "vorher", "fertig", "schief", "durch", "unter", "rauf", "raus", "rein",
    "hoch", "fest", "frei", "nach", "vor", "los", "weg", "her", "hin", "mit", "auf", "aus", "ein", "ab", "an",
    "um", "zu",
)  # fmt: skip
_BOUND: Final = ("ver", "be", "ent", "er", "zer")  # these take nothing before them: aus Versehen
_MADE: Final = ("ungen", "ung", "erinnen", "erin", "ern", "ers", "er")
_ENDINGS: Final = ("", "e", "en", "er", "es", "em")


class Compounds:
    """Judges compounds by their parts.

    `known` says whether a word is right at all, `dictionary` whether a dictionary has it; `listed` words are nouns by
    their capital.
    """

    def __init__(
        self, known: Callable[[str], bool], dictionary: Callable[[str], bool], listed: Collection[str]
    ) -> None:
        self._known = known
        self._dictionary = dictionary
        self._listed = listed

    def is_one(self, word: str) -> bool:
        """Whether `word` is a sound compound of two or three parts."""
        if len(word) > _MOST or not word[1:].islower():
            return False
        return self._splits(word, depth=2) or self._is_verb(word[0].lower() + word[1:]) or self._is_made(word)

    def _splits(self, word: str, depth: int) -> bool:
        for at in range(_LEAST_LISTED, len(word) - _LEAST_LISTED + 1):
            first, last = word[:at].capitalize(), word[at:]
            if self._is_head(last, noun=word[0].isupper()) and self._is_modifier(first, depth):
                return True
        return False

    def _is_head(self, part: str, *, noun: bool) -> bool:
        """Whether `part` can end a compound: an adjective such as -übergreifend, or a noun where one may stand."""
        if any(part.endswith(ending) and part[: len(part) - len(ending)] in _HEADS for ending in _ENDINGS):
            return True
        return noun and self._is_noun(part.capitalize())

    def _is_verb(self, word: str) -> bool:
        """Whether `word` is an imperative (riech) or a verb with what comes before it (nachspülen, rausgegangen)."""
        if self._is_stem(word, _LEAST_LISTED):
            return True
        prefix = next((prefix for prefix in _BEFORE if word.startswith(prefix)), "")
        rest = word[len(prefix) :]
        if not prefix or len(rest) < _LEAST or rest.startswith(_BOUND) or not self._known(rest):
            return False
        participle = rest.startswith("ge") and rest.rstrip("enrsm").endswith(
            ("t", "ang", "ung", "ss", "ss", "b", "k", "h")
        )
        return participle or (rest.endswith("en") and self._known(f"{rest[:-2]}t"))

    def _is_made(self, word: str) -> bool:
        """Whether `word` is a noun made of a verb: die Röstung, der Röster, die Rösterin, of rösten."""
        ending = next((ending for ending in _MADE if word.endswith(ending)), "")
        return bool(ending) and word[0].isupper() and self._is_stem(word[: -len(ending)])

    def _is_stem(self, part: str, least: int = _LEAST) -> bool:
        """Whether `part` is the stem of a verb."""
        stem = part.lower()
        third = f"{stem}et" if stem.endswith(("t", "d")) else f"{stem}t"
        return len(stem) >= least and self._known(f"{stem}en") and self._known(third)

    def _is_modifier(self, part: str, depth: int) -> bool:
        """Whether `part` can begin a compound, with the joint that it needs."""
        if part.endswith("s") and part[:-1].endswith(_WITH_S):
            return self._is_noun(part[:-1])
        if part.endswith("en") and (self._is_noun(part[:-1]) or self._is_noun(part[:-2])):
            return True
        needs_joint = part.endswith(_WITH_S) or (part.endswith("e") and not part.lower().endswith(_NO_JOINT))
        # A word that only a list has is new or foreign and takes no joint: Conversionrate, Newsletteranmeldung.
        if needs_joint and not (part in self._listed and not self._dictionary(part)):
            return False
        return self._is_noun(part) or self._is_stem(part) or (depth > 1 and self._splits(part, depth - 1))

    def _is_noun(self, part: str) -> bool:
        """Whether `part`, with its capital, is a noun; what is also right without one (Schien, Wieder) is none."""
        if part in self._listed:
            return len(part) >= _LEAST_LISTED
        if len(part) < _LEAST or self._known(part.lower()):
            return False
        return self._known(part) or self._is_made(part)
