"""Which texts are nearly the same, remembered: only new texts are compared with all others.

One file below `.leitstand/cache/`, which may be deleted any time. What cannot be read is not there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from toolkit.findings.cache import CACHE, keep
from toolkit.lint.likeness import find_like, shingles, similar_pairs

# Another release, which stores or compares them differently, takes another name.
_NAME: Final = "alike-1.json"
_LARGEST: Final = 50_000_000  # bytes of a file that is still read
_MOST: Final = 100_000  # pairs
FEW: Final = 20  # new texts; for more, comparing all with all is quicker

Pairs = Collection[tuple[int, int]]


class Alike:
    """The texts of one workspace that were compared, by their `make_key`, and those that were found to be alike."""

    def __init__(self, root: Path, program: str) -> None:
        self._root = root
        self._program = program

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._root / CACHE / _NAME

    def pairs(self, texts: Sequence[str], keys: Sequence[str]) -> list[tuple[int, int]]:
        """`similar_pairs` of the texts, of which `keys` are the names, in the same order."""
        texts_known, pairs_known = self._read()
        new = [index for index, key in enumerate(keys) if key not in texts_known]
        if len(new) > FEW:
            found: Pairs = list(similar_pairs(texts))
        else:
            found = {*_same(texts, keys), *_known(keys, pairs_known), *_new(texts, new)}
        if new or len(texts_known) != len(set(keys)):
            self._keep(keys, found)
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    def _read(self) -> tuple[frozenset[str], list[tuple[str, str]]]:
        try:
            if self.file.is_symlink() or self.file.stat().st_size > _LARGEST:
                return frozenset(), []
            raw: Any = json.loads(self.file.read_bytes())
            if raw["program"] != self._program:
                return frozenset(), []
            return frozenset(raw["texts"]), [(str(one), str(other)) for one, other in raw["pairs"]]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return frozenset(), []

    def _keep(self, keys: Sequence[str], found: Pairs) -> None:
        pairs = {(keys[one], keys[other]) for one, other in found if keys[one] != keys[other]}
        if len(pairs) <= _MOST:
            raw = {"program": self._program, "texts": list(dict.fromkeys(keys)), "pairs": sorted(pairs)}
            keep(self._root, _NAME, json.dumps(raw).encode())


def _same(texts: Sequence[str], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of texts that are the same letter by letter."""
    for places in _places(keys).values():
        if len(places) > 1 and shingles(texts[places[0]]):
            yield from ((one, other) for one in places for other in places if one < other)


def _known(keys: Sequence[str], pairs: Collection[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """The pairs that were found before of texts that are still there."""
    places = _places(keys) if pairs else {}
    for one, other in pairs:
        yield from ((min(a, b), max(a, b)) for a in places.get(one, ()) for b in places.get(other, ()))


def _new(texts: Sequence[str], new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of which one text is new."""
    for index in new:
        yield from ((min(index, other), max(index, other)) for other in find_like(texts, index))


def _places(keys: Sequence[str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        found[key].append(index)
    return found
