"""What a message consists of for a model: words, pairs of words, and groups of three to five letters within a word.

Each becomes a number of 64 bits, the same on every machine, so that a model needs no list of words and none can be read
from it. A number is a polynomial over code points modulo 2^64, and that of any stretch of a text follows from the sums
up to its two ends; a whole batch of messages is hashed by a few operations on arrays.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from toolkit.sentiment.masking import MARKER, mask
from toolkit.values import dataclass

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

# Files of weights name it: weights mean nothing under other features.
FEATURES: Final = 1
LETTERS: Final = (3, 4, 5)
WORDS: Final = (1, 2)
_TOKEN: Final = re.compile(rf"{MARKER.pattern}|[^\W_]+|[^\w\s]+|_+")
_REPEATED: Final = re.compile(r"(.)\1{3,}")
_DIGIT: Final = re.compile(r"\d")
_VARIATION: Final = re.compile("[\u200d\ufe0e\ufe0f]")  # how an emoji is drawn
_BLANK: Final = ord(" ")
# Odd, so that it has an inverse modulo 2^64; the golden ratio, as Fibonacci hashing takes it.
_BASE: Final = 0x9E3779B97F4A7C15
_INVERSE: Final = pow(_BASE, -1, 1 << 64)


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """The n-grams of a batch: row i says that message ``message[i]`` has ``gram[i]``, which counts ``worth[i]``.

    Words and groups of letters count alike as a whole: each is worth one by the root of how many of its sort there are.
    """

    messages: int
    message: Places
    gram: Hashes
    worth: npt.NDArray[np.float64]


def normalise(text: str) -> str:
    """`text` masked, in small letters, its tokens between single blanks: `` das ist guuut :) ⟨link⟩ ``."""
    plain = unicodedata.normalize("NFC", mask(html.unescape(text)))
    plain = _REPEATED.sub(r"\1\1\1", _VARIATION.sub("", plain).casefold())
    return " " + "".join(f"{token} " for token in _TOKEN.findall(_DIGIT.sub("0", plain)))


def find_grams(texts: Sequence[str]) -> Grams:
    """The n-grams of all `texts`, in any order."""
    normal = [normalise(text) for text in texts]
    batch = _Batch(normal)
    letters, words = batch.gather(batch.letters()), batch.gather(batch.words())
    return Grams(
        len(normal),
        np.concatenate([letters[0], words[0]]),
        np.concatenate([_mix(letters[1]), _mix(words[1] + np.uint64(1))]),
        np.concatenate([_worth(letters[0], len(normal)), _worth(words[0], len(normal))]),
    )


class _Batch:
    """Normalised texts behind each other; a stretch is the places of its first code point and behind its last."""

    def __init__(self, texts: Sequence[str]) -> None:
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        self.size = len(codes)
        self.message = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        self.blank = codes == _BLANK
        self._sums = np.zeros(self.size + 1, np.uint64)
        np.cumsum((codes + np.uint64(1)) * _powers(_BASE, self.size)[:-1], out=self._sums[1:])
        self._inverse = _powers(_INVERSE, self.size)

    def letters(self) -> Iterator[tuple[Places, Places]]:
        """Stretches of letters: blanks may stand at their ends, none inside."""
        blanks = np.concatenate([[0], np.cumsum(self.blank)])
        for length in LETTERS:
            start = np.arange(max(self.size - length + 1, 0))
            inside = blanks[start + length - 1] - blanks[start + 1]
            start = start[inside == 0]
            yield start, start + length

    def words(self) -> Iterator[tuple[Places, Places]]:
        """Stretches of whole words of one message."""
        blank = np.flatnonzero(self.blank)
        for length in WORDS:
            start, end = blank[:-length], blank[length:]
            same = self.message[start] == self.message[end]
            yield start[same] + 1, end[same]

    def gather(self, stretches: Iterator[tuple[Places, Places]]) -> tuple[Places, Hashes]:
        """The message and the hash of each stretch."""
        starts, ends = (np.concatenate(side) for side in zip(*stretches, strict=True))
        return self.message[starts], (self._sums[ends] - self._sums[starts]) * self._inverse[starts]


def _powers(base: int, count: int) -> Hashes:
    """The powers of `base` from 0 to `count`, modulo 2^64."""
    powers = np.full(count + 1, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _mix(hashes: Hashes) -> Hashes:
    """The same numbers with all bits depending on all bits: the finalizer of MurmurHash3 (Austin Appleby, public domain)."""
    mixed = hashes ^ (hashes >> np.uint64(33))
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xC4CEB9FE1A85EC53)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def _worth(message: Places, messages: int) -> npt.NDArray[np.float64]:
    counts = np.bincount(message, minlength=messages)
    return np.asarray((1 / np.sqrt(np.maximum(counts, 1)))[message])
