"""The page for addresses that do not exist, in the house's words, in the place of what the theme says there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from toolkit.messages import _
from toolkit.pages.markup import Html, div, heading, link, para, tag
from toolkit.pages.page import CONTENT
from toolkit.pages.places import parts

# What the theme's own template says.
_THEME: Final = re.compile(r"<h1>\s*404[^<]*</h1>")


def say_missing(html: str, base: str, *, directory_urls: bool) -> str:
    """The theme's page with ours inside; `base` is the path of the site's root, since nobody knows where the page is seen."""
    return _THEME.sub(lambda _found: _page(base, directory_urls=directory_urls), html, count=1)


def _page(base: str, *, directory_urls: bool) -> Html:
    sorry = para(_("It may have moved, or it was never there. The search above finds every word of this site."))
    ways = tag("ul", *_ways(base, directory_urls=directory_urls), class_="ls-inline")
    return div(heading(1, _("Nothing stands at this address")), sorry, ways, class_="ls ls-missing", id=CONTENT)


def _ways(base: str, *, directory_urls: bool) -> Iterator[Html]:
    """To the first page of each part that every site has."""
    for part in parts()[:4]:
        path = part.pages[0][0]
        folder = path.removesuffix("index.md")
        target = folder if directory_urls else f"{folder}index.html"
        yield tag("li", link(f"{base}{quote(target)}", part.title, class_="ls-role"))
