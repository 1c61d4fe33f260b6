"""What a finished report says, read off its page: its numbers stand here as they stand there and are never counted anew.

A section is known by the name of its heading (``kpis``, ``channels``, ``strengths``, ``changes``), a table by its place
in the section; a report of another program has none of these names and says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from toolkit.pages.markup import Html, span, tag
from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.pages.view import ReportFile, Site

_FACTOR: Final = re.compile(r"\d+(?:[.,]\d+)?")
# What HTML takes for a blank: a number keeps the space to its unit that no line may break at.
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
_TONES: Final = frozenset({"good", "bad"})


@dataclass(frozen=True, slots=True)
class Said:
    """A cell: its text, the small note below it, ``good`` or ``bad`` where the report judges it."""

    text: str = ""
    note: str = ""
    tone: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A table of a report: caption, heads, and rows of as many cells."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]

    def row(self, name: str) -> tuple[Said, ...]:
        """The row that begins with `name`; no cells where there is none."""
        return next((cells for cells in self.rows if cells[0].text == name), ())


@dataclass(frozen=True, slots=True)
class Group:
    """Posts with something in common beside all others of twelve months; factors are None where there are too few."""

    name: str
    n: int
    factor: float | None
    low: float | None
    high: float | None
    verdict: str
    tone: str


def read_tables(html: bytes, section: str) -> tuple[Reading, ...]:
    """The tables below the heading of that name, down to the next of its kind; none where the report has no such."""
    start = html.find(b'<h2 id="%s"' % section.encode())
    if start < 0:
        return ()
    end = html.find(b"<h2 ", start + 4)
    reader = _Reader()
    reader.feed(html[start : end if end > 0 else len(html)].decode("utf-8", "replace"))
    reader.close()
    return tuple(reader.tables)


def latest_report(site: Site, name: str = "monthly") -> ReportFile | None:
    """The newest report of a kind; people outside are given none."""
    return next((one for one in site.given.reports if one.name == name), None)


def read_groups(html: bytes) -> dict[str, Group]:
    """What pillars, formats and campaigns bring, by name; of two of one name the pillar, which stands first."""
    found: dict[str, Group] = {}
    for table in read_tables(html, "strengths"):
        for cells in table.rows:
            if len(cells) >= 7:
                found.setdefault(cells[0].text, _group(cells))
    return found


def _group(cells: Sequence[Said]) -> Group:
    numbers = [float(one.replace(",", ".")) for one in _FACTOR.findall(cells[4].text)]
    low, high = numbers if len(numbers) == 2 else (None, None)
    last = cells[6]
    digits = re.sub(r"\D", "", cells[2].text)
    return Group(cells[0].text, int(digits or 0), cells[3].value, low, high, last.text, last.tone)


def said_cell(said: Said) -> Html:
    """A value of a report, and its note below it."""
    tone = {"good": "good", "bad": "warn"}.get(said.tone)
    note = tag("small", said.note, class_=f"ls-tone-{tone}" if tone else None) if said.note else None
    return span(span(said.text), note, class_="ls-two")


@dataclass
class _Cell:
    text: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    tone: str = ""
    value: float | None = None

    def said(self) -> Said:
        return Said(_joined(self.text), _joined(self.note), self.tone, self.value)


class _Reader(HTMLParser):
    """Collects tables; everything else is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Reading] = []
        self._caption: list[str] = []
        self._heads: list[str] = []
        self._rows: list[tuple[Said, ...]] = []
        self._row: list[Said] = []
        self._cell: _Cell | None = None
        self._small = self._head = self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "table":
            self._caption, self._heads, self._rows = [], [], []
        elif tag == "caption":
            self._in_caption = True
        elif tag == "thead":
            self._head = True
        elif tag == "tr":
            self._row = []
        elif tag in {"td", "th"}:
            self._cell = _Cell(value=_number(known.get("data-value")))
        elif tag == "small":
            self._small = True
        if self._cell is not None and known.get("class") in _TONES:
            self._cell.tone = known["class"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._in_caption = False
        elif tag == "thead":
            self._head = False
        elif tag == "small":
            self._small = False
        elif tag in {"td", "th"} and self._cell is not None:
            said, self._cell = self._cell.said(), None
            if self._head:
                self._heads.append(said.text)
            else:
                self._row.append(said)
        elif tag == "tr" and self._row:
            self._rows.append(tuple(self._row))
        elif tag == "table":
            self.tables.append(Reading("".join(self._caption).strip(), tuple(self._heads), tuple(self._whole())))

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self._caption.append(data)
        elif self._cell is not None:
            (self._cell.note if self._small else self._cell.text).append(data)

    def _whole(self) -> Iterator[tuple[Said, ...]]:
        """Rows as wide as the head; a row of another width is no row of this table."""
        return (row for row in self._rows if len(row) == len(self._heads))


def _joined(parts: Sequence[str]) -> str:
    return _BLANKS.sub(" ", "".join(parts)).strip(" ")


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
