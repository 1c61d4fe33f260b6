"""What a rule leaves alone: its own exceptions and, for rules about words, the accepted vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from toolkit.style.pattern import Pattern, pattern
from toolkit.style.texts import Texts


class Exceptions:
    """Terms, matched as whole words anywhere in what a rule has found. A term is a pattern; case counts."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = sorted(terms, key=len, reverse=True)  # the longest first

    @cached_property
    def _words(self) -> Pattern | None:
        return pattern(self.written) if self.terms else None

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

    def cover(self, found: str) -> bool:
        """Whether a term stands in what was found."""
        return self._words is not None and self._words.search(found)

    def around(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` lies inside an accepted phrase."""
        if self.phrases is None:
            return False
        return any(found.start <= start and end <= found.end for found in self.phrases.find(Texts([text])))
