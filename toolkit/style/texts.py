"""Several texts as one, so that a pattern is searched for once and not once per text.

Texts are joined by line breaks, one before the first and one after the last. Those of ASCII alone are kept apart:
they need no care with words, and their offsets in bytes and in characters are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Texts as UTF-8: number of each, where each begins and ends."""

    plain: bool  # ASCII alone
    ids: list[int]
    starts: list[int]
    ends: list[int]
    data: bytes

    def offset(self, index: int, at: int) -> int:
        """The code point offset in its text of a byte of the text at `index` of this part."""
        start = self.starts[index]
        return at - start if self.plain else len(self.data[start:at].decode())


class Texts:
    """Texts by number (from 0), joined for searching when the first pattern is searched for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(texts)

    @cached_property
    def ascii(self) -> Part:
        """The texts of ASCII alone."""
        return self._join(plain=True)

    @cached_property
    def other(self) -> Part:
        """All other texts."""
        return self._join(plain=False)

    def _join(self, *, plain: bool) -> Part:
        ids = [number for number, text in enumerate(self.texts) if text.isascii() is plain]
        pieces = [self.texts[number].encode() for number in ids]
        starts, ends, at = [], [], 1
        for piece in pieces:
            starts.append(at)
            at += len(piece)
            ends.append(at)
            at += 1
        return Part(plain, ids, starts, ends, b"\n".join([b"", *pieces, b""]))
