"""The whole handbook as a PDF: a title page, contents with page numbers, bookmarks, links, tags for screen readers.

Its pictures are put into the document before it is laid out; nothing is loaded. Without WeasyPrint (the extra
``reports``) there is no PDF; the page ``handbook/all`` prints from any browser.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from toolkit.dates import say_date
from toolkit.messages import _, spoken
from toolkit.pages.build.policy import say_policy
from toolkit.pages.handbook.book import body, chapters, contents
from toolkit.pages.markup import div, heading, join, para, tag, text
from toolkit.pages.media import Copied
from toolkit.pages.page import Content
from toolkit.pages.script import read_asset
from toolkit.pages.stylesheet import font_variables, variables
from toolkit.pages.view import Site
from toolkit.reports.files.paper import make_pdf

# What chapters are drawn with; the rest of the site's sheets knows windows, and no pages.
_SHEETS: Final = ("base", "handbook", "swatches", "plan", "book")
_GRID: Final = re.compile(r"display:\s*(inline-)?grid")
_PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


def book_pdf(site: Site, pages: Mapping[str, Content]) -> bytes:
    """The handbook of `pages` as a PDF/UA-1 document; the same handbook on the same day gives the same bytes.

    Raises `ReportError` when it cannot be laid out.
    """
    return make_pdf(book_html(site, pages), book_style(site))


def book_html(site: Site, pages: Mapping[str, Content]) -> str:
    """The document that is laid out: whole, with its pictures in it."""
    found = chapters(pages)
    title = _("Handbook: {title}").format(title=site.settings.name)
    day = para(_("as of {day}").format(day=say_date(site.today)), class_="ls-book-day")
    cover = tag("header", heading(1, title), day, class_="ls-book-cover")
    inside = join((cover, contents(found), body(site, found, pages, partial(_elsewhere, site, pages))))
    page = tag("main", div(inside, class_="ls"), class_="md-typeset")
    # For whoever opens it in a browser.
    top = f'<meta charset="utf-8">{say_policy(())}<title>{text(title)}</title>'
    return f'<!doctype html><html lang="{spoken()}"><head>{top}</head><body data-md-color-scheme="default">{page}</body></html>'


def book_style(site: Site) -> str:
    """The style of the document: the site's own, in its light scheme, then what paper needs."""
    own = "".join(read_asset(f"styles/{name}.css") for name in _SHEETS)
    # WeasyPrint (70) fails at grids that go on on the next page; one below the other they need none.
    own = _GRID.sub(r"display:\1block", own)
    return variables(site.tokens) + font_variables(site.tokens.fonts) + own


def _elsewhere(site: Site, pages: Mapping[str, Content], path: str) -> str:
    """A picture as part of the document; a page that is no chapter where the site has it, "" without an address."""
    kind = mimetypes.guess_type(path)[0] or ""
    if kind in _PICTURES:
        data = _bytes(pages, path)
        return f"data:{kind};base64,{base64.b64encode(data).decode()}" if data else ""
    return f"{site.settings.url}/{site.address(path)}" if site.settings.url else ""


def _bytes(pages: Mapping[str, Content], path: str) -> bytes:
    found = pages.get(path)
    if isinstance(found, Copied):
        return found.read()
    return found if isinstance(found, bytes) else b""
