"""Markdown → blocks. The tree is markdown-it's; what is added is where each character of a block's text stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.style.allowance import Allowances
from toolkit.style.document import Block, Document, Reading, sections
from toolkit.style.frontblocks import read_front
from toolkit.style.hypertext import read_html
from toolkit.style.ignoring import hide
from toolkit.style.inline import MARKUP, parser
from toolkit.style.mapped import Mapped, whole
from toolkit.style.spans import InlineReader, Lines

if TYPE_CHECKING:
    from markdown_it.token import Token

_CONTAINERS: Final = {"blockquote": "blockquote", "li": "list", "th": "table.header", "td": "table.cell"}


def read_markdown(text: str, reading: Reading, allowances: Allowances | None = None) -> Document:
    r"""The blocks of a Markdown text; line breaks are ``\n`` only."""
    document = Document(text, "md")
    document.body = read_front(document, reading)
    shown, document.slow = hide(text, document.body, reading, allowances or Allowances(len(text)))
    _Reader(document, shown, reading).read()
    return document


class _Reader:
    """Walks through markdown-it's block tokens."""

    def __init__(self, document: Document, shown: str, reading: Reading) -> None:
        self.document = document
        self.shown = shown
        self.reading = reading
        self.env: dict[str, object] = {}
        self.skipped = frozenset(reading.skipped)
        self.stack: list[str] = []
        self.lines = _line_starts(shown, document.body)
        self.cell = 0  # where in its row the last table cell ended

    def read(self) -> None:
        tokens = parser().parse(self.shown[self.document.body :], self.env)
        for token in tokens:
            if token.type == "inline":
                self._inline(token)
            elif token.type in {"fence", "code_block"}:
                self.document.counts["pre"] += 1
            elif token.type == "html_block":
                self._html(token)
            elif token.nesting > 0:
                self._open(token)
            elif token.nesting < 0:
                self.stack.pop()

    def _open(self, token: Token) -> None:
        self.stack.append(token.tag)
        if token.tag == "tr" and token.map is not None:
            self.cell = self.lines[token.map[0]]

    def _inline(self, token: Token) -> None:
        content = token.content
        names = _names(tuple(self.stack))
        if not content or content.isspace() or (self.skipped and not self.skipped.isdisjoint(self.stack)):
            return
        if names:
            self.document.counts[names[0]] += 1
        scope = sections("text", "md", *names)
        lines = self._places(token)
        if MARKUP.search(content) is None:
            self.document.blocks.append(Block(scope, lines.whole(content)))
        else:
            InlineReader(self.document, self.reading, lines).read(content, self.env, scope)

    def _places(self, token: Token) -> Lines:
        """Where each line of the token's text begins in the source."""
        first = token.map[0] if token.map else 0
        if self.stack and self.stack[-1] in {"th", "td"}:
            return Lines([(0, self._cell(token.content, first))])
        content = token.content.split("\n")
        while first + len(content) < (token.map or (0, 0))[1] and content[0].strip() not in self._line(first):
            first += 1  # markdown-it leaves out what is white in Unicode alone, such as a line of a no-break space
        found, at = [], 0
        for number, line in enumerate(content, first):
            found.append((at, _locate(self.shown, line, self.lines[number], self._end(number))))
            at += len(line) + 1
        return Lines(found)

    def _line(self, number: int) -> str:
        return self.shown[self.lines[number] : self._end(number)]

    def _end(self, number: int) -> int:
        """Where a line ends: where the next begins."""
        return self.lines[number + 1] if number + 1 < len(self.lines) else len(self.shown)

    def _cell(self, content: str, row: int) -> int:
        r"""Where a table cell's text stands; ``\|`` in it is one character longer in the source."""
        end = self._end(row)
        start = self.shown.find(content, self.cell, end)
        if start < 0:  # an escaped bar
            start = self.shown.find(content.partition("|")[0], self.cell, end)
        start = max(start, self.cell)
        self.cell = start + len(content)
        return start

    def _html(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        start = self.lines[first]
        end = self.lines[last] if last < len(self.lines) else len(self.shown)
        read_html(
            self.document, self.shown, (start, end), self.reading, sections("text", "md", *_names(tuple(self.stack)))
        )


@lru_cache(maxsize=1024)
def _names(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a scope that the open elements give."""
    found = []
    for tag in tags:
        if tag in _CONTAINERS:
            found.append(_CONTAINERS[tag])
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            found.append(f"heading.{tag}")
    return tuple(found)


def _locate(text: str, line: str, start: int, end: int) -> int:
    """Where `line`, without what marks the block before and after it, stands in ``text[start:end]``."""
    at = text.rfind(line.strip(), start, end) if line.strip() else start
    return max(at, start) - (len(line) - len(line.lstrip()) if at >= 0 else 0)


def _line_starts(text: str, at: int) -> list[int]:
    starts = [at]
    while (at := text.find("\n", at) + 1) > 0:
        starts.append(at)
    return starts


def read_text(text: str, form: str = "txt", scope: str = "text") -> Document:
    """Plain text: one block."""
    document = Document(text, form)
    mapped: Mapped = whole(text)
    document.blocks.append(Block(sections(scope, form), mapped))
    return document
