"""The words of a text, and the one spelling that they are found by: ``Käse``, ``Kaese`` and ``KÄSE`` are one word.

The browser does the same with what somebody types (``assets/scripts/search-words.js``); a test compares the two, word
by word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

# Letters; what is longer is no word that anybody types.
MOST: Final = 40
# Written together or with a joint: E-Mail, Kund*innen, engagement_rate, geht's.
_RUN: Final = re.compile(r"\w+(?:[-*:·'\u2019]\w+)*")
_JOINT: Final = re.compile(r"[\W_]+")
_JOINTS: Final = 4
_TAG: Final = re.compile(r"#\w+")
_HUMP: Final = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])(?=[A-ZÄÖÜ])")
_SOFT: Final = "\u00ad"
_MARKS: Final = re.compile(r"[\u0300-\u036f]")
_SPELLED: Final = re.compile(r"(^|[^aeq])ue")


def words_of(text: str) -> Iterator[str]:
    """The words of `text` in order, folded; of a word with joints its parts and the whole.

    >>> list(words_of("Käse per E-Mail #GuterKaffee"))
    ['kase', 'per', 'e', 'mail', 'email', 'guter', 'kaffee', 'guterkaffee']
    """
    return chain.from_iterable(map(_words_in, text.split()))


# Thousands of posts say the same words, mostly before the same comma.
@lru_cache(maxsize=1 << 17)
def _words_in(piece: str) -> tuple[str, ...]:
    """The words between two spaces."""
    if not piece.isascii():
        piece = unicodedata.normalize("NFC", piece).replace(_SOFT, "")
    if "#" in piece:
        piece = _TAG.sub(lambda found: _HUMP.sub("-", found[0]), piece)
    found: list[str] = []
    for run in _RUN.findall(piece):
        parts = [run] if run.isalnum() else [part for part in _JOINT.split(run) if part]
        found += map(fold, parts)
        if 1 < len(parts) <= _JOINTS:
            found.append(fold("".join(parts)))
    return tuple(found)


def fold(word: str) -> str:
    """`word` in small letters without marks; ä, ae and a are one, as are ö, oe, o, and ü, ue, u, and ß, ss.

    After a, e and q an ``ue`` is no ü: neue, Steuer, Quelle stay as they are.

    >>> fold("Kräuter"), fold("Kaese"), fold("neue"), fold("Straße")
    ('krauter', 'kase', 'neue', 'strasse')
    """
    plain = word.lower()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain.replace("ß", "ss")))
    plain = plain.replace("ae", "a").replace("oe", "o")
    if "ue" in plain:
        plain = _SPELLED.sub(r"\1u", plain)
    return plain[:MOST]
