"""What an accessibility check finds in the theme's own markup, repaired on the way out. Each can go when Material does it.

Only names, a skip link and focus are added; a theme without these elements passes unchanged.
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.messages import _
from toolkit.pages.markup import link, text
from toolkit.pages.page import CONTENT

_SEARCH: Final = '<div class="md-search" data-md-component="search" role="dialog">'
# The navigation of a section points at a label that holds only an arrow; its title stands right behind.
_SECTION: Final = re.compile(r'aria-labelledby="(__nav_[\d_]+)_label"([^>]*>\s*<label )(?=class="md-nav__title")')
# Material skips to the first entry of the table of contents, which our pages do not have.
_SKIP: Final = re.compile(r'(<div data-md-component="skip">)\s*(?=</div>)')


def repair(html: str) -> str:
    """A finished page in which the search dialog and the navigation have names, and the content can be skipped to."""
    search = text(_("Search"))
    named = _SEARCH.replace(">", f' aria-label="{search}">')
    html = _SECTION.sub(r'aria-labelledby="\1_title"\2id="\1_title" ', html.replace(_SEARCH, named, 1))
    if f'id="{CONTENT}"' not in html:
        return html
    skip = link(f"#{CONTENT}", _("Skip to content"), class_="md-skip")
    return _SKIP.sub(lambda found: found[1] + skip, html, count=1)
