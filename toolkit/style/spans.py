"""The text of one block: inline markup is taken away, code and addresses are masked, every character keeps its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from toolkit.style.document import Block, Comment, Document, Reading, sections
from toolkit.style.hypertext import TAG, classes, is_void
from toolkit.style.inline import HIDDEN, PLACE, read_inline
from toolkit.style.mapped import Builder, Mapped, Piece, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

# A link that is its own text: nothing to read there.
URL: Final = re.compile(r"(?<![\w@])(?:https?|ftp)://[^\s<]*[^\s<?!.,:*_~'\")\]]")
_INLINE: Final = {"link": "link", "em": "emphasis", "strong": "strong"}
_TAGS: Final = {"link": "a", "em": "em", "strong": "strong", "s": "del"}


class Lines:
    """Where the lines of a block's text begin, in it and in the source."""

    def __init__(self, starts: list[tuple[int, int]]) -> None:
        self.starts = starts

    def source(self, at: int) -> int:
        """The place in the source of an offset of the block's text."""
        if len(self.starts) == 1:
            return self.starts[0][1] + at
        own, start = self.starts[bisect_right(self.starts, at, key=lambda pair: pair[0]) - 1]
        return start + at - own

    def whole(self, text: str) -> Mapped:
        """A text without markup."""
        if len(self.starts) == 1:
            return whole(text, self.starts[0][1])
        ends = [at for at, _start in self.starts[1:]] + [len(text)]
        return Mapped(
            text, [Piece(at, end - at, start, end - at) for (at, start), end in zip(self.starts, ends, strict=True)]
        )


class InlineReader:
    """Reads the tokens of one block into its text."""

    def __init__(self, document: Document, reading: Reading, lines: Lines) -> None:
        self.document = document
        self.reading = reading
        self.lines = lines
        self.builder = Builder()
        self.masked: list[str] = []  # the open tags whose text is masked
        self.marks: list[tuple[str, int]] = []  # open links and emphasis, and where their text begins
        self.length = 0
        self.links: list[str] = []
        self.kept: list[tuple[str, int, int]] = []

    def read(self, content: str, env: dict[str, object], scope: frozenset[str]) -> None:
        """Add the block, the texts of its pictures, and its links, emphasis and code to the document."""
        for token in read_inline(content, env):
            self._take(token, content)
        mapped = self.builder.build()
        if mapped.text.strip():
            self.document.blocks.append(Block(scope, mapped))
        for name, start, end in self.kept:
            self.document.inline.append(Block(sections(name, "md"), mapped.cut(start, end)))

    def _take(self, token: Token, content: str) -> None:
        at = self.lines.source(token.meta.get(PLACE, 0))
        kind, _underline, side = token.type.rpartition("_")
        if token.type == "text":
            self._text(token.content, at)
        elif token.type == "text_special":
            self._add(token.content, at, len(token.markup))
        elif token.type in {"softbreak", "hardbreak"}:
            self._add("\n", self.lines.source(content.find("\n", token.meta.get(PLACE, 0))), 1)
        elif token.type == "code_inline":
            self._code(token, content)
        elif token.type == "image":
            self._image(token, at)
        elif token.type == "html_inline":
            self._html(token.content, at)
        elif side == "open":
            self._open(kind, token)
        elif side == "close":
            self._close(kind)

    def _add(self, text: str, at: int, span: int) -> None:
        text = "*" * len(text) if self.masked and text != "\n" else text.replace(HIDDEN, "*")
        self.builder.add(text, at, span)
        self.length += len(text)

    def _text(self, text: str, at: int) -> None:
        if self.links and self.links[-1] == text:
            self._mask(at, len(text))
            return
        done = 0
        for found in URL.finditer(text) if "://" in text else ():
            self._add(text[done : found.start()], at + done, found.start() - done)
            self._mask(at + found.start(), found.end() - found.start())
            done = found.end()
        self._add(text[done:], at + done, len(text) - done)

    def _mask(self, at: int, size: int) -> None:
        self.builder.mask(at, at + size)
        self.length += size

    def _code(self, token: Token, content: str) -> None:
        at = token.meta[PLACE] + len(token.markup)
        inner = content.find(token.content.split(" ", 1)[0], at) if token.content.strip() else at
        start = self.lines.source(max(inner, at))
        self.document.inline.append(
            Block(
                sections("code", "md"), Mapped(token.content, [Piece(0, len(token.content), start, len(token.content))])
            )
        )
        if "code" in self.reading.ignored or "code" in self.reading.skipped or self.masked:
            self._mask(start, len(token.content))
        else:
            self._add(token.content, start, len(token.content))

    def _image(self, token: Token, at: int) -> None:
        if "alt" in self.reading.skipped:
            return
        builder = Builder()
        for text, start, span in _alt(token.children or (), at + 2):
            builder.add(text, start, span)
        mapped = builder.build()
        if mapped.text.strip():
            self.document.blocks.append(Block(sections("text", "attr", "alt"), mapped))

    def _html(self, tag: str, at: int) -> None:
        if tag.startswith("<!--"):
            self.document.comments.append(Comment(tag[4:].removesuffix("-->").strip(), at + len(tag)))
            return
        found = TAG.match(tag)
        if found is None:
            return
        name = found["name"].lower()
        if found["close"]:
            if self.masked and self.masked[-1] == name:
                self.masked.pop()
        elif is_void(name) or tag.endswith("/>"):
            if name == "br":
                self._add("\n", at, len(tag))
        elif self.masked or self._ignored(name, classes(tag)):
            self.masked.append(name)

    def _ignored(self, name: str, own: Sequence[str]) -> bool:
        reading = self.reading
        return name in reading.ignored or name in reading.skipped or bool(set(own) & set(reading.classes))

    def _open(self, kind: str, token: Token) -> None:
        if kind == "link":
            self.links.append(str(token.attrGet("href") or ""))
        if self._ignored(_TAGS.get(kind, kind), ()):
            self.masked.append(kind)
        self.marks.append((kind, self.length))

    def _close(self, kind: str) -> None:
        if kind == "link" and self.links:
            self.links.pop()
        if self.masked and self.masked[-1] == kind:
            self.masked.pop()
        opened, start = self.marks.pop() if self.marks else ("", 0)
        if opened in _INLINE and start < self.length:
            self.kept.append((_INLINE[opened], start, self.length))


def _alt(tokens: Sequence[Token], base: int) -> list[tuple[str, int, int]]:
    """The pieces of a picture's text: what a reader hears, without markup."""
    found = []
    for token in tokens:
        at = base + token.meta.get(PLACE, 0)
        if token.type == "text":
            found.append((token.content, at, len(token.content)))
        elif token.type == "text_special":
            found.append((token.content, at, len(token.markup)))
        elif token.type == "code_inline":
            found.append((token.content, at + len(token.markup), len(token.content)))
        elif token.type == "softbreak":
            found.append(("\n", at, 1))
    return found
