"""Canned replies of the handbook as texts: each quotation of a page in ``guidelines/replies`` is one, as somebody sends it.

Its lines are one paragraph, however the page is wrapped. Placeholders such as ``{name}`` are masked: they say nothing yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from toolkit.lint.passages import Passage
from toolkit.lint.rule import View
from toolkit.model import SourceText, find_fenced
from toolkit.source.nodes import Scalar
from toolkit.style.mapped import Builder, Mapped
from toolkit.values import dataclass
from toolkit.workspace import HandbookPage

FOLDER: Final = "guidelines/replies"
SCOPE: Final = "text.reply"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE: Final = re.compile(r" {0,3}>[ \t]*")
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """A page of canned replies, the text below its front matter, and each reply with its places in the page."""

    source: SourceText
    body: Passage
    replies: tuple[Passage, ...]


def find_replies(view: View) -> Iterator[ReplyPage]:
    """The pages that were asked for; without `language` in its front matter a page is in the workspace's first one."""
    for page in view.workspace.handbook.pages:
        if page.path.startswith(f"{FOLDER}/") and view.asked(page.path):
            source = _source(page, view)
            language = _language(page) or view.settings.languages[0]
            start = page.front.body_start if page.front is not None else 0
            quoted = (Passage(one.text, language, None, scope=SCOPE, origin=one) for one in _quotations(source, start))
            yield ReplyPage(source, Passage(source.text[start:], language, start), tuple(quoted))


def _source(page: HandbookPage, view: View) -> SourceText:
    if page.front is not None:
        return page.front.source
    return SourceText(page.path, view.workspace.tree.read(page.path).decode("utf-8-sig", "replace"))


def _language(page: HandbookPage) -> str:
    node = page.front.node("language") if page.front is not None else None
    return node.text if isinstance(node, Scalar) and not node.empty else ""


def _quotations(source: SourceText, body: int) -> Iterator[Mapped]:
    """The quotations outside of fenced blocks."""
    text = source.text
    clean = text[body:].replace("\r\n", " \n").replace("\r", "\n")  # every offset stays
    fenced = [(body + block.start, body + block.end) for block in find_fenced(clean)]
    lines = [found for found in _LINE.finditer(text, body) if found[0]]
    lines = [found for found in lines if not any(start <= found.start() < end for start, end in fenced)]
    at = 0
    while at < len(lines):
        quoted = list(takewhile(lambda found: _QUOTE.match(found[0]), lines[at:]))
        if quoted:
            yield _join(quoted)
        at += len(quoted) + 1


def _join(lines: list[re.Match[str]]) -> Mapped:
    """The lines of a quotation as one text: a blank between two lines, an empty line between two paragraphs."""
    builder, between, end = Builder(), "", lines[0].start()
    for line in lines:
        mark = _QUOTE.match(line[0])
        start = line.start() + (mark.end() if mark else 0)
        words = line.group()[start - line.start() :].rstrip()
        if not words:
            between = between and "\n\n"
            continue
        builder.add(between, end, start - end)
        _add(builder, words, start)
        between, end = " ", start + len(words)
    return builder.build()


def _add(builder: Builder, words: str, start: int) -> None:
    at = 0
    for found in _PLACEHOLDER.finditer(words):
        builder.add(words[at : found.start()], start + at)
        builder.mask(start + found.start(), start + found.end())
        at = found.end()
    builder.add(words[at:], start + at)
