"""Words and patterns of many rules against one text: a glance at all of them, then those that may be there, in their time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from toolkit.lint.phrases import phrases
from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.style.pattern import Pattern, check_compiles
from toolkit.style.pattern import pattern as style_pattern
from toolkit.style.prefilter import Prefilter
from toolkit.style.syntax import PatternError
from toolkit.style.texts import Texts

Told = tuple[str, Sequence[str], Sequence[str]]  # a name, words, patterns


class Glance:
    """Which of many rules may be told by a text at all: RE2 says so in one pass, however many there are."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._names: list[str] = []
        patterns: dict[int, Pattern | None] = {}
        for name, words, expressions in told:
            for pattern in (*_loosely(words), *map(_read, expressions)):
                patterns[len(self._names)] = pattern
                self._names.append(name)
        self._prefilter = Prefilter(patterns)

    def at(self, text: str) -> frozenset[str]:
        """The names of all that may be told; of those that are not named, none is."""
        return frozenset(self._names[number] for number in self._prefilter.candidates(Texts([text])))


def tells(words: Sequence[str], patterns: Sequence[str], text: str) -> bool | None:
    """Whether one of the words or patterns stands in the text; None when finding out takes too long.

    A pattern that cannot be read is passed over: whoever checks the handbook says so.
    """
    found = phrases(tuple(words), tuple(patterns)).find(text, Allowance(len(text)))
    try:
        return next(found, None) is not None
    except SlowPatternError:
        return None


def _loosely(words: Sequence[str]) -> Iterator[Pattern | None]:
    """The words without their edges: found wherever `phrases` finds them, and sometimes elsewhere."""
    pieces = [[re.escape(piece) for piece in word.replace("*", " ").split()] for word in words]
    told = [r"[\s\S]*?".join(piece) for piece in pieces if piece]
    if told:
        yield _read("|".join(told))


def _read(expression: str) -> Pattern | None:
    """None for what cannot be read: it is then asked every time, and passed over there."""
    try:
        check_compiles(expression)
        return style_pattern(f"(?i:{expression})")
    except PatternError:
        return None
