"""A text read out of a file, and where each of its characters stands there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from typing import Final, NamedTuple

from toolkit.values import dataclass


class Piece(NamedTuple):
    """``text[at:at + size]`` was read from ``source[start:start + span]``; character by character where both are equal."""

    at: int
    size: int
    start: int
    span: int


@dataclass(slots=True)
class Mapped:
    """A text and the pieces of the source that it was put together from, in order."""

    text: str
    pieces: list[Piece] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the source; of an empty stretch, the place of `start`."""
        first = self._place(start, last=False)
        return first, max(first, self._place(end - 1, last=True)) if end > start else first

    def _place(self, at: int, *, last: bool) -> int:
        pieces = self.pieces
        if not pieces:
            return 0
        index = 0 if len(pieces) == 1 else max(0, bisect_right(pieces, at, key=_at) - 1)
        piece = pieces[index]
        if piece.size == piece.span:
            return piece.start + min(at - piece.at + last, piece.span)
        return piece.start + piece.span if last else piece.start

    def cut(self, start: int, end: int) -> Mapped:
        """``text[start:end]`` with its places; stretches of pieces that are not read character by character stay whole."""
        if not self.pieces or (start <= 0 and end >= len(self.text)):
            return self
        if len(self.pieces) == 1 and self.pieces[0].size == self.pieces[0].span:  # most texts
            start, end = max(start, 0), min(end, len(self.text))
            return Mapped(self.text[start:end], [Piece(0, end - start, self.pieces[0].start + start, end - start)])
        found = []
        for piece in self.pieces[max(0, bisect_right(self.pieces, start, key=_at) - 1) :]:
            low, high = max(piece.at, start), min(piece.at + piece.size, end)
            if piece.at >= end:
                break
            if low >= high:
                continue
            if piece.size == piece.span:
                found.append(Piece(low - start, high - low, piece.start + low - piece.at, high - low))
            else:
                found.append(Piece(low - start, high - low, piece.start, piece.span))
        return Mapped(self.text[start:end], found)

    def literal(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` stands in the source exactly like this, so that it may be replaced."""
        first, last = self.span(start, end)
        return last - first == end - start


def _at(piece: Piece) -> int:
    return piece.at


MASK: Final = "*"


class Builder:
    """Puts a mapped text together."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._size = 0

    def add(self, text: str, start: int, span: int = -1) -> None:
        """Append `text`, read from ``source[start:start + span]``; `span` is its length where none is given."""
        if not text:
            return
        self._pieces.append(Piece(self._size, len(text), start, len(text) if span < 0 else span))
        self._parts.append(text)
        self._size += len(text)

    def mask(self, start: int, end: int) -> None:
        """Append as many asterisks as there are characters: something stands there, but no words."""
        self.add(MASK * (end - start), start)

    def build(self) -> Mapped:
        """The text, and nothing left in the builder."""
        made = Mapped("".join(self._parts), self._pieces)
        self._parts, self._pieces, self._size = [], [], 0
        return made


def whole(text: str, start: int = 0) -> Mapped:
    """A text that stands in the source as it is, at `start`."""
    return Mapped(text, [Piece(0, len(text), start, len(text))])
