"""What an accessibility check finds in the theme's own markup, repaired on the way out. Each can go when Material does it.

Only names, a skip link and focus are added; a theme without these elements passes unchanged.
"""

from __future__ import annotations

import re
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
# Narrower tables fit on a phone; wider ones scroll, and what scrolls must be reached by keyboard.
_WIDE: Final = 4


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
    """HTML in which wide tables scroll inside a box that the keyboard reaches."""
    return _TABLE.sub(lambda found: _wrap(found[0]), html)


def _wrap(table: str) -> str:
    named = table.replace("<table>", '<table class="ls-doc">', 1)
    head = table.partition("</tr>")[0]
    if head.count("<th") < _WIDE:
        return named
    opening = tag("div", class_="ls-scroll", role="group", tabindex="0", aria_label=_("Table")).removesuffix("</div>")
    return f"{opening}{named}</div>"
