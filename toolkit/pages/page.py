"""A page of the site: Markdown that people wrote, or HTML of ours that is made when somebody asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from typing import Final

from toolkit.pages.markup import Html, element, link, para, tag, text
from toolkit.pages.media import Copied
from toolkit.values import dataclass

# The anchor that keyboards skip to.
CONTENT: Final = "content"
_whole = element("div", class_="ls", id=CONTENT)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `source` is the workspace file that people edit to change it.

    A page is Markdown (`prose`), or nothing but HTML of ours, which `make` makes anew each time it is asked: the pages
    of ten thousand posts need not be in memory together. Two pages with the same `key` are the same; "" says nothing.
    `words` is what search finds a page by, where that is not what stands on it; `day` is the day it is about, by which
    search puts younger ones first.
    """

    title: str
    prose: str = ""
    source: str = ""
    in_nav: bool = True
    front: Mapping[str, object] = field(default_factory=dict)
    make: Callable[[], Html] | None = None
    words: str = ""
    key: str = ""
    day: date | None = None

    @property
    def html(self) -> Html | None:
        """The page, made now; None when it is Markdown."""
        return self.make() if self.make else None

    @property
    def text(self) -> str:
        """The page as Markdown, which takes HTML as it is."""
        return f"{self.make()}\n" if self.make else self.prose

    def markdown(self, body: str | None = None) -> str:
        """The page as a Markdown file with front matter, or another `body` with it; JSON is YAML that needs no quoting rules."""
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.front.items()]
        said = self.text if body is None else body
        return f"---\n{''.join(lines)}---\n{said}" if lines else said


def generated(  # each says one thing about the page
    title: str,
    body: Html | Callable[[], Html],
    *,
    source: str = "",
    in_nav: bool = True,
    search: bool = True,
    words: str = "",
    key: str = "",
    day: date | None = None,
) -> Page:
    """A page of ours: one line of HTML, as wide as the window, without the builder's side columns."""
    # Titles end up unescaped in the builder's navigation and <title>.
    front: dict[str, object] = {"title": str(text(" ".join(title.split()))), "hide": ["navigation", "toc"]}
    if not search:
        front["search"] = {"exclude": True}
    return Page(title, "", source, in_nav, front, lambda: _frame(body), words, key, day)


def _frame(body: Html | Callable[[], Html]) -> Html:
    return _whole(body() if callable(body) else body)


@dataclass(frozen=True, slots=True)
class Moved:
    """What stays at an address that was given away: the sentence `said` and the way on, without the site's frame.

    `to` leads there from the old address, `address` from the site's root; `title` and `day` are those of what moved,
    `head` is what every page of the site has in its head.
    """

    title: str
    said: str
    to: str
    address: str
    language: str
    day: date
    head: Html

    def data(self) -> bytes:
        """The whole document."""
        top = (
            tag("meta", charset="utf-8"),
            self.head,
            tag("meta", name_="viewport", content="width=device-width"),
            tag("meta", name_="color-scheme", content="light dark"),
            tag("meta", name_="robots", content="noindex"),
            tag("meta", http_equiv="refresh", content=f"0; url={self.to}"),
            tag("title", self.title),
        )
        body = tag("body", para(self.said, " ", link(self.to, self.title)))
        return f'<!doctype html><html lang="{text(self.language)}">{tag("head", *top)}{body}</html>'.encode()


# What stands behind a path of the site.
Content = Page | Copied | Moved | bytes
