"""The text of an open file, and the way between its code points and the positions that an editor counts.

Editors count columns in UTF-16 code units unless both sides agree on UTF-8 or UTF-32. Lines end at LF, CRLF and CR
only, as everywhere here: U+2028 is a character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final

from lsprotocol import types

from toolkit.model import SourceText, Span
from toolkit.source.text import BOM

_BREAK: Final = re.compile(r"\r\n|\r|\n")
# How many units a text has. A lone surrogate is one unit in UTF-16, and a character for the rest of us.
_UNITS: Final[Mapping[str, Callable[[str], int]]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


class Page:
    """`text` is what `toolkit.source` sees: without the byte order mark that some editors show as a character."""

    def __init__(self, path: str, shown: str, encoding: str = "utf-16") -> None:
        self.path = path
        self._mark = BOM if shown.startswith(BOM) else ""
        self.text = shown.removeprefix(BOM)
        self.source = SourceText(path, self.text)
        self._units = _UNITS[encoding]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def line(self, offset: int) -> str:
        """The line that `offset` lies in, without its end."""
        start, end = self.line_bounds(offset)
        return self.text[start:end]

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """Where the line that `offset` lies in begins and ends."""
        start = self._starts[bisect_right(self._starts, offset) - 1]
        ending = _BREAK.search(self.text, start)
        return start, ending.start() if ending else len(self.text)

    def position(self, offset: int) -> types.Position:
        """The editor's position of a code point."""
        line = bisect_right(self._starts, offset) - 1
        before = self.text[self._starts[line] : offset]
        return types.Position(line, self._units(before if line else self._mark + before))

    def offset(self, position: types.Position) -> int:
        """The code point at an editor's position; beyond a line's end that end, as the protocol wants it."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self.line_bounds(self._starts[position.line])
        left = position.character - (0 if position.line else self._units(self._mark))
        for at in range(start, end):
            if left <= 0:
                return at
            left -= self._units(self.text[at])
        return end

    def range(self, start: int, end: int) -> types.Range:
        """The editor's range of ``text[start:end]``."""
        return types.Range(self.position(start), self.position(end))

    def span_range(self, span: Span) -> types.Range:
        """The editor's range of a span; one without length gets a character, so that there is something to underline."""
        start, end = self.offsets(span)
        return self.range(start, end)

    def offsets(self, span: Span) -> tuple[int, int]:
        """The code points of a span, at least one where the line has one."""
        start, end = self._place(span.line, span.col), self._place(span.end_line, span.end_col)
        if end > start:
            return start, end
        return start, min(start + 1, self.line_bounds(start)[1])

    def _place(self, line: int, col: int) -> int:
        if line > len(self._starts):
            return len(self.text)
        return min(self.source.offset(line, col), self.line_bounds(self._starts[line - 1])[1])
