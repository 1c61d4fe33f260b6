"""What a row looked like when it was written, in a cell of its own: a short mark for each cell that was not empty.

With it the import knows which cells somebody edited in the table and which changed in the file since, cell by cell.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Final

from toolkit.values import dataclass

VERSION: Final = "v1"
_LENGTH: Final = 8  # of a mark, 6 bits a character


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a row; `known` is false where the cell was lost, and nobody knows what the row looked like."""

    marks: Mapping[str, str]
    known: bool = True

    def same(self, column: str, text: str) -> bool:
        """Whether the cell had this text."""
        return self.marks.get(_key(column), "") == _mark(text)


def make_marks(cells: Mapping[str, str]) -> str:
    """The cell for a row with these cells, by name of their column."""
    return " ".join([VERSION, *(f"{_key(name)}={_mark(text)}" for name, text in cells.items() if text)])


def read_marks(text: str) -> Marks:
    """What `make_marks` wrote; not known when the cell is empty or says something else."""
    version, *pairs = text.split() or [""]
    if version != VERSION or not all("=" in pair for pair in pairs):
        return Marks({}, known=False)
    return Marks(dict(pair.split("=", 1) for pair in pairs))


def _key(column: str) -> str:
    return column.replace(" ", "_")


def _mark(text: str) -> str:
    if not text:
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())[:_LENGTH].decode()
