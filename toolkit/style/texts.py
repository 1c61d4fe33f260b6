"""Several texts as one, so that a pattern is searched for once and not once per text.

Texts are joined by line breaks, one before the first and one after the last. Those of ASCII alone are kept apart:
they need no care with words, and their offsets in bytes and in characters are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Part:
    """Texts as UTF-8: number of each, where each begins and ends."""

    plain: bool  # ASCII alone
    ids: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    data: bytes = b""

    def add(self, number: int, text: bytes, at: int) -> int:
        """Note one text that will stand at `at`; answers where the next one will."""
        self.ids.append(number)
        self.starts.append(at)
        self.ends.append(at + len(text))
        return at + len(text) + 1

    def offset(self, index: int, at: int) -> int:
        """The code point offset in its text of a byte of the text at `index` of this part."""
        start = self.starts[index]
        return at - start if self.plain else len(self.data[start:at].decode())


class Texts:
    """Texts by number (from 0), joined for searching."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(texts)
        self.ascii, self.other = Part(plain=True), Part(plain=False)
        pieces: dict[bool, list[bytes]] = {True: [b""], False: [b""]}
        ends = {True: 1, False: 1}
        for number, text in enumerate(self.texts):
            plain = text.isascii()
            data = text.encode()
            ends[plain] = (self.ascii if plain else self.other).add(number, data, ends[plain])
            pieces[plain].append(data)
        self.ascii.data = b"\n".join([*pieces[True], b""])
        self.other.data = b"\n".join([*pieces[False], b""])
