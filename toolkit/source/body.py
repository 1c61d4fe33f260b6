"""The text below the front matter: variants per channel, parts of a thread.

Text before the first ``## @channel`` heading is the default; a variant replaces it. A top-level thematic break of
dashes separates the parts of a thread. Both are recognised in the Markdown tree, so that neither counts inside a
code block, a quote or a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Most bodies have neither variants nor dashes; they need no parse at all. To be sought behind a line feed.
_NEEDS_PARSE: Final = re.compile(r"(?m)[\n\r] {0,3}(?:##[ \t]+@|-[-\s]*(?:$|(?<=\r)))")
_CHANNEL: Final = re.compile(r"@([\w-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of Markdown and where it begins in the body."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Variant:
    """The text for one channel ("" for the default), as the parts of a thread."""

    channel: str
    parts: tuple[Chunk, ...]
    start: int = 0  # of the heading


@dataclass(frozen=True, slots=True)
class Body:
    """The default text, the variants in the file's order, and the places of accidental headings."""

    default: Variant
    variants: tuple[Variant, ...] = ()
    # Offsets of lines of dashes that stand directly below text and so make a heading out of it.
    underlines: tuple[int, ...] = ()
    by_channel: Mapping[str, Variant] = field(default_factory=dict)

    def variant(self, *names: str) -> Variant:
        """The variant for the first of `names` that has one, else the default."""
        for name in names:
            if name in self.by_channel:
                return self.by_channel[name]
        return self.default


@cache
def _blocks() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").disable("inline")


@lru_cache(maxsize=16_384)
def read_body(body: str) -> Body:
    """Split a body; pure, and remembered per text because every channel asks again."""
    if _NEEDS_PARSE.search(f"\n{body}") is None:
        return Body(Variant("", (_chunk(body, 0, len(body)),)))
    starts = _line_starts(body)
    variants: list[Variant] = []
    underlines: list[int] = []
    name, heading, parts, begin = "", 0, [], 0
    tokens = _blocks().parse(body)
    for index, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        first, last = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        if token.type == "hr" and token.markup.startswith("-"):
            parts.append(_chunk(body, begin, first))
            begin = last
        elif token.type == "heading_open" and token.markup == "-":
            underlines.append(starts[token.map[1] - 1])
        elif (channel := _channel(tokens, index)) is not None:
            variants.append(Variant(name, (*parts, _chunk(body, begin, first)), heading))
            name, heading, parts, begin = channel, first, [], last
    variants.append(Variant(name, (*parts, _chunk(body, begin, len(body))), heading))
    named = tuple(variants[1:])
    return Body(_trimmed(variants[0]), tuple(map(_trimmed, named)), tuple(underlines), _index(named))


def _index(variants: tuple[Variant, ...]) -> dict[str, Variant]:
    index: dict[str, Variant] = {}
    for variant in variants:
        index.setdefault(variant.channel, _trimmed(variant))
    return index


def _trimmed(variant: Variant) -> Variant:
    """Without empty parts at the ends, which breaks at the edges leave behind."""
    parts = tuple(part for part in variant.parts if part.text)
    return Variant(variant.channel, parts or variant.parts[:1], variant.start)


def _channel(tokens: list[Token], index: int) -> str | None:
    token = tokens[index]
    if token.type != "heading_open" or token.markup != "##":
        return None
    match = _CHANNEL.match(tokens[index + 1].content)
    return match[1] if match else None


def _chunk(body: str, start: int, end: int) -> Chunk:
    text = body[start:end]
    lead = len(text) - len(text.lstrip("\r\n"))
    if not text.strip():
        return Chunk("", start)
    return Chunk(text[lead:].rstrip(), start + lead)


def _line_starts(body: str) -> list[int]:
    """Offsets of lines as markdown-it counts them (LF, CRLF and CR end a line), and the end."""
    starts = [0]
    starts += [match.end() for match in re.finditer(r"\r\n|\r|\n", body)]
    if starts[-1] != len(body):
        starts.append(len(body))
    return starts
