"""What an accessibility check finds in the theme's own markup, repaired on the way out. Each can go when Material does it.

Only additions of names to elements that have none; a theme without these elements passes unchanged.
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.messages import _
from toolkit.pages.markup import text

_SEARCH: Final = '<div class="md-search" data-md-component="search" role="dialog">'
# The navigation of a section points at a label that holds only an arrow; its title stands right behind.
_SECTION: Final = re.compile(r'aria-labelledby="(__nav_[\d_]+)_label"([^>]*>\s*<label )(?=class="md-nav__title")')


def repair(html: str) -> str:
    """A finished page in which the search dialog and the navigation's sections have names."""
    named = _SEARCH.replace(">", f' aria-label="{text(_("Search"))}">')
    return _SECTION.sub(r'aria-labelledby="\1_title"\2id="\1_title" ', html.replace(_SEARCH, named, 1))
