"""A text as rules see it: blocks with scopes, the comments that switch rules off, and what metrics count."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from toolkit.style.mapped import Mapped
from toolkit.values import dataclass

DEFAULT_IGNORED = ("tt", "code", "kbd")
DEFAULT_SKIPPED = ("script", "style", "pre", "figure", "noscript", "iframe")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is not read: `ignored` inline tags are masked, `skipped` blocks left out, both in Vale's words.

    `blocks` and `tokens` are patterns of what is taken for code, `places` where each is written, as ``path:line:col``;
    `classes` are HTML classes.
    """

    ignored: tuple[str, ...] = DEFAULT_IGNORED
    skipped: tuple[str, ...] = DEFAULT_SKIPPED
    classes: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()


class Block(NamedTuple):
    """A stretch of text and the sections of its scope, such as ``{text, heading, h2, md}``."""

    sections: frozenset[str]
    mapped: Mapped

    @property
    def text(self) -> str:
        return self.mapped.text

    @property
    def prose(self) -> bool:
        """Whether this is a paragraph of its own: no heading, no list item, no cell, no quote."""
        return not self.sections & _PARTS


_PARTS = frozenset({"heading", "list", "table", "blockquote", "attr", "frontmatter", "figure"})


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the text and where it ends."""

    text: str
    at: int


@dataclass(slots=True)
class Document:
    """A text, its blocks in order, its comments. `inline` are links, emphasis and code, which only rules that ask see.

    `slow` are patterns of what is not read that took too long, so that nothing of theirs is hidden.
    """

    text: str
    form: str
    blocks: list[Block] = field(default_factory=list)
    inline: list[Block] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    body: int = 0  # where the text below the front matter begins


@lru_cache(maxsize=4096)
def sections(*names: str) -> frozenset[str]:
    """The sections of a scope; names may have dots."""
    return frozenset(part for name in names for part in name.split(".") if part)
