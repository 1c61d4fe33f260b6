"""Which rules can match a text at all: RE2 says so for many of them in one pass over it.

An automaton has a state for every choice of its patterns that texts have matched so far. Several automata with few
patterns each are therefore made much sooner than one with all of them, and are hardly slower to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from toolkit.style.pattern import Pattern, options
from toolkit.style.texts import Part, Texts

# Matches every text: when it is not among the answers, the automaton ran out of memory and nothing is known.
_WITNESS: Final = b"(?s:.)"
_TOGETHER: Final = 96  # patterns in one automaton


class Prefilter:
    """The patterns of many rules by number, None for a rule that looks at every text."""

    def __init__(self, patterns: Mapping[int, Pattern | None]) -> None:
        self._always = {number for number, own in patterns.items() if own is None or own.whole}
        self._known = {
            number: own for number, own in patterns.items() if own is not None and number not in self._always
        }

    def candidates(self, texts: Texts) -> set[int]:
        """The numbers of the patterns that may match in one of the texts; those of None are always among them."""
        found = set(self._always)
        if texts.ascii.ids:
            found.update(*(automaton.ask(texts.ascii) for automaton in self._plain))
        if texts.other.ids:
            found.update(*(automaton.ask(texts.other) for automaton in self._unicode))
        return found

    @cached_property
    def _plain(self) -> list[_Automaton]:
        """For texts of ASCII alone."""
        return self._build(lambda own: own.plain_superset if own.ascii is None else own.ascii)

    @cached_property
    def _unicode(self) -> list[_Automaton]:
        """For all other texts."""
        return self._build(lambda own: own.hint)

    def _build(self, write: Callable[[Pattern], str]) -> list[_Automaton]:
        written = [(number, write(own)) for number, own in self._known.items()]
        return [_Automaton(written[at : at + _TOGETHER]) for at in range(0, len(written), _TOGETHER)]


class _Automaton:
    """Some patterns, searched for together."""

    def __init__(self, patterns: Iterable[tuple[int, str]]) -> None:
        import re2

        self._set = re2.Set.SearchSet(options())
        self._set.Add(_WITNESS)
        self._numbers: list[int] = []  # of the pattern behind each answer but the first, the witness
        self._unknown: set[int] = set()  # RE2 does not take these
        for number, text in patterns:
            try:
                self._set.Add(text.encode())
                self._numbers.append(number)
            except re2.error:
                self._unknown.add(number)
        self._set.Compile()

    def ask(self, part: Part) -> set[int]:
        """The numbers of the patterns that may match."""
        answers = self._set.Match(part.data) or ()
        if 0 not in answers:
            return {*self._numbers, *self._unknown}
        return {self._numbers[answer - 1] for answer in answers if answer} | self._unknown
