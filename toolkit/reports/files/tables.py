"""The tables that a notebook shows, cell by cell, with the section in which each stands.

Ours have a caption and a note below some values; those of other libraries are taken as they are. Text only: nothing of
an output's markup gets any further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HEADINGS: Final = frozenset({"h2", "h3"})
_SPAN: Final = 200  # columns that one cell may claim to span


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell. `exact` is the number behind a rounded one; `number` says that the column holds such."""

    text: str
    note: str = ""
    number: bool = False
    exact: float | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A table: its caption ("" without one), the heading above it, the names of its columns, its rows."""

    caption: str
    section: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        return max(map(len, (self.head, *self.rows)), default=0)


def read_tables(notebook: NotebookNode) -> tuple[Shown, ...]:
    """Every table with at least one row, in the order of the report."""
    reader = _Reader()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            html = _html(output)
            if html:
                reader.feed(html)
                reader.end()
    return tuple(table for table in reader.found if table.rows)


def _html(output: Mapping[str, Any]) -> str:
    data = output.get("data", {})
    return str(data.get("text/html", ""))


@dataclass
class _Draft:
    """A table that is being read."""

    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Shown] = []
        self.section = ""
        self.draft: _Draft | None = None
        self.row: list[Cell] = []
        self.named = False  # whether all cells of the row name columns
        self.text: list[str] = []
        self.note: list[str] | None = None
        self.about: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and self.draft is None:
            self.draft = _Draft()
        elif tag == "tr":
            self.row, self.named = [], True
        elif tag in {"td", "th"}:
            self.about, self.note = dict(attrs), None
            self.named = self.named and tag == "th" and self.about.get("scope") != "row"
        if tag in {"td", "th", "caption", *_HEADINGS}:
            self.text = []
        elif tag == "small":
            self.note = []
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        (self.text if self.note is None else self.note).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.section = _said(self.text)
        elif self.draft is None:
            return
        elif tag == "caption":
            self.draft.caption = _said(self.text)
        elif tag in {"td", "th"}:
            self._keep_cell()
        elif tag == "tr":
            self._keep_row(self.draft)
        elif tag == "table":
            self.end()

    def end(self) -> None:
        """A table that an output left open ends with it."""
        if self.draft is not None:
            rows = tuple(map(tuple, self.draft.rows))
            self.found.append(Shown(self.draft.caption, self.section, tuple(self.draft.head), rows))
        self.draft = None

    def _keep_cell(self) -> None:
        kind = (self.about.get("class") or "").split()
        cell = Cell(_said(self.text), _said(self.note or []), "number" in kind, _exact(self.about.get("data-value")))
        self.row += [cell] * _span(self.about.get("colspan"))
        self.text, self.note = [], None

    def _keep_row(self, draft: _Draft) -> None:
        if self.row and self.named and not draft.rows:
            draft.head = [cell.text for cell in self.row]
        elif self.row:
            draft.rows.append(self.row)
        self.row = []


def _said(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


def _exact(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _span(value: str | None) -> int:
    return min(int(value), _SPAN) if value and value.isdecimal() and int(value) else 1


def columns(table: Shown) -> Iterator[tuple[int, bool]]:
    """Each column and whether any of its cells has a note."""
    for at in range(table.width):
        yield at, any(at < len(row) and row[at].note for row in table.rows)
