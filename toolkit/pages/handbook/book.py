"""The whole handbook as one page, in the order of its navigation: to print, to search with the browser, to make a PDF of.

Every page becomes a chapter. What links lead to within the handbook is found in the same document; anchors carry their
chapter's name, so that no two are the same. Pages made from the code (the reference) are left out: nobody reads them
from beginning to end.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from toolkit.dates import say_date
from toolkit.findings.cache import CACHE
from toolkit.messages import _, ngettext
from toolkit.model import SourceText
from toolkit.pages.handbook.files import FOLDER, handbook_files, handbook_path, is_shown
from toolkit.pages.kept import Shelf, digest
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag, text
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import BOOK
from toolkit.pages.pieces import head
from toolkit.pages.tables import wrap_tables
from toolkit.pages.view import HANDBOOK, Site
from toolkit.source import read_frontmatter
from toolkit.values import dataclass

_MADE: Final = handbook_path(f"{FOLDER}referenz/")
_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_HEADING: Final = re.compile(r"<(/?)h([1-6])\b")
_ATTRIBUTE: Final = re.compile(r'\b(href|src|id|for|data-copy|aria-labelledby)="([^"]*)"')
_TITLE: Final = re.compile(r"(?s)<h1\b[^>]*>.*?</h1>")
_LOWEST: Final = 6
# In the workspace's cache.
_KEPT: Final = "book.json"
# Whoever reads all of it wants to know who answers for a page, not each of its changes.
_PAST: Final = re.compile(r'(?s)<details class="ls-review-past">.*?</details>|<p class="ls-review-links">.*?</p>')

# Path of a page or file that is no chapter → its address as the book says it, "" for none.
Elsewhere = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the handbook in the book: its path on the site, its title, its anchor, and how deep it lies."""

    path: str
    title: str
    anchor: str
    depth: int
    markdown: str


def chapters(pages: Mapping[str, Content]) -> list[Chapter]:
    """The pages of the handbook in reading order: index first, then by title, then folders."""
    inside = {
        path: page
        for path, page in pages.items()
        if path.startswith(f"{HANDBOOK}/") and isinstance(page, Page) and page.make is None
    }
    shown = {path: page for path, page in inside.items() if not path.startswith(_MADE)}
    return [
        Chapter(path, page.title, _anchor(path), path.count("/") - (_stem(path) == "index"), page.prose)
        for path, page in sorted(shown.items(), key=lambda item: _order(item[0], shown))
    ]


def _order(path: str, pages: Mapping[str, Page]) -> tuple[tuple[int, str, str], ...]:
    """Where a page stands: in each folder first its index, then its pages by title, then its folders by name."""
    *folders, name = path.split("/")
    last = (0, "", "") if _stem(path) in {"index", "readme"} else (1, pages[path].title.casefold(), name)
    return (*((2, folder, "") for folder in folders), last)


def _stem(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md").casefold()


def _anchor(path: str) -> str:
    return re.sub(r"[^\w]+", "-", path.removeprefix(f"{HANDBOOK}/").removesuffix(".md")).strip("-").lower() or "index"


def book_page(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """One page; nothing for a handbook of a single one."""
    found = chapters(pages)
    if len(found) < 2:  # a page is a book already
        return {}
    title = _("The whole handbook on one page")

    def make() -> Html:
        said = ngettext("{count} page", "{count} pages", len(found))
        date = _("as of {day}").format(day=say_date(site.today))
        top = head(title, para(span(said), span(date), class_="ls-summary"))
        return join((top, contents(found), body(site, found, pages, partial(site.link, BOOK))))

    page = generated(title, make, search=False)
    return {BOOK: replace(page, front={**page.front, "hide": ["toc"]})}


def contents(found: list[Chapter]) -> Html:
    """The table of contents; on paper, each line ends in its page."""
    items = (tag("li", link(f"#{one.anchor}", span(one.title)), class_=f"ls-book-{min(one.depth, 3)}") for one in found)
    title = heading(2, _("Contents"), "contents")
    return tag("nav", title, tag("ol", *items), class_="ls-book-contents", aria_labelledby="contents")


def body(site: Site, found: list[Chapter], pages: Mapping[str, Content], elsewhere: Elsewhere) -> Html:
    """All chapters, one after the other."""
    files = [handbook_path(path) for path in handbook_files(site) if is_shown(path)]
    places = {site.address(path): path for path in (*pages, *files)}
    atlas = Atlas(places, {one.path: one.anchor for one in found}, elsewhere)
    html = convert([one.markdown for one in found], site.workspace.root, site.given.program)
    return div(*(_chapter(site, *one, atlas) for one in zip(found, html, strict=True)), class_="ls-book ls-rich")


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where everything is: address on the site → path, path of a chapter → its anchor, and the rest."""

    places: Mapping[str, str]
    anchors: Mapping[str, str]
    elsewhere: Elsewhere


def _chapter(site: Site, one: Chapter, html: str, atlas: Atlas) -> Html:
    html = _TITLE.sub("", _PAST.sub("", html), count=1)
    html = _HEADING.sub(lambda mark: f"<{mark[1]}h{min(int(mark[2]) + 1, _LOWEST)}", html)
    here = site.address(one.path)
    html = _TAG.sub(lambda mark: _ATTRIBUTE.sub(partial(_attribute, one, here, atlas), mark[0]), html)
    title = heading(2, one.title, one.anchor)
    return tag("section", title, Html(html), class_="ls-book-chapter", aria_labelledby=one.anchor)


def _attribute(one: Chapter, here: str, atlas: Atlas, found: re.Match[str]) -> str:
    """An attribute as it is in the book; an address that leads nowhere is left out."""
    name, value = found[1], unescape(found[2])
    new = _address(value, one, here, atlas) if name in {"href", "src"} else f"{one.anchor}--{value}"
    return f'{name}="{text(new)}"' if new else ""


def _address(value: str, one: Chapter, here: str, atlas: Atlas) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:  # an address that is none, such as http://[
        return ""
    if parts.scheme or parts.netloc:
        return value
    target = _find(unquote(parts.path), one.path, here, atlas.places) if parts.path else one.path
    if target in atlas.anchors:
        anchor = atlas.anchors[target]
        return f"#{anchor}--{parts.fragment}" if parts.fragment else f"#{anchor}"
    address = atlas.elsewhere(target) if target else ""
    return f"{address}#{parts.fragment}" if address and parts.fragment else address


def _find(path: str, page: str, here: str, places: Mapping[str, str]) -> str:
    """What a relative address means: people write it as the file sees it, what we draw says it as the reader's page does."""
    by_file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if by_file in places.values():
        return by_file
    folder = here if here.endswith("/") else posixpath.dirname(here)
    by_reader = posixpath.normpath(posixpath.join(folder, path))
    return next((places[one] for one in (by_reader, f"{by_reader}/") if one in places), "")


def convert(texts: Sequence[str], root: Path, program: str) -> list[str]:
    """Each page's Markdown as the builder of the site converts it, kept in the workspace at `root` for the next time."""
    shelf = Shelf(root / CACHE / _KEPT, program)
    found = [_recall(shelf, one) for one in texts]
    if program:
        shelf.save()
    return found


def _recall(shelf: Shelf, markdown: str) -> str:
    key = digest(markdown)
    html = shelf.find(key, str)
    if html is None:
        html = _convert(markdown)
        shelf.put(key, html)
    return html


def _convert(markdown: str) -> str:
    from markdown import Markdown  # type: ignore[import-untyped]

    from toolkit.pages.build.appearance import EXTENSIONS
    from toolkit.pages.build.policy import stay

    plain = read_frontmatter(SourceText("", markdown))[0].body if markdown.startswith("---") else markdown
    return wrap_tables(stay(Markdown(extensions=[*EXTENSIONS, "fenced_code"]).convert(plain)))
