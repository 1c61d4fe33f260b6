"""Where the words of a rendered text stand in the Markdown that it was made from.

Rendering drops markup, writes addresses out and adds what a network wants, but it keeps the order. So words are
matched in order: what is alike at both ends, then words that stand once on each side, then the rest in between.
What was added matches nothing, and has no place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from toolkit.style.mapped import Mapped, Piece

_WORD: Final = re.compile(r"[^\W_]+")
Pair = tuple[int, int]  # an index on either side
Words = Sequence[re.Match[str]]


def align(text: str, source: str, start: int) -> Mapped:
    """`text` with the places of what was taken from `source`, which begins at `start` of the file."""
    if text == source:
        return Mapped(text, [Piece(0, len(text), start, len(text))] if text else [])
    ours, theirs = list(_WORD.finditer(text)), list(_WORD.finditer(source))
    found: list[tuple[int, int, int]] = []
    at = near = 0
    for mine, their in _match([word[0] for word in ours], [word[0] for word in theirs]):
        one, other = ours[mine], theirs[their]
        found += _between(text[at : one.start()], source[near : other.start()], at, near)
        found.append((one.start(), other.start(), len(one[0])))
        at, near = one.end(), other.end()
    found += _between(text[at:], source[near:], at, near)
    return Mapped(text, [Piece(first, size, start + place, size) for first, place, size in _joined(found)])


def _match(ours: list[str], theirs: list[str]) -> Iterator[Pair]:
    """The words that are the same, in order."""
    head = _alike(ours, theirs)
    tail = min(_alike(ours[::-1], theirs[::-1]), len(ours) - head, len(theirs) - head)
    yield from ((index, index) for index in range(head))
    end, last = len(ours) - tail, len(theirs) - tail
    mine, their = head, head
    for anchor in [*_anchors(ours[head:end], theirs[head:last]), (end - head, last - head)]:
        until, to = anchor[0] + head, anchor[1] + head
        yield from _in_order(ours, theirs, (mine, until), (their, to))
        if until < end:
            yield until, to
        mine, their = until + 1, to + 1
    yield from ((end + index, last + index) for index in range(tail))


def _alike(ours: list[str], theirs: list[str]) -> int:
    """How many words are the same at the beginning."""
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _anchors(ours: list[str], theirs: list[str]) -> list[Pair]:
    """Words that stand once on each side, as many as keep their order."""
    counted, known = Counter(ours), Counter(theirs)
    places = {word: index for index, word in enumerate(theirs) if known[word] == 1}
    pairs = [(index, places[word]) for index, word in enumerate(ours) if counted[word] == 1 and word in places]
    return _rising(pairs)


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The longest run of pairs whose second numbers rise."""
    ends: list[int] = []  # the smallest last number of a run of each length
    lasts: list[int] = []  # the pair behind it
    before: list[int] = []
    for index, (_mine, their) in enumerate(pairs):
        length = bisect_left(ends, their)
        before.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [their]
        lasts[length : length + 1] = [index]
    run: list[Pair] = []
    at = lasts[-1] if lasts else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _in_order(ours: list[str], theirs: list[str], mine: Pair, their: Pair) -> Iterator[Pair]:
    """Each word of ours between two anchors with the next one like it between theirs."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(*their):
        places[theirs[index]].append(index)
    at = their[0]
    for index in range(*mine):
        same = places.get(ours[index], [])
        following = bisect_left(same, at)
        if following < len(same):
            yield index, same[following]
            at = same[following] + 1


def _between(text: str, source: str, at: int, near: int) -> Iterator[tuple[int, int, int]]:
    """The signs between two words; letters only where markup alone keeps them apart, as in ``Kaf**fee**``."""
    if text and source:
        same = _letters(text) == _letters(source)
        kept = [index for index, char in enumerate(text) if not char.isspace() and (same or not char.isalnum())]
        place = 0
        for index in kept:
            found = source.find(text[index], place)
            if found >= 0:
                yield at + index, near + found, 1
                place = found + 1


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _joined(found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbours on both sides as one stretch."""
    first, place, size = 0, 0, 0
    for one, other, length in found:
        if (one, other) == (first + size, place + size):
            size += length
            continue
        if size:
            yield first, place, size
        first, place, size = one, other, length
    if size:
        yield first, place, size
