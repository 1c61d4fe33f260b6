"""Which rules can match a text at all: one pass of RE2 over it says so for every rule that has a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from toolkit.style.pattern import Pattern, options
from toolkit.style.texts import Part, Texts

if TYPE_CHECKING:
    import re2

# Matches every text: when it is not among the answers, the automaton ran out of memory and nothing is known.
_WITNESS: Final = b"(?s:.)"


class Prefilter:
    """The patterns of many rules as two automata: one for texts of ASCII alone, one for all others."""

    def __init__(self, patterns: Sequence[Pattern | None]) -> None:
        self._patterns = patterns
        self._always = frozenset(n for n, own in enumerate(patterns) if own is None or own.whole)

    def candidates(self, texts: Texts) -> frozenset[int]:
        """The numbers of the patterns that may match in one of the texts; those of None are always among them."""
        found = set(self._always)
        if texts.ascii.ids:
            found |= self._ask(self._plain, texts.ascii)
        if texts.other.ids:
            found |= self._ask(self._unicode, texts.other)
        return frozenset(found)

    def _ask(self, engine: tuple[re2.Set, list[int], set[int]], part: Part) -> set[int]:
        automaton, numbers, unknown = engine
        answers = automaton.Match(part.data) or ()
        if 0 not in answers:
            return {*numbers, *unknown}
        return {numbers[answer - 1] for answer in answers if answer} | unknown

    @cached_property
    def _plain(self) -> tuple[re2.Set, list[int], set[int]]:
        return self._build([own.ascii if own.ascii is not None else own.plain_superset for own in self._known()])

    @cached_property
    def _unicode(self) -> tuple[re2.Set, list[int], set[int]]:
        written = []
        for own in self._known():
            best = own.unicode if own.unicode is not None else own.bounded
            written.append(best if best is not None else own.superset)
        return self._build(written)

    def _known(self) -> list[Pattern]:
        return [own for n, own in enumerate(self._patterns) if own is not None and n not in self._always]

    def _build(self, written: Sequence[str]) -> tuple[re2.Set, list[int], set[int]]:
        """The automaton, the number of the pattern behind each of its answers, and the numbers that it does not know."""
        import re2

        made = re2.Set.SearchSet(options())
        made.Add(_WITNESS)
        answers, unknown = [], set()
        numbers = [n for n, own in enumerate(self._patterns) if own is not None and n not in self._always]
        for number, text in zip(numbers, written, strict=True):
            try:
                made.Add(text.encode())
                answers.append(number)
            except re2.error:
                unknown.add(number)
        made.Compile()
        return made, answers, unknown
