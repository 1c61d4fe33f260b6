"""What a rule leaves alone: its own exceptions and, for rules about words, the accepted vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from toolkit.style.allowance import Allowance
from toolkit.style.memory import Memory
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.syntax import PatternError
from toolkit.style.texts import Texts


class Exceptions:
    """Terms, matched as whole words anywhere in what a rule has found. A term is a pattern; case counts.

    Raises `PatternError` for a term that cannot be read: found only with the first match, it would stop that text's check.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = sorted(terms, key=len, reverse=True)  # the longest first
        self._words: Pattern | None = _read(self.written, self.terms) if self.terms else None
        self._covered = Memory(self._search)

    @cached_property
    def phrases(self) -> Pattern | None:
        """The terms of several words."""
        own = [term for term in self.terms if " " in term or "\t" in term or r"\s" in term]
        return pattern(r"(?i)\b(?:" + "|".join(f"(?:{term})" for term in own) + r")\b") if own else None

    @property
    def written(self) -> str:
        """The terms as one pattern; "" when there are none."""
        own = [term if term.startswith("(?i)") else f"(?-i){term}" for term in self.terms]
        return r"(?m)\b(?:" + "|".join(f"(?:{term})" for term in own) + r")\b" if own else ""

    def cover(self, found: str, allowance: Allowance) -> bool:
        """Whether a term stands in what was found."""
        return self._words is not None and self._covered.ask(found, allowance)

    def _search(self, found: str, allowance: Allowance) -> bool:
        return self._words is not None and self._words.search(found, allowance)

    def around(self, text: str, place: tuple[int, int], allowance: Allowance) -> bool:
        """Whether what stands at `place` lies inside an accepted phrase."""
        if self.phrases is None:
            return False
        start, end = place
        accepted = self.phrases.find(Texts([text]), allowance)
        return any(found.start <= start and end <= found.end for found in accepted)


def _read(written: str, terms: Iterable[str]) -> Pattern:
    """The pattern of all terms; an error names the term, which may stand in a word list and not in the rule."""
    try:
        return pattern(written)
    except PatternError:
        for term in terms:
            try:
                pattern(term)
            except PatternError as error:
                raise PatternError(f"{term}: {error}", error.at) from None
        raise
