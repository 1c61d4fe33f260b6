"""HTML of strangers → plain text: line breaks where a reader sees them, links written out, quotes with ``>`` in front.

Nothing is fetched and nothing is run; what no reader sees (styles, scripts, hidden lines) is left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

HIDDEN: Final = frozenset({"style", "script", "head", "title", "template", "noscript", "select", "svg", "math"})
BLOCKS: Final = frozenset(
    {"p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"}
    | {"section", "article", "header", "footer", "address", "dt", "dd", "figure", "body"}
)
APART: Final = frozenset({"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source"})
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


def page_text(html: str) -> str:
    """The text of a page as its reader sees it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects lines. `quotes` is how deep the quotation is, `unseen` the elements open below a hidden one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._quotes = 0
        self._unseen: list[str] = []
        self._link = ""
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if self._unseen or tag in HIDDEN or _UNSEEN.search(found.get("style", "")):
            if tag not in VOID:
                self._unseen.append(tag)
            return
        if tag in BLOCKS or tag == "br":
            self._break(apart=tag in APART)
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "li":
            self._line = "- "
        elif tag == "a":
            self._link, self._label = found.get("href", "").strip(), ""

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            # A page may leave elements open; the hidden one's end closes all of them.
            while tag in self._unseen and self._unseen.pop() != tag:
                continue
            return
        if tag == "a":
            self._write_link()
        if tag in BLOCKS:
            self._break(apart=tag in APART)
        if tag == "blockquote" and self._quotes:
            self._quotes -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._label += data
            self._line += re.sub(r"[ \t\r\n]+", " ", data)

    def text(self) -> str:
        """Everything that was read."""
        self._break(apart=False)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _write_link(self) -> None:
        link, label = self._link, " ".join(self._label.split())
        if re.match(r"(?i)https?://", link) and link.rstrip("/") != label.rstrip("/"):
            self._line += f" <{link}>"
        self._link = ""

    def _break(self, *, apart: bool) -> None:
        line = " ".join(self._line.split(" ")).strip()
        if line or (self._lines and self._lines[-1].strip("> ") and apart):
            self._lines.append(f"{'> ' * min(self._quotes, 9)}{line}".rstrip())
        if line and apart:
            self._lines.append(("> " * min(self._quotes, 9)).rstrip())
        self._line = ""
