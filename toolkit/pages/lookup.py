"""A list to look something up in as you type: the field, and how what is typed and what is found are made alike.

The marks that `assets/scripts/find.js` looks for stand in its head. Without scripts the whole list stands there.
"""

from __future__ import annotations

import unicodedata

from toolkit.pages.markup import Html, div, para, span, tag


def look_up_field(label: str, total: str, *, one: str, some: str, none: str) -> Html:
    """The field, which the script shows, and what it says aloud; `some` has {count}."""
    field = tag("input", type="search", autocomplete="off", data_find_field=True)
    said = para(total, role="status", data_find_said=True, data_all=total, data_one=one, data_some=some, data_none=none)
    return div(tag("label", span(label), field), said, class_="ls-find")


def fold(word: str) -> str:
    """A word as it is looked up: small, and ä as a. The script folds what is typed the same way.

    >>> fold(" „Käse…“ "), fold("Straße")
    ('kase', 'strasse')
    """
    plain = unicodedata.normalize("NFKD", word.replace("\N{HORIZONTAL ELLIPSIS}", "").casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)).strip(" „“\"'")
