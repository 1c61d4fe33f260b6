r"""Words and patterns of the handbook, looked up on RE2: linear in the text whatever somebody writes.

RE2's ``\b`` knows ASCII only. So a word's edges are looked at here, and patterns are the style engine's, which writes
them anew: *Öl* is not found in *Ölung*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.style.allowance import Allowance
from toolkit.style.pattern import check_compiles
from toolkit.style.pattern import pattern as style_pattern
from toolkit.style.texts import Texts

if TYPE_CHECKING:
    import re2

_INNER: Final = r"\pL\pM\pN_"
_BEFORE: Final = f"(?:^|[^{_INNER}])"
_AFTER: Final = f"(?:$|[^{_INNER}])"
_PART: Final = f"[{_INNER}]*"


class Phrases:
    """The words and patterns of one statement. `complaints` says which pattern cannot be read, and why."""

    def __init__(self, words: Sequence[str], patterns: Sequence[str]) -> None:
        self.complaints: dict[int, str] = {}
        usable = []
        for index, pattern in enumerate(patterns):
            if said := _complain(pattern):
                self.complaints[index] = said
            else:
                usable.append(style_pattern(f"(?i:{pattern})"))
        told = [_word(word) for word in words if word.replace("*", " ").split()]
        # The longest first, so that "biologisch" is found whole where "bio*" stands beside it.
        told.sort(key=len, reverse=True)
        self._words = _compile(f"{_BEFORE}({'|'.join(told)}){_AFTER}") if told else None
        self._patterns = usable

    def find(self, text: str, allowance: Allowance) -> Iterator[tuple[int, int]]:
        """Start and end of every place where the statement is told; raises `SlowPatternError` after those it found."""
        if self._words is not None:
            yield from _find_words(self._words, text)
        texts = Texts([text])
        for pattern in self._patterns:
            found = pattern.find(texts, allowance)
            yield from ((one.start, one.end) for one in found if one.end > one.start)


@lru_cache(maxsize=512)
def phrases(words: tuple[str, ...], patterns: tuple[str, ...]) -> Phrases:
    """`Phrases`, compiled once."""
    return Phrases(words, patterns)


def _find_words(pattern: re2._Regexp[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while (match := pattern.search(text, at)) is not None:
        start, end = match.span(1)
        yield start, end
        at = end  # not the match's end: what ends one word may begin the next


def _word(word: str) -> str:
    """The pattern of a word or phrase: any white space between words, ``*`` for the rest of one."""
    pieces = (re.escape(piece).replace(r"\*", _PART) for piece in word.split())
    return r"\s+".join(pieces)


def _complain(pattern: str) -> str:
    import regex

    try:
        check_compiles(pattern)
    except (ValueError, regex.error) as error:
        return str(error)
    return ""


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> re2._Regexp[str]:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern, options)
