"""A part's Markdown as paragraphs, lists and quotes of styled runs: one parse that all networks share.

What is kept: every line break as written, the numbers of numbered lists as written, separators (``***``).
What is never passed on: HTML comments, and the tags of raw HTML (the text between them stays; ``<br>`` is a line
break; ``<Name>``, which is no HTML element, stays as written). An image in the text becomes its description,
since media are listed in the front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final

from toolkit.networks.elements import strip_tags
from toolkit.values import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    RULE = "rule"
    QUOTE = "quote"
    BULLETS = "bullets"
    NUMBERED = "numbered"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `link` is the target it points to, "" for none. A line feed breaks the line."""

    text: str
    link: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False

    @property
    def style(self) -> tuple[str, bool, bool, bool]:
        """What its neighbour must have, too, to be one with it."""
        return self.link, self.strong, self.emphasis, self.code


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like block with `runs`, or a quote, list or item with `blocks`."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    blocks: tuple[Block, ...] = ()
    level: int = 0  # of a heading, 1 to 6
    marker: str = ""  # what stands before an item, or a separator as written
    tight: bool = True  # a list without blank lines between its items


# What could mean something in Markdown: anywhere; as blanks around a line or at the start of one, in a text between two
# line feeds. Text without any of it needs no parser. Both begin with what is rare: such a character is sought at once.
_INLINE: Final = re.compile(r"[\\`*_\[<\0\r&](?:(?<!&)|[#\w])")
_LINEWISE: Final = re.compile(r"\n(?:(?<=[^\S\n]\n)|[^\S\n]|[>+=-]|#{1,6}\s|~~~|\d{1,9}[.)]\s)")
# A link that is nothing but a label and an address; the most frequent markup of all.
_IN_LABEL: Final = r"[^\\`*_\[\]<>&!@#\0\n]"
_LINK: Final = re.compile(rf"(?<!!)\[(?=\S)({_IN_LABEL}+(?<=\S))\]\((https?://[\w./?=%+#~,:;@-]+)\)")
# Stands for a comment until the blanks around it are known; NUL cannot occur, CommonMark replaces it.
_REMOVED: Final = "\0"
_GAP: Final = re.compile(r"(?<=[ \n])(?:\x00 ?)+")
_BLANK_LINES: Final = re.compile(r"\n{2,}")


@lru_cache(maxsize=16384)
def read_markup(markdown: str) -> tuple[Block, ...]:
    """The blocks of one part; pure, and remembered because every channel of a post asks again."""
    linked = "](" in markdown
    plain = _LINK.sub("x", markdown) if linked else markdown
    if _INLINE.search(plain) or _LINEWISE.search(f"\n{plain}\n"):
        return read_blocks(markdown)
    texts = filter(None, _BLANK_LINES.split(markdown.strip("\n")))
    return tuple(Block(Kind.PARAGRAPH, tuple(_merge(_linked(text))) if linked else (Run(text),)) for text in texts)


def _linked(text: str) -> Iterator[Run]:
    """The runs of a paragraph that has links and no other markup."""
    pieces = _LINK.split(text)  # text, label, address, text, …
    yield Run(pieces[0])
    for label, address, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield Run(label, link=address)
        yield Run(after)


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of one part, always by the parser."""
    from toolkit.networks.dialect import dialect  # with the parser, which takes longer to load than an adapter

    return tuple(_blocks(iter(dialect().parse(markdown))))


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    """The blocks up to the token that closes the container they stand in."""
    for token in tokens:
        if token.nesting < 0:
            return
        block = _block(token, tokens)
        if block is not None:
            yield block


def _block(token: Token, tokens: Iterator[Token]) -> Block | None:  # noqa: PLR0911  # one line per kind
    match token.type:
        case "paragraph_open" | "heading_open":
            runs = _paragraph(next(tokens).children or [])
            next(tokens)  # the closing token
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            return Block(Kind.HEADING if level else Kind.PARAGRAPH, runs, level=level) if runs else None
        case "fence" | "code_block":
            return Block(Kind.CODE, (Run(token.content.removesuffix("\n"), code=True),))
        case "hr":
            return Block(Kind.RULE, marker=token.markup[0] * 3)
        case "html_block":
            text = strip_tags(token.content).strip()
            return Block(Kind.PARAGRAPH, (Run(unescape(text)),)) if text else None
        case "blockquote_open":
            return Block(Kind.QUOTE, blocks=tuple(_blocks(tokens)))
        case "bullet_list_open" | "ordered_list_open":
            return _list(token, tokens)
        case "list_item_open":
            return Block(Kind.ITEM, blocks=tuple(_blocks(tokens)), marker=token.info, tight=True)
    return None


def _paragraph(tokens: list[Token]) -> tuple[Run, ...]:
    merged = _merge(_runs(tokens))
    cleaned = [replace(run, text=_GAP.sub("", run.text).replace(_REMOVED, "")) for run in merged]
    return tuple(_trim(cleaned))


def _list(opening: Token, tokens: Iterator[Token]) -> Block:
    """A list; it is loose, as CommonMark has it, when a paragraph directly in an item is not hidden."""
    inside = list(_until_closed(tokens))
    tight = not any(t.type == "paragraph_open" and t.level == opening.level + 2 and not t.hidden for t in inside)
    items = tuple(_blocks(iter(inside)))
    if opening.type == "bullet_list_open":
        return Block(Kind.BULLETS, blocks=tuple(replace(item, marker="•") for item in items), tight=tight)
    numbers = [int(item.marker or 1) for item in items]
    if len(set(numbers)) == 1:  # "1. 1. 1." asks to be counted; any other numbers are the author's
        numbers = [numbers[0] + index for index in range(len(items))]
    marked = zip(items, numbers, strict=True)
    items = tuple(replace(item, marker=f"{number}{opening.markup or '.'}") for item, number in marked)
    return Block(Kind.NUMBERED, blocks=items, tight=tight)


def _until_closed(tokens: Iterator[Token]) -> Iterator[Token]:
    depth = 1
    for token in tokens:
        depth += token.nesting
        if depth == 0:
            return
        yield token


def _runs(tokens: list[Token]) -> Iterator[Run]:
    style, before = Run(""), ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                style = replace(style, strong=token.nesting > 0)
            case "em_open" | "em_close":
                style = replace(style, emphasis=token.nesting > 0)
            case "link_open":
                style = replace(style, link=str(token.attrs.get("href", "")))
            case "link_close":
                if before == "link_open":  # a link without a label shows its address
                    yield replace(style, text=style.link)
                style = replace(style, link="")
            case _:
                yield replace(style, text=_text(token), code=token.type == "code_inline")
        before = token.type


def _text(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return "".join(run.text for run in _runs(token.children or []))
        case "html_inline":
            return _REMOVED if token.content.startswith("<!--") else strip_tags(token.content)
    return token.content


def _merge(runs: Iterator[Run]) -> list[Run]:
    """Neighbours of one style as one run; empty ones left out."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].style == run.style:
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return merged


def _trim(runs: list[Run]) -> list[Run]:
    """Without the blanks that a removed comment or tag leaves at the ends."""
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" \n"))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \n"))
    return [run for run in runs if run.text]
