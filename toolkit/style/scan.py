"""Searching joined texts with RE2: a match that would reach over the end of a text is searched for again inside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.style.texts import Part

if TYPE_CHECKING:
    import re2


class Scanner:
    """A compiled pattern; with `beside` its matches have one character on each side that is not theirs."""

    def __init__(self, engine: re2._Regexp, *, beside: bool = False) -> None:
        self._search = engine.search
        self._beside = beside

    def scan(self, part: Part) -> Iterator[tuple[int, int, int]]:
        """Number of the text, start and end in code points, of every match."""
        at = 0
        while (span := self._next(part.data, at, len(part.data))) is not None:
            start, end = span
            index = bisect_right(part.starts, start) - 1
            if index < 0 or start > part.ends[index]:
                at = part.starts[0] - self._beside if index < 0 else self._following(part, index)
            elif end <= part.ends[index]:
                yield part.ids[index], part.offset(index, start), part.offset(index, end)
                at = self._after(part.data, start, end)
            else:
                yield from self._inside(part, index, at)
                at = self._following(part, index)
            if at < 0:
                return

    def touched(self, part: Part) -> Iterator[int]:
        """The numbers of the texts in which a match begins."""
        at = 0
        while (span := self._next(part.data, at, len(part.data))) is not None:
            index = bisect_right(part.starts, span[0]) - 1
            if index >= 0 and span[0] <= part.ends[index]:
                yield part.ids[index]
            at = self._following(part, index) if index >= 0 else part.starts[0]
            if at < 0:
                return

    def _following(self, part: Part, index: int) -> int:
        return part.starts[index + 1] - self._beside if index + 1 < len(part.starts) else -1

    def _inside(self, part: Part, index: int, at: int) -> Iterator[tuple[int, int, int]]:
        """The matches from `at` on that lie within one text."""
        at = max(at, part.starts[index] - self._beside)
        limit = part.ends[index] + self._beside
        while at <= limit and (span := self._next(part.data, at, limit)) is not None:
            yield part.ids[index], part.offset(index, span[0]), part.offset(index, span[1])
            at = self._after(part.data, *span)

    def _next(self, data: bytes, at: int, limit: int) -> tuple[int, int] | None:
        match = self._search(data, at, limit) if limit < len(data) else self._search(data, at)
        if match is None:
            return None
        start, end = match.span()
        if not self._beside:
            return start, end
        return _forward(data, start), _back(data, end)

    def _after(self, data: bytes, start: int, end: int) -> int:
        """Where to search on: at the end, or at the character before it, which is beside the next match."""
        if self._beside:
            return _back(data, end)
        return end if end > start else _forward(data, end)


def _forward(data: bytes, at: int) -> int:
    """The beginning of the next character."""
    at += 1
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at


def _back(data: bytes, at: int) -> int:
    """The beginning of the character that ends at `at`."""
    at -= 1
    while at > 0 and data[at] & 0xC0 == 0x80:
        at -= 1
    return at
