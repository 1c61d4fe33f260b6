"""What compounds end with, so that ``Kalender`` finds the Adventskalender and ``Tüte`` the Kaffeetüte.

The site's own words decide, not a dictionary, which one machine has and another has not: a word falls into two where
what stands before is a word of the site, with the joint between them, and what remains is one too, or remains of
another compound as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from toolkit.language.stems import stem_of, stop_words
from toolkit.pages.build.search.words import fold

# Letters of the first part, of the last, and of a last part that is no word of its own.
_FIRST, _LAST, _ALONE = 3, 4, 6
_JOINTS: Final = ("s", "es", "n", "en", "er", "e")


def find_heads(words: Collection[str]) -> Mapping[str, list[str]]:
    """What compounds among the folded `words` end with → those compounds, both in the order of the alphabet.

    >>> dict(find_heads({"kaffee", "kaffeetuten", "tute", "advent", "adventskalender", "kaffeekalender"}))
    {'kalender': ['adventskalender', 'kaffeekalender'], 'tuten': ['kaffeetuten']}
    """
    silent = {fold(word) for language in ("de", "en") for word in stop_words(language)}
    known = {word for word in words if len(word) >= _FIRST and word.isalpha() and word not in silent}
    stems = {stem_of(word, "de") for word in known if len(word) >= _LAST}
    sure: defaultdict[str, list[str]] = defaultdict(list)
    perhaps: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(known):
        for at in range(_FIRST, len(word) - _LAST + 1):
            last = word[at:]
            if last in silent or not _is_first(word[:at], known, stems):
                continue
            if last in known or stem_of(last, "de") in stems:
                sure[last].append(word)
            elif len(last) >= _ALONE:
                perhaps[last].append(word)
    shared = {last: words for last, words in perhaps.items() if len(words) > 1}
    return dict(sorted((sure | shared).items()))


def _is_first(part: str, known: Collection[str], stems: Collection[str]) -> bool:
    """Whether a compound can begin with `part`: a word, one without its ending (Farb-), or one and a joint (Krisen-)."""
    if part in known or part in stems:
        return True
    return any(part.endswith(joint) and part.removesuffix(joint) in known for joint in _JOINTS)
