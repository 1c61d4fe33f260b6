"""Whether an idea was there before: by its address or number, by the words of its title.

Whoever offers ideas (feeds, inbox, occasions) asks here first. What was dropped is never offered again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from toolkit.editorial.ideas import Idea, Origin, Stage
from toolkit.language.sameness import ALIKE, canonical, same_title, title_words


class Known:
    """Ideas by what they came from and by the words of their titles, so that each is compared with few others.

    Two titles that are alike share one of their rarest words, and so near the front of both that enough words can follow
    (Xiao et al., Efficient Similarity Joins for Near-Duplicate Detection, 2008, section 3). Ideas are kept under such a word,
    its place in their title and the number of words.
    """

    def __init__(self, ideas: Iterable[Idea]) -> None:
        self._ideas = tuple(ideas)
        self._words = [title_words(one.title) for one in self._ideas]
        self._often = Counter(word for words in self._words for word in words)
        self._by_origin: defaultdict[str, list[int]] = defaultdict(list)
        self._by_title: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        self._by_word: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
        for place, one in enumerate(self._ideas):
            self._by_origin[origin_key(one.source, one.origin)].append(place)
            words = self._words[place]
            self._by_title[words].append(place)
            for at, word in enumerate(self._rarest(words)):
                self._by_word[word, at, len(words)].append(place)

    def alike(self, title: str, source: Origin = Origin.PERSON, origin: str = "") -> list[Idea]:
        """Those that say the same or came from the same thing, in their order.

        An occasion comes again each year: that an idea came from it before says nothing, only its title does.
        """
        key, words = origin_key(source, origin), title_words(title)
        found = set(self._by_origin.get(key, ())) if key else set()
        near = {*self._by_title.get(words, ()), *self._near(words)}
        found |= {place for place in near if same_title(self._words[place], words)}
        return [self._ideas[place] for place in sorted(found)]

    def _rarest(self, words: frozenset[str]) -> list[str]:
        """The words of which titles that are alike share one, the rarest first."""
        few = int((1 - ALIKE) * len(words)) + 1
        return sorted(words, key=lambda word: (self._often[word], word))[:few]

    def _near(self, words: frozenset[str]) -> Iterator[int]:
        """Ideas that share a word at a place behind which enough others can follow."""
        count = len(words)
        for at, word in enumerate(self._rarest(words)):
            for other in range(int(ALIKE * count), int(count / ALIKE) + 2):
                most = int((1 - ALIKE) * other) + 1
                for there in range(most):
                    shared = min(count - at, other - there)  # at most
                    if shared >= ALIKE * (count + other - shared):
                        yield from self._by_word.get((word, there, other), ())


def find_twin(ideas: Iterable[Idea], title: str, source: Origin = Origin.PERSON, origin: str = "") -> Idea | None:
    """The idea that says the same or came from the same thing, the dropped one first; None for a new one."""
    alike = Known(ideas).alike(title, source, origin)
    return next((one for one in alike if one.stage is Stage.DROPPED), alike[0] if alike else None)


def known_origins(ideas: Iterable[Idea]) -> frozenset[str]:
    """The `origin_key` of everything that somebody made an idea of, whatever became of it."""
    return frozenset(filter(None, (origin_key(one.source, one.origin) for one in ideas)))


def origin_key(source: Origin, origin: str) -> str:
    """Name of the thing that an idea came from, equal for all spellings of an address; "" where it tells nothing."""
    said = " ".join(origin.split())
    if not said or source in (Origin.OCCASION, Origin.PERSON):
        return canonical(said)
    return canonical(said) or f"{source.value}:{said.casefold()}"
