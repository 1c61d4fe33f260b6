"""Which of a workspace's languages a message is written in, or none: too few words, or another language altogether.

py3langid (BSD-3, 4.5 MB, no download) ranks all the languages it knows. Restricted to German and English it would call
every French message one of them, so the best of the workspace's languages counts only while none is far likelier.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from math import exp
from typing import Final, Protocol

FEWEST: Final = 3  # words; fewer prove nothing
# How many times likelier another language may be. Of German tweets one in a hundred is refused at e², and those are
# mostly Dutch, Malay or Turkish.
TOLERANCE: Final = exp(2)
# Links, addresses, names of accounts, hashtags, markers.
_ASIDE: Final = re.compile(r"(?:https?://|www\.)\S+|\S{0,64}@\S+|#\w+|⟨\w+⟩")
_ENOUGH: Final = 600  # characters that tell
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


class Identifier(Protocol):
    """What is used of py3langid."""

    def rank(self, instance: str) -> list[tuple[str, float]]: ...


def language_of(text: str, languages: Collection[str]) -> str | None:
    """The one of `languages` (such as ``{"de", "en"}``) that `text` is in; None when nobody can tell.

    Names of accounts, links and hashtags do not count. Raises ModuleNotFoundError without the extra `community`.
    """
    words = _WORD.findall(_ASIDE.sub(" ", text[:_ENOUGH]))
    if len(words) < FEWEST:
        return None
    ranked = _identifier().rank(" ".join(words))
    likeliest = ranked[0][1]
    for language, probability in ranked:
        if probability * TOLERANCE < likeliest:
            return None
        if language in languages:
            return language
    return None


@lru_cache(maxsize=1)
def _identifier() -> Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
