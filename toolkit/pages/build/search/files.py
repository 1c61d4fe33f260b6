"""The index as files: words by how they begin, long lists of places and the texts in files of their own.

``search/index.json`` says what there is; ``search/words/`` holds words with their places, one file for all that begin
alike, halved until it is small; the places of a word that stands in hundreds of documents are a file of
``search/lists/``; ``search/texts/`` holds eight documents a file, of which a browser fetches those it shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from toolkit.pages.build.search.blocks import Block, count
from toolkit.pages.build.search.heads import find_heads

FOLDER: Final = "search"
INDEX: Final = f"{FOLDER}/index.json"
# Characters of a file of words, of places within it, and letters that its words share at most.
_FILE, _LIST, _DEEPEST = 8_000, 1_000, 6
# Documents in one file of texts, and characters of a text that are kept to be shown.
SLICE, _TEXT = 8, 2_000
# Marks in a file of words what compounds end with.
HEAD: Final = "-"

Entry = tuple[str, str, str]  # how it is sorted, the word as the file has it, its places


def pack(blocks: Sequence[Block], words: Mapping[str, str], groups: Mapping[str, str]) -> dict[str, bytes]:
    """Path → bytes of the whole index; `words` are those of all blocks with their places, `groups` key → title."""
    entries = [(word, word, places) for word, places in words.items()]
    for last, whole in find_heads(words).items():
        entries.append((last, HEAD + last, "".join(words[word] for word in whole)))
    files = dict(_texts(blocks))
    entries.sort()
    files |= _lists(entries)
    shards = list(_cut(entries, ""))
    files |= {f"{FOLDER}/words/{_name(start)}.json": _shard(held) for start, held in shards}
    keys = list(groups)
    index = {
        "version": _version(files),
        "count": sum(map(len, blocks)),
        "groups": list(groups.items()),
        "blocks": [keys.index(block[0].group) for block in blocks],
        "words": [start for start, _held in shards],
    }
    return {**files, INDEX: _json(index)}


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[str, bytes]]:
    for number, block in enumerate(blocks):
        for start in range(0, len(block), SLICE):
            held = [
                (one.location, one.title, one.context, one.day, one.text[:_TEXT])
                for one in block[start : start + SLICE]
            ]
            yield f"{FOLDER}/texts/{number}-{start // SLICE}.json", _json(held)


def _lists(entries: Iterable[Entry]) -> dict[str, bytes]:
    long = ((word, places) for _key, word, places in entries if len(places) > _LIST)
    return {f"{FOLDER}/lists/{_name(word)}.txt": places.encode() for word, places in long}


def _cut(entries: Sequence[Entry], start: str) -> Iterator[tuple[str, Sequence[Entry]]]:
    """`entries`, which all begin with `start`, in runs of words that begin alike, none much over `_FILE`."""
    size = sum(len(word) + min(len(places), _LIST) for _key, word, places in entries)
    if size <= _FILE or len(start) >= _DEEPEST:
        yield start, entries
        return
    for first, run in groupby(entries, lambda entry: entry[0][: len(start) + 1]):
        held = list(run)
        # A word that is no longer than what they share has a file of that name for itself.
        yield from [(start, held)] if first == start else _cut(held, first)


def _shard(entries: Iterable[Entry]) -> bytes:
    """Word → its places, or in how many documents it stands where those are a file of their own."""
    return _json({word: places if len(places) <= _LIST else count(places) for _key, word, places in entries})


def _name(word: str) -> str:
    """A word as the name of a file on every system, where ``con`` is not one."""
    return "w" + "".join(
        char if char.isascii() and (char.isalnum() or char == HEAD) else f"_{ord(char):x}" for char in word
    )


def _version(files: Mapping[str, bytes]) -> str:
    """A word that changes when any of the files does: browsers keep files under it."""
    seal = hashlib.sha256()
    for path in sorted(files):
        seal.update(path.encode() + b"\0" + files[path])
    return seal.hexdigest()[:12]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
