"""The field and the list of search, in the place of the theme's own and with its looks.

The theme's markup for search brings its own worker with it; where it stands, ours stands instead. What the script needs
to say is written at the field (``data-…``), as everywhere.
"""

from __future__ import annotations

from typing import Final

from toolkit.messages import _
from toolkit.pages.markup import Html, div, para, span, tag

# Where themes of the Material family keep the markup of their search.
PARTIAL: Final = "partials/search.html"
_TOGGLE: Final = "__search"


def search_box() -> Html:
    """The markup as a template: only the icons are the theme's."""
    form = tag("form", _field(), _openers(), _clearing(), class_="md-search__form", name_="ls-search")
    return div(
        tag("label", class_="md-search__overlay", for_=_TOGGLE),
        div(form, _output(), class_="md-search__inner", role="search", aria_label=_("Search")),
        class_="md-search ls-search",
        data_search=True,
        data_count=_("Results: {count}"),
        data_none=_("Nothing found. Try another word, or fewer of them."),
        data_failed=_("Search cannot be loaded now."),
        data_more=_("Show more"),
    )


def _field() -> Html:
    return tag(
        "input",
        type="text",
        name_="query",
        class_="md-search__input",
        id="ls-search-field",
        aria_label=_("Search"),
        aria_describedby="ls-search-said",
        placeholder=_("Search"),
        autocapitalize="off",
        autocomplete="off",
        autocorrect="off",
        spellcheck="false",
        enterkeyhint="search",
        required=True,
    )


def _openers() -> Html:
    return tag("label", _icon("magnify"), _icon("arrow-left"), class_="md-search__icon md-icon", for_=_TOGGLE)


def _clearing() -> Html:
    clear = _("Clear")
    button = tag(
        "button", _icon("close"), type="reset", class_="md-search__icon md-icon", title=clear, aria_label=clear
    )
    return div(button, class_="md-search__options")


def _output() -> Html:
    keys = (
        (tag("kbd", "/"), _("opens search")),
        (tag("kbd", "↓"), _("goes to the results")),
        (tag("kbd", "Esc"), _("closes it")),
    )
    hint = para(*[span(key, " ", words) for key, words in keys], class_="ls-search-keys")
    said = para(role="status", class_="ls-search-said", id="ls-search-said")
    results = div(class_="ls-search-results", data_search_results=True)
    return div(div(said, results, hint, class_="md-search__scrollwrap"), class_="md-search__output")


def _icon(name: str) -> Html:
    return Html(f'{{% include ".icons/material/{name}.svg" %}}')
