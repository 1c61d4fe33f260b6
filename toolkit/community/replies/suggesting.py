"""What was answered before: canned replies and sent ones that share the most telling words with what somebody writes.

TF-IDF over words and their beginnings (German puts words together: ``Lieferung``, ``Lieferverzug``), in plain Python. A
suggestion says where it comes from and how near it is. It begins an answer; it is never sent by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from math import log, sqrt
from typing import Final

from toolkit.values import dataclass

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
BEGINNING: Final = 5  # letters
LONGEST: Final = 4000  # letters of a text that are looked at
FOREIGN: Final = 0.25  # what a match in another language is worth
WORTH: Final = 0.02  # below this nothing is said


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was answered or is ready to be."""

    name: str  # ``guidelines/replies/preis.md:12``, or ``reply 4F7K2A`` for one that was sent
    title: str
    language: str
    text: str  # what is suggested, with its placeholders
    about: str = ""  # what else tells when it fits: the page's words, the message that was answered


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of them, and how near it is, from 0 to 1."""

    source: Source
    score: float


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sources, made ready once: for each word where it stands, and with what weight."""

    sources: Sequence[Source]
    weights: dict[str, float] = field(default_factory=dict)
    places: defaultdict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Shelf:
        """The shelf with these."""
        shelf = cls(list(sources))
        counted = [_count(f"{one.title}\n{one.about}\n{one.text}") for one in shelf.sources]
        seen = Counter(word for words in counted for word in words)
        shelf.weights.update({word: log((1 + len(counted)) / (1 + count)) + 1 for word, count in seen.items()})
        for number, words in enumerate(counted):
            vector = {word: (1 + log(count)) * shelf.weights[word] for word, count in words.items()}
            length = sqrt(sum(value * value for value in vector.values())) or 1.0
            for word, value in vector.items():
                shelf.places[word].append((number, value / length))
        return shelf

    def suggest(self, text: str, language: str = "", most: int = 3) -> list[Suggestion]:
        """The nearest to `text`, the nearest first; none where no word is shared."""
        asked = {word: (1 + log(count)) * self.weights.get(word, 0) for word, count in _count(text).items()}
        length = sqrt(sum(value * value for value in asked.values())) or 1.0
        scores: defaultdict[int, float] = defaultdict(float)
        for word, value in asked.items():
            for number, weight in self.places.get(word, ()):
                scores[number] += value / length * weight
        found = [
            Suggestion(self.sources[number], self._fair(number, score, language)) for number, score in scores.items()
        ]
        near = [one for one in found if one.score >= WORTH]
        return sorted(near, key=lambda one: (-one.score, one.source.name))[:most]

    def _fair(self, number: int, score: float, language: str) -> float:
        own = self.sources[number].language
        return round(min(1.0, score if not language or not own or own == language else score * FOREIGN), 4)


def _count(text: str) -> Counter[str]:
    """Its words, and the beginnings of the longer ones."""
    words = _WORD.findall(text[:LONGEST].casefold())
    return Counter([*words, *(f"{word[:BEGINNING]}…" for word in words if len(word) > BEGINNING)])
