"""A site in several languages: a build for each in a folder of its own, and from each page the way to itself in the others.

The folders lie beside each other and are called like their languages (``site/de``, ``site/en``). What a page's address
is depends on no language, so the way is known before the other site is built. Material draws the switch; into its links,
which know only where a site begins, the page's own address is put. Its ``<link rel="alternate">`` are for search
engines, which never come here, and make its script ask for a list of pages below each page; they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Each in its own language, for those who cannot read the other.
NAMES: Final = {"de": "Deutsch", "en": "English"}
# Letters and digits only: no template changes them.
_SIGN: Final = "lsOther0"
_MARK: Final = _SIGN + "{}9"
_MARKED: Final = re.compile(rf"((?:\.{{1,2}}/)*){_SIGN}([a-z]{{2}})9")
_FOR_ROBOTS: Final = re.compile(rf'\s*<link rel="alternate" href="[^"]*{_SIGN}[a-z]{{2}}9"[^>]*>')


def alternates(languages: Sequence[str]) -> list[dict[str, str]]:
    """`extra.alternate` of the theme's configuration."""
    return [{"name": NAMES[one], "lang": one, "link": _MARK.format(one)} for one in languages]


def lead_over(html: str, address: str) -> str:
    """A rendered page whose links to other languages lead to itself there; `address` is its own from the site's root."""
    if _SIGN not in html:  # searching a long page for what may stand before a mark takes a while
        return html
    up = "../" * (address.count("/") + 1)
    return _MARKED.sub(lambda found: f"{up}{found[2]}/{address}", _FOR_ROBOTS.sub("", html))


def lead_home(html: str) -> str:
    """The same for a page that is shown at any address: its links lead to where the other site begins."""
    return _MARKED.sub(lambda found: f"{found[1]}../{found[2]}/", _FOR_ROBOTS.sub("", html))
