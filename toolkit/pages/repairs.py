"""What an accessibility check finds in the theme's own markup, repaired on the way out. Each can go when Material does it.

Only names, a skip link and focus are added; a theme without these elements passes unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from toolkit.messages import _
from toolkit.pages.markup import link, tag, text
from toolkit.pages.view import CONTENT

_SEARCH: Final = '<div class="md-search" data-md-component="search" role="dialog">'
# The navigation of a section points at a label that holds only an arrow; its title stands right behind.
_SECTION: Final = re.compile(r'aria-labelledby="(__nav_[\d_]+)_label"([^>]*>\s*<label )(?=class="md-nav__title")')
# Material skips to the first entry of the table of contents, which our pages do not have.
_SKIP: Final = re.compile(r'(<div data-md-component="skip">)\s*(?=</div>)')
_TABLE: Final = re.compile(r"(?s)<table>.*?</table>")
# Narrower tables fit beside a table of contents; wider ones scroll, and what scrolls must be reached by keyboard.
_WIDE: Final = 4
# Narrower tables fit on a phone; of wider ones each row is a small list there, and each cell says what it is.
_STACKED: Final = 3
_HEADING: Final = re.compile(r"(?s)<th\b[^>]*>(.*?)</th>")
_ROW: Final = re.compile(r"(?s)<tr>.*?</tr>")
_CELL: Final = re.compile(r"<td\b")
_TAG: Final = re.compile(r"<[^>]*>")


def repair(html: str) -> str:
    """A finished page in which the search dialog and the navigation have names, and the content can be skipped to."""
    search = text(_("Search"))
    named = _SEARCH.replace(">", f' aria-label="{search}">')
    html = _SECTION.sub(r'aria-labelledby="\1_title"\2id="\1_title" ', html.replace(_SEARCH, named, 1))
    if f'id="{CONTENT}"' not in html:
        return html
    skip = link(f"#{CONTENT}", _("Skip to content"), class_="md-skip")
    return _SKIP.sub(lambda found: found[1] + skip, html, count=1)


def wrap_tables(html: str) -> str:
    """HTML in which wide tables scroll inside a box that the keyboard reaches, and are lists on a phone."""
    return _TABLE.sub(lambda found: _wrap(found[0]), html)


def _wrap(table: str) -> str:
    headings = [_TAG.sub("", found[1]).strip() for found in _HEADING.finditer(table.partition("</tr>")[0])]
    if len(headings) < _STACKED:
        return table.replace("<table>", '<table class="ls-doc">', 1)
    named = table.replace("<table>", '<table class="ls-doc ls-stacked">', 1)
    named = _ROW.sub(lambda row: _label(row[0], headings), named)
    if len(headings) < _WIDE:
        return named
    opening = tag("div", class_="ls-scroll", role="group", tabindex="0", aria_label=_("Table")).removesuffix("</div>")
    return f"{opening}{named}</div>"


def _label(row: str, headings: Sequence[str]) -> str:
    """A row in which each cell carries its column's heading, which is HTML already."""
    names = iter(headings)
    return _CELL.sub(lambda cell: f'{cell[0]} data-label="{next(names, "").replace(chr(34), "&quot;")}"', row)
