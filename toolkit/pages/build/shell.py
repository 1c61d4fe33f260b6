"""The frame around a page's own HTML, rendered by the site's theme once and filled many times.

A builder renders its templates anew for each page, though of two posts nothing but title, address, content and edit
link differs, and the navigation is the same for all. So one model page per depth of folders goes through the theme,
with marks in the places of these four; what comes out is cut at the marks, and a page is its pieces with the values
between.

A theme may put a mark anywhere and as often as it likes, but it sees the mark and not the value: what it works out from
a title (its length, say) it would work out from the mark. Pages in the navigation are therefore rendered one by one.
"""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import Final
from urllib.parse import quote

from toolkit.pages.kept import digest
from toolkit.pages.markup import NOTHING, text
from toolkit.pages.page import CONTENT as ANCHOR
from toolkit.pages.page import Page
from toolkit.values import dataclass

# Letters and digits only: neither a template nor an address changes them.
TITLE: Final = "lsMark0title9"
EDIT: Final = "lsMark0edit9"
# As a page of ours looks: with a heading, so that the theme adds none, and with the anchor that keyboards skip to.
CONTENT: Final = f'<div class="ls" id="{ANCHOR}"><h1>lsMark0content9</h1></div>'
_STEM: Final = "lsMark0page9"
_FOLDER: Final = "lsMark0folder9"
_MARK: Final = re.compile(f"({TITLE}|{EDIT}|{CONTENT}|{_FOLDER}(?:/x)*/{_STEM}|{_STEM})")
# Blank lines and indents of templates are a fifth of a page; within these elements they mean something.
_KEPT: Final = re.compile(r"(?s)(<(pre|textarea|script|style)\b.*?</\2>)")
_SPACE: Final = re.compile(r"\s*\n\s*")


def model_path(path: str) -> str:
    """Where a model page for `path` lies: as deep, and beside nothing, so that its links go by the root."""
    depth = path.count("/")
    return "/".join([*([_FOLDER] if depth else []), *(["x"] * (depth - 1)), f"{_STEM}.md"])


def place(path: str, *, directory_urls: bool) -> tuple[str, str]:
    """The file that a Markdown path becomes, and its address from the site's root."""
    stem = path.removesuffix(".md")
    if not directory_urls:
        return f"{stem}.html", quote(f"{stem}.html")
    folder = stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"
    return f"{folder}index.html", quote(folder) or "./"


@dataclass(frozen=True)
class Shell:
    """A rendered model page, cut at its marks: texts at even places, marks at odd ones."""

    pieces: tuple[str, ...]

    @cached_property
    def _key(self) -> str:
        return digest(*self.pieces)

    @cached_property
    def _data(self) -> tuple[bytes, ...]:
        return tuple(piece.encode() for piece in self.pieces)

    def key(self, path: str, page: Page, edit: str = "") -> str:
        """What two calls of `page` share only when they give the same."""
        return digest(self._key, path, page.title, edit, page.key or page.html or "")

    def page(self, path: str, page: Page, edit: str = "") -> bytes:
        """The file of `page`, which stands at the Markdown path `path`; `edit` is the end of its edit link."""
        stem = path.removesuffix(".md")
        values = {
            TITLE: text(page.title).encode(),
            CONTENT: (page.html or NOTHING).encode(),
            EDIT: text(edit).encode(),
            _STEM: quote(posixpath.basename(stem)).encode(),
        }
        found = list(self._data)
        found[1::2] = [values.get(mark) or quote(stem).encode() for mark in self.pieces[1::2]]
        return b"".join(found)


def cut(html: str) -> Shell:
    """A model page as its theme rendered it, without the space between its lines."""
    return Shell(tuple(_MARK.split(tighten(html))))


def tighten(html: str) -> str:
    """HTML without blank lines and indents, outside of what keeps them."""
    parts = _KEPT.split(html)
    # Three pieces each: what lies between, the element as a whole, its name.
    return "".join(
        [_SPACE.sub("\n", between) + kept for between, kept in zip(parts[::3], [*parts[1::3], ""], strict=True)]
    )
