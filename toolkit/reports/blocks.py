"""What a notebook cell shows: sections with paragraphs, tables and charts, as accessible HTML.

Every text is escaped here, whatever it contains; charts carry their alternative text in the output's metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import isfinite

from toolkit.messages import _, decimal
from toolkit.reports.typography import typeset
from toolkit.values import dataclass

MimeBundle = tuple[dict[str, str], dict[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table and a smaller note below it.

    `mood` is "good", "bad" or "", colours the note, else the value, and is never the only carrier of a meaning.
    `exact` is the number behind a rounded one, `href` where the text leads.
    """

    text: str
    mood: str = ""
    note: str = ""
    exact: float | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    # Columns (from 0) that hold numbers and are set to the right.
    numeric: frozenset[int] = frozenset()

    def to_html(self) -> str:
        """The table with its caption, scopes and a frame that scrolls on a phone."""
        head = "".join(f'<th scope="col"{self._kind(at)}>{say(text)}</th>' for at, text in enumerate(self.head))
        rows = "".join(f"<tr>{''.join(self._cell(at, cell) for at, cell in enumerate(row))}</tr>" for row in self.rows)
        table = (
            f"<table><caption>{say(self.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
        return f'<div class="table" role="region" aria-label="{say(self.caption)}" tabindex="0">{table}</div>'

    def _kind(self, at: int) -> str:
        return ' class="number"' if at in self.numeric else ""

    def _cell(self, at: int, cell: str | Cell) -> str:
        cell = cell if isinstance(cell, Cell) else Cell(cell)
        text, note = say(cell.text), say(cell.note)
        text = f'<a href="{escape(cell.href)}">{text}</a>' if cell.href else text
        if note:
            text += f'<br><small class="{escape(cell.mood)}">{note}</small>'
        elif cell.mood:
            text = f'<span class="{escape(cell.mood)}">{text}</span>'
        return f'<th scope="row">{text}</th>' if at == 0 else f"<td{self._kind(at)}{_exact(cell.exact)}>{text}</td>"


def _exact(value: float | None) -> str:
    """The number that is shown rounded, for programs and for whoever points at it."""
    if value is None or not isfinite(value):
        return ""
    return f' data-value="{value!r}"{_told(value)}'


def _told(value: float | None) -> str:
    return "" if value is None or not isfinite(value) else f' title="{escape(decimal(value, ".15g"))}"'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    text: str
    kind: str = ""  # classes: lead, note, banner; and stage with provisional or final

    def to_html(self) -> str:
        return f'<p class="{escape(self.kind)}">{say(self.text)}</p>' if self.kind else f"<p>{say(self.text)}</p>"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences; numbered when their order matters. `advice`: the last one says what to do."""

    items: tuple[str, ...]
    numbered: bool = True
    advice: bool = False

    def to_html(self) -> str:
        items = "".join(f"<li>{say(item)}</li>" for item in self.items)
        kind = "summary advice" if self.advice else "summary"
        return f'<ol class="{kind}">{items}</ol>' if self.numbered else f"<ul>{items}</ul>"


@dataclass(frozen=True, slots=True)
class Tile:
    """One big number."""

    title: str
    value: str
    note: str = ""
    mood: str = ""
    exact: float | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """A row of big numbers."""

    tiles: tuple[Tile, ...]

    def to_html(self) -> str:
        return f'<dl class="tiles">{"".join(map(_tile, self.tiles))}</dl>'


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the section's own; with an anchor when it has a name."""

    text: str
    name: str = ""

    def to_html(self) -> str:
        anchor = f' id="{escape(self.name)}"' if self.name else ""
        return f"<h3{anchor}>{say(self.text)}</h3>"


@dataclass(frozen=True, slots=True)
class Folded:
    """A table that opens below its name, for those who want to check.

    `kind` is "definitions" where on paper only those rows are of use that the report names elsewhere.
    """

    name: str
    table: Table
    kind: str = "numbers"

    def to_html(self) -> str:
        return f'<details class="{self.kind}"><summary>{say(self.name)}</summary>{self.table.to_html()}</details>'


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture under a caption, what it says in words, and the table of its numbers, which opens below it."""

    caption: str
    svg: str
    alt: str
    table: Table | None = None

    def _repr_mimebundle_(self, **_options: object) -> MimeBundle:
        data = {"image/svg+xml": self.svg, "text/plain": self.alt}
        return data, {"image/svg+xml": {"alt": typeset(self.alt), "caption": typeset(self.caption)}}


@dataclass(frozen=True, slots=True)
class Commentary:
    """Somebody's own words, in Markdown; cleaned when the page is made."""

    text: str

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        return {"text/markdown": self.text, "text/plain": self.text}


def say(text: str) -> str:
    """A text as people read it, in HTML."""
    return escape(typeset(text))


Block = Table | Paragraph | Points | Tiles | Heading | Folded | Chart | Commentary


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; displayed piece by piece, so that each chart is an output of its own."""

    name: str  # the anchor
    title: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        """Its heading as HTML."""
        return f'<h2 id="{escape(self.name)}">{escape(self.title)}</h2>'

    def bundles(self) -> Iterator[MimeBundle]:
        """What a notebook would keep of it, piece by piece, for a page that no kernel makes."""
        yield {"text/html": self.heading}, {}
        for group in _runs(self.blocks):
            if isinstance(group, str):
                yield {"text/html": group}, {}
            elif isinstance(group, Chart):
                yield group._repr_mimebundle_()
            else:
                yield group._repr_mimebundle_(), {}

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        display(HTML(self.heading))  # type: ignore[no-untyped-call]
        for group in _runs(self.blocks):
            shown = HTML(group) if isinstance(group, str) else group  # type: ignore[no-untyped-call]
            display(shown)  # type: ignore[no-untyped-call]


def _runs(blocks: Sequence[Block]) -> list[Chart | Commentary | str]:
    """Neighbouring blocks of HTML together, charts and commentaries alone; a chart's numbers follow it."""
    runs: list[Chart | Commentary | str] = []
    for block in blocks:
        for piece in _pieces(block):
            if isinstance(piece, str) and runs and isinstance(runs[-1], str):
                runs[-1] += piece
            else:
                runs.append(piece)
    return runs


def _pieces(block: Block) -> Iterator[Chart | Commentary | str]:
    if isinstance(block, Chart | Commentary):
        yield block
    else:
        yield block.to_html()
    if isinstance(block, Chart) and block.table is not None:
        yield Folded(_("The numbers: {caption}").format(caption=block.caption), block.table).to_html()


def _tile(tile: Tile) -> str:
    mood = f' class="{escape(tile.mood)}"' if tile.mood else ""
    note = f'<dd class="note"><span{mood}>{say(tile.note)}</span></dd>' if tile.note else ""
    return f'<div><dt>{say(tile.title)}</dt><dd class="value"{_told(tile.exact)}>{escape(tile.value)}</dd>{note}</div>'
