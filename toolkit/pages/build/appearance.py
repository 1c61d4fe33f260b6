"""How the site looks and behaves where a mkdocs.yml does not say: Material without anything from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.model import zone
from toolkit.pages.emblem import EMBLEM
from toolkit.pages.markup import NOTHING, Html, join, outside, span, text
from toolkit.settings import Settings

FEATURES: Final = [
    "content.action.edit",
    "content.code.copy",
    "navigation.indexes",
    # Of the parts that nobody looks at only the way in: the navigation stands on every page.
    "navigation.prune",
    "navigation.tabs",
    "navigation.top",
    "search.highlight",
    "search.suggest",
    "toc.follow",
]
EXTENSIONS: Final = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]


def footer_line(settings: Settings, now: datetime) -> str:
    """What stands at the foot of every page: whose site, how old what it shows is, and where the law and readers look."""
    return join((_house(settings), as_of(settings, now).decode(), _links(settings)))


def _links(settings: Settings) -> Html:
    """Imprint, privacy, contact and feedback, as far as the settings say where they are."""
    words = {"imprint": _("Imprint"), "privacy": _("Privacy"), "contact": _("Contact"), "feedback": _("Feedback")}
    links = [outside(address, words[key]) for key, address in settings.site.links]
    return span(*(part for one in links for part in (" · ", one)), class_="ls-house") if links else NOTHING


def _house(settings: Settings) -> Html:
    """The name, which leads to the house's own site where settings know it."""
    return outside(settings.url, settings.name) if settings.url else text(settings.name)


# How old the site is, in a file of its own: on every page it would make every page new with each build.
AS_OF: Final = "assets/as-of.txt"


def as_of(settings: Settings, now: datetime) -> bytes:
    """What the site's script writes behind the name at the foot of every page."""
    local = now.astimezone(zone(settings.timezone))
    said = _("{name}, as of {moment} ({zone})")
    return said.format(name="", moment=say_moment(local), zone=settings.timezone).encode()


def undated_footer(settings: Settings, own: str = "") -> str:
    """The foot of a page before a script has said how old the site is; without one, the home page says it.

    `own` is HTML that the builder's configuration has for this place.
    """
    return join((Html(own) or span(_house(settings), span(data_as_of=True)), _links(settings)))


def theme_defaults(language: str) -> Mapping[str, object]:
    """Theme settings in the workspace's language; `font: false` because readers' browsers ask nobody else."""
    return {
        "language": language,
        "font": False,
        "logo": EMBLEM,
        "favicon": EMBLEM,
        "features": FEATURES,
        "palette": [
            {
                "media": "(prefers-color-scheme: light)",
                "scheme": "default",
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": "material/weather-sunny", "name": _("Switch to the dark scheme")},
            },
            {
                "media": "(prefers-color-scheme: dark)",
                "scheme": "slate",
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": "material/weather-night", "name": _("Switch to the light scheme")},
            },
        ],
    }
