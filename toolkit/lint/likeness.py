"""Which texts of many are nearly the same, without comparing each with each.

Texts become sets of three-word sequences. Two sets with a Jaccard similarity of at least `ALIKE` must share
two of their rarest members (prefix filtering), so only texts that do are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import ceil
from typing import Final

ALIKE: Final = 0.8
WORDS: Final = 3
# What the shorter of two such texts has in common with the longer one, at least.
_SHARED: Final = 2 * ALIKE / (1 + ALIKE)
_ROUNDING: Final = 1e-9
_COMMON: Final = 2  # sequences that two such texts share among their rarest, if they have as many

_ADDRESS: Final = re.compile(r"https?://[^\s<>()]*|<!--.*?-->", re.DOTALL)  # in a folded text
_WORD: Final = re.compile(r"\w+")


def similar_pairs(texts: Sequence[str]) -> Sequence[tuple[int, int]]:
    """The index pairs of texts that are nearly the same, the smaller index first; empty texts are like no other.

    Two such texts share one of the rarest sequences of each; how few of them need be looked at, and that of the shorter
    text even fewer will do, is shown by Xiao, Wang, Lin, Yu and Wang (2011), "Efficient similarity joins for
    near-duplicate detection", ACM Transactions on Database Systems 36 (3). One more of each is looked at, of which they
    share `_COMMON`: Wang, Li and Feng (2012), "Can we beat the prefix filtering?", SIGMOD.
    """
    sets = [shingles(text) for text in texts]
    frequency = Counter(chain.from_iterable(sets))
    # What only one text has leads to no other; it still counts as one of the rarest.
    shared = sorted((times, shingle) for shingle, times in frequency.items() if times > 1)
    rank = {shingle: place for place, (_times, shingle) in enumerate(shared, start=1)}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    alike: list[tuple[int, int]] = []
    for index in sorted(range(len(sets)), key=lambda at: len(sets[at])):
        found = sets[index]
        rarest = sorted(filter(None, map(rank.get, found)))
        lone = len(found) - len(rarest)
        looked = rarest[: max(0, len(found) - ceil(ALIKE * len(found)) + _COMMON - lone)]
        shorter = Counter(chain.from_iterable(holders[place] for place in looked))
        least = min(_COMMON, len(found))
        likely = (other for other, common in shorter.items() if common >= least)
        alike += (_pair(index, other) for other in likely if jaccard(sets[other], found) >= ALIKE)
        for place in rarest[: max(0, len(found) - ceil(_SHARED * len(found) - _ROUNDING) + _COMMON - lone)]:
            holders[place].append(index)
    return sorted(alike, key=lambda pair: (pair[1], pair[0]))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def find_like(texts: Sequence[str], index: int) -> Iterator[int]:
    """The texts that are nearly the same as the one at `index`, by their index.

    Another one lacks no more than a fifth of its sequences, so it has one of any few more than that, and all its words.
    """
    sequences = sorted(set(_sequences(texts[index])))
    own = frozenset(map(hash, sequences))
    telling = sequences[: len(own) - ceil(ALIKE * len(own)) + 1] if own else []
    for other, text in enumerate(texts):
        folded = text.casefold()
        likely = any(all(word in folded for word in sequence) for sequence in telling)
        if likely and other != index and jaccard(own, shingles(text)) >= ALIKE:
            yield other


def like_any(own: frozenset[int], others: Iterable[frozenset[int]]) -> bool:
    """Whether a text is nearly the same as one of others, all as `shingles`."""
    return any(
        ALIKE * max(len(own), len(other)) <= min(len(own), len(other)) and jaccard(own, other) >= ALIKE
        for other in others
    )


def shingles(text: str) -> frozenset[int]:
    """The three-word sequences of a text as hashes; a shorter text is one sequence."""
    return frozenset(map(hash, _sequences(text)))


def _sequences(text: str) -> Iterable[tuple[str, ...]]:
    words = _WORD.findall(_ADDRESS.sub(" ", text.casefold()))
    if len(words) <= WORDS:
        return [tuple(words)] if words else []
    return zip(*(words[at:] for at in range(WORDS)), strict=False)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Common members by all members; 0 for two empty sets."""
    common = len(one & other)
    together = len(one) + len(other) - common
    return common / together if together else 0.0
