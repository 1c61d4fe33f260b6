"""A report's page as text: headings, sentences, and the rows of tables with bars between their cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_SILENT: Final = frozenset({"head", "nav", "script", "style", "svg", "template"})
_BLOCKS: Final = frozenset({"p", "li", "dt", "dd", "tr", "div", "section", "figure", "caption", "pre", "table"})
_HEADINGS: Final = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr", "source"})


def page_text(html: str) -> str:
    """The words that a reader sees, in their order; of a picture its alternative text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip(" |") for line in "".join(reader.said).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        alt = values.get("alt") or (values.get("aria-label") if tag == "svg" else "")
        if alt and not self._silent:
            self.said.append(f"[{alt}]\n")
        if tag in _SILENT:
            self._silent.append(tag)
        elif not self._silent and tag not in _VOID:
            self.said.append(self._before(tag))
        elif tag == "br":
            self.said.append("\n")

    def _before(self, tag: str) -> str:
        if tag in ("td", "th"):
            return " | "
        return f"\n\n{_HEADINGS[tag]}" if tag in _HEADINGS else "\n" if tag in _BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif not self._silent and (tag in _BLOCKS or tag in _HEADINGS):
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data.replace("\n", " "))
