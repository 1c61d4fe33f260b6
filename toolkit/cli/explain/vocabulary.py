"""What people say for the things that have another name here, in every language at once.

The words are data, `words/<language>.txt`: whoever hears a word that finds nothing adds it there. A line is a kind, the
name of one topic, a colon, and the words and phrases for it with commas between them. Inflected forms are understood
without being written down. The line ``plain:`` has the words that are said with any of them and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "words"
_PLAIN: Final = "plain"


@cache
def said_for() -> Mapping[str, tuple[str, ...]]:
    """Kind and name of a topic, such as ``rule alt-text`` → the words that people use for it."""
    found: dict[str, tuple[str, ...]] = {}
    for subject, words in _lines():
        if subject != _PLAIN:
            found[subject] = (*found.get(subject, ()), *words)
    return found


@cache
def plain_words() -> frozenset[str]:
    """Words that decide nothing: the post in ``why is my post held``."""
    return frozenset(word for subject, words in _lines() if subject == _PLAIN for word in words)


def _lines() -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in sorted(FOLDER.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            subject, colon, words = line.partition(":")
            if colon and not line.startswith("#"):
                yield subject.strip(), tuple(filter(None, map(str.strip, words.split(","))))
