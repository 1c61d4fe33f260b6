"""Documents in runs of up to 64, and for each run the places of its words.

A word's places are a string that the browser reads letter by letter (`SIGNS` are the digits of base 64): two signs a
document, its place in the block and how much the word matters there. Posts of one month share blocks, so that a new
post changes what is known of its own month and of nothing else; what is known of a block is kept under the digest of
its documents, and a build works out only what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from toolkit.pages.build.search.documents import Document
from toolkit.pages.build.search.words import words_of
from toolkit.pages.kept import Shelf, digest

SIGNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SIZE: Final = len(SIGNS)
# Raise it when the same documents give other places.
FORMAT: Final = "2"
# What a title gives to a word of it at least, and more to that of a short one; what the title of a section's page gives.
_TITLE, _SHORT, _CONTEXT = 40, 20, 14
# Okapi BM25 with its usual constants (Robertson and Zaragoza 2009, section 3.4.2), for a usual length in words that is
# fixed: were it the site's own, one more post would change every place. Times four, so that sixty-four steps are enough.
_K1, _B, _USUAL, _STEPS = 1.2, 0.75, 60, 4

Block = tuple[Document, ...]
Places = Mapping[str, str]  # word → its places in one block


def arrange(documents: Iterable[Document], groups: Sequence[str]) -> list[Block]:
    """Documents in blocks: in the order of `groups`, in each by month and day, the youngest last."""
    rank = {name: number for number, name in enumerate(groups)}
    # Sorting is stable: sections of a page, which have no day, stay in the order of the page.
    ordered = sorted(documents, key=lambda one: (rank[one.group], one.day, one.location if one.day else ""))
    runs = (tuple(run) for _key, run in groupby(ordered, lambda one: (one.group, one.day[:7])))
    return [run[start : start + SIZE] for run in runs for start in range(0, len(run), SIZE)]


def find_places(block: Block) -> dict[str, str]:
    """The places of every word of `block`."""
    found: dict[str, str] = {}
    for slot, one in zip(SIGNS, block, strict=False):
        for word, weight in _weigh(one).items():
            found[word] = found.get(word, "") + slot + SIGNS[weight]
    return found


def _weigh(document: Document) -> dict[str, int]:
    """How much each word of a document matters in it, from 1 to 63."""
    counts = Counter(words_of(document.text))
    length = _K1 * (1 - _B + _B * counts.total() / _USUAL)
    # Most words stand there once or twice: how much that is needs to be worked out once.
    weights = {count: round(_STEPS * count * (_K1 + 1) / (count + length)) or 1 for count in {*counts.values()}}
    found = {word: weights[count] for word, count in counts.items()}
    title, context = set(words_of(document.title)), set(words_of(document.context))
    for words, more in ((title, _TITLE + _SHORT // (len(title) or 1)), (context, _CONTEXT)):
        for word in words:
            found[word] = min(found.get(word, 0) + more, SIZE - 1)
    return found


def known_places(block: Block, shelf: Shelf) -> Places:
    """The places of every word of `block`, worked out where `shelf` does not have them."""
    key = digest(*(field for one in block for field in (one.title, one.context, one.text)))
    found: Places | None = shelf.find(key, dict)
    if found is None:
        found = find_places(block)
        shelf.put(key, found)
    return found


def sign(number: int) -> str:
    """A number below 262,144 as three signs."""
    return SIGNS[number >> 12] + SIGNS[number >> 6 & 63] + SIGNS[number & 63]


def merge(blocks: Iterable[Places]) -> dict[str, str]:
    """Word → its places in all blocks: the number of each block, how many documents of it, and their places."""
    found: dict[str, list[str]] = {}
    for number, places in enumerate(blocks):
        heads = [f"{sign(number)}{one}" for one in SIGNS]
        for word, held in places.items():
            found.setdefault(word, []).append(heads[len(held) // 2 - 1] + held)
    return {word: "".join(parts) for word, parts in found.items()}


def count(places: str) -> int:
    """In how many documents a word stands, by its places in all blocks."""
    return sum(number for number, _start in _runs(places))


def _runs(places: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(places):
        number = SIGNS.index(places[at + 3]) + 1
        yield number, at + 4
        at += 4 + 2 * number
