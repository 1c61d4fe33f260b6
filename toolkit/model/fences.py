"""Fenced blocks of a Markdown page: what stands between two lines of backticks or tildes, and the word behind the first.

Rules, closed topics, claims, colours and words are written in the handbook this way. They are found here for the linter
and for the site, so that what readers see as a box is what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.values import dataclass

_MARKS: Final = re.compile(r"(?m)^ {0,3}(`{3,}|~{3,})([^\r\n]*?)[ \t]*\r?$")


@dataclass(frozen=True, slots=True)
class FencedBlock:
    """A block of a page at ``start:end`` with its two lines of marks, and at ``first:last`` without them.

    `kind` is the word behind the first marks, with or without braces and a dot; "" where there is none.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int


def find_fenced(markdown: str) -> Iterator[FencedBlock]:
    """Every fenced block, in order, as CommonMark says: one inside another is text, an open one ends with the page."""
    mark, kind, start, first = "", "", 0, 0
    for line in _MARKS.finditer(markdown):
        marks, rest = line[1], line[2].strip()
        if mark:
            if marks.startswith(mark) and not rest:
                yield FencedBlock(kind, start, line.end(), first, line.start())
                mark = ""
        elif marks[0] == "~" or "`" not in rest:  # otherwise it is code inside a sentence
            mark, start, first = marks, line.start(), min(line.end() + 1, len(markdown))
            kind = (rest.strip("{}").removeprefix(".").split() or [""])[0]
    if mark:
        yield FencedBlock(kind, start, len(markdown), first, len(markdown))
