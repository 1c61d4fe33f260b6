"""The words in a status's HTML. Each server of the Fediverse writes its own: paragraphs, lists, quotes, custom emoji.

What stays hidden in a browser and belongs to an address is text as well; what repeats a quoted status is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    {"p", "div", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "hr"}
)
_SILENT: Final = frozenset({"script", "style", "template"})
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "input", "meta", "link"})
# https://docs.joinmastodon.org/entities/Status/#content: the address of a quoted status, for who cannot show it.
_REPEATED: Final = "quote-inline"
_BLANK: Final = re.compile(r"[ \t\r\f\v]*\n[\s\ufeff]*")


def words(html: str) -> str:
    """The text of a status as people read it: one line per paragraph, item or break; never an error."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # the parser's word for markup that is none; what was read before it is kept
        pass
    return _BLANK.sub("\n", "".join(reader.pieces)).strip()


def bare_name(name: str, shortcodes: Iterable[str]) -> str:
    """`name` without the server's own emoji, which are pictures; as it is where nothing else would be left."""
    bare = name
    for shortcode in shortcodes:
        bare = bare.replace(f":{shortcode}:", "") if shortcode else bare
    return " ".join(bare.split()) or name.strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.left_out: list[str] = []  # the elements inside one that is left out, itself first

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.left_out[:1] == ["p"] and tag in _BLOCKS:
            self.left_out.clear()  # another block ends a paragraph
        if self.left_out:
            if tag not in _VOID:
                self.left_out.append(tag)
        elif tag in _SILENT or _REPEATED in (dict(attrs).get("class") or "").split():
            self.left_out.append(tag)
        elif tag == "br" or tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag == "img":
            self.pieces.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            while self.left_out and self.left_out.pop() != tag:
                pass
        elif not self.left_out and tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.pieces.append(data)
