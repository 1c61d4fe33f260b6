"""What a reader sees of an executed notebook, place by place: cells of tables, sentences, tiles, what charts draw.

Two runs are compared by these. Everything is compared as it is shown, to the last digit, so that no tolerance is needed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    from nbformat import NotebookNode

_BLOCKS: Final = frozenset({"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "td", "th", "caption", "pre", "div"})
_PICTURES: Final = ("image/svg+xml", "image/png", "image/jpeg")
_TEXTS: Final = ("text/html", "text/markdown", "text/plain")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that is not what it was; "" where there is nothing."""

    place: str
    then: str
    now: str


def compare(then: NotebookNode, now: NotebookNode) -> tuple[Difference, ...]:
    """Every place that differs, in the order of the report."""
    before, after = dict(_shown(then)), dict(_shown(now))
    places = dict.fromkeys([*before, *after])
    return tuple(
        Difference(place, before.get(place, ""), after.get(place, ""))
        for place in places
        if before.get(place, "") != after.get(place, "")
    )


def _shown(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Place → text. A place that comes again is numbered."""
    seen: dict[str, int] = {}
    for place, text in _all(notebook):
        seen[place] = seen.get(place, 0) + 1
        yield (f"{place} ({seen[place]})" if seen[place] > 1 else place), text


def _all(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or "injected-parameters" in tags:
            continue
        for output in cell.get("outputs", []):
            yield from _output(str(cell.get("id", "")), output)


def _output(cell: str, output: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if output["output_type"] == "error":
        yield cell, f"{output['ename']}: {output['evalue']}"
    if output["output_type"] == "stream" and output.get("name") != "stderr":
        yield cell, str(output["text"]).strip()
    data = output.get("data", {})
    for kind in (*_PICTURES, *_TEXTS):
        if kind in data:
            about = output.get("metadata", {}).get(kind, {})
            read = _picture if kind in _PICTURES else _html if kind == "text/html" else _plain
            yield from ((f"{cell}, {place}" if place else cell, text) for place, text in read(str(data[kind]), about))
            return


def _plain(text: str, _about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "", text.strip()


def _picture(data: str, about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Its words, its labels, and the rest as a hash: a curve is a number too."""
    caption = about.get("caption", "")
    yield f"{caption}, in words", about.get("alt", "")
    for number, label in enumerate(re.findall(r"<text[^>]*>(.*?)</text>", data, re.DOTALL), 1):
        yield f"{caption}, label {number}", label.strip()
    yield f"{caption}, drawing", hashlib.sha256(data.encode()).hexdigest()[:16]


def _html(text: str, _about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    yield from reader.found


class _Reader(HTMLParser):
    """Collects each block's text; cells of a table under its caption, row and column."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.caption = self.row = self.text = ""
        self.head: list[str] = []
        self.column = 0
        self.scope = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.caption, self.head = "", []
        if tag == "tr":
            self.column, self.row = 0, ""
        if tag in _BLOCKS:
            self._keep("")
            self.scope = dict(attrs).get("scope") or ""
        if tag == "br":
            self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._keep(tag)

    def close(self) -> None:
        super().close()
        self._keep("")

    def _keep(self, tag: str) -> None:
        text, self.text = " ".join(self.text.split()), ""
        if tag in {"td", "th"}:
            self._cell(tag, text)
        elif tag == "caption":
            self.caption = text
        elif text:
            # A sentence's place is how it begins, up to its first number.
            self.found.append((re.split(r"[\d–−-]", text, maxsplit=1)[0].strip()[:40], text))  # noqa: RUF001  # signs of numbers

    def _cell(self, tag: str, text: str) -> None:
        if tag == "th" and self.scope == "col":
            self.head.append(text)
        elif tag == "th":
            self.row = text
        else:
            name = self.head[self.column] if self.column < len(self.head) else str(self.column + 1)
            self.found.append((", ".join(filter(None, (self.caption, self.row, name))), text))
        self.column += 1
