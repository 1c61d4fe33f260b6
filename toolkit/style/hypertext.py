"""HTML inside Markdown: its texts by scope, its comments, with places."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

from toolkit.style.document import Block, Comment, Document, Reading, sections
from toolkit.style.mapped import Builder

TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_CLASS: Final = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SCOPES: Final = {
    "th": "table.header",
    "td": "table.cell",
    "caption": "table.caption",
    "li": "list",
    "blockquote": "blockquote",
    "figcaption": "figure.caption",
    **{f"h{level}": f"heading.h{level}" for level in range(1, 7)},
}
_INLINE: Final = frozenset(
    [
        "b",
        "big",
        "i",
        "small",
        "abbr",
        "acronym",
        "cite",
        "dfn",
        "em",
        "kbd",
        "strong",
        "a",
        "br",
        "img",
        "span",
        "sub",
        "sup",
        "code",
        "tt",
        "del",
        "s",
        "u",
        "mark",
        "q",
    ]
)


def classes(tag: str) -> list[str]:
    """The classes of a start tag."""
    found = _CLASS.search(tag)
    return (found[1] or found[2] or found[3] or "").split() if found else []


def is_void(name: str) -> bool:
    """Whether an element of this name has no end tag."""
    return name in _VOID


def read_html(document: Document, text: str, span: tuple[int, int], reading: Reading, scope: frozenset[str]) -> None:
    """Add the texts and comments of the HTML in ``text[start:end]`` to the document."""
    reader = _Reader(document, text, span, reading, scope)
    reader.feed(text[slice(*span)])
    reader.close()
    reader.flush()


class _Reader(HTMLParser):
    """Collects text until a block element begins or ends."""

    def __init__(
        self, document: Document, text: str, span: tuple[int, int], reading: Reading, scope: frozenset[str]
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.document = document
        self.reading = reading
        self.scope = scope
        self.stack: list[tuple[str, bool, bool]] = []  # tag, whether its text is left out, whether it is masked
        self.builder = Builder()
        self.starts = [span[0]]
        start = span[0]
        while (start := text.find("\n", start, span[1]) + 1) > 0:
            self.starts.append(start)

    @property
    def place(self) -> int:
        """Where in the text the parser is."""
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = (dict(attrs).get("class") or "").split()
        hit = bool(set(own) & set(self.reading.classes))
        if tag == "img":
            self._alt(dict(attrs).get("alt") or "")
        if tag == "br":
            self.builder.add("\n", self.place, len(self.get_starttag_text() or ""))
        if tag in _VOID:
            return
        if tag not in _INLINE:
            self.flush()
        skip = tag in self.reading.skipped or (hit and tag not in _INLINE)
        self.stack.append((tag, skip, tag in self.reading.ignored or hit))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        while any(tag == name for name, _skip, _mask in self.stack):
            if self.stack.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        self._text(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._text(unescape(f"&{name};"), len(name) + 2)

    def handle_charref(self, name: str) -> None:
        self._text(unescape(f"&#{name};"), len(name) + 3)

    def handle_comment(self, data: str) -> None:
        self.document.comments.append(Comment(data.strip(), self.place + len(data) + 7))

    def _text(self, text: str, span: int) -> None:
        if any(skip for _tag, skip, _mask in self.stack):
            return
        if any(mask for _tag, _skip, mask in self.stack):
            text = re.sub(r"[^\n]", "*", text)
        self.builder.add(text, self.place, span)

    def _alt(self, alt: str) -> None:
        source = self.get_starttag_text() or ""
        at = source.find(alt)
        if alt.strip() and at >= 0 and "alt" not in self.reading.skipped:
            builder = Builder()
            builder.add(alt, self.place + at)
            self.document.blocks.append(Block(sections("text", "attr", "alt"), builder.build()))

    def flush(self) -> None:
        """End the block."""
        mapped = self.builder.build()
        stripped = mapped.text.strip()
        if not stripped:
            return
        start = mapped.text.index(stripped)
        names = [_SCOPES[tag] for tag, _skip, _mask in self.stack if tag in _SCOPES]
        if names:
            self.document.counts[names[0]] += 1
        scope = self.scope | sections(*names)
        self.document.blocks.append(Block(scope, mapped.cut(start, start + len(stripped))))
