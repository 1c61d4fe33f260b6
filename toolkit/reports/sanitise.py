"""Outputs of notebooks are not trusted: what reaches the page is cleaned, and nothing on it can be fetched or run."""

from __future__ import annotations

import re
from typing import Final

_TAGS: Final = """
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h2 h3 h4 hr i img ins
    kbd li ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead tr ul
"""
_ATTRIBUTES: Final = {
    "*": {"class", "id", "lang", "title", "role", "aria-label", "tabindex"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "data-value"},
    "th": {"scope", "colspan", "rowspan"},
    "ol": {"start"},
}
# What the page itself is made of; an output that took these names would catch its links.
_OURS: Final = frozenset({"content", "contents"})
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")


def clean(html: str) -> str:
    """`html` without scripts, styles, handlers, frames, and pictures from elsewhere."""
    import nh3

    return nh3.clean(
        html,
        tags=set(_TAGS.split()),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes={"https", "http", "mailto", "data"},
        clean_content_tags={"script", "style"},
        link_rel="noopener noreferrer",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if name == "href" and value.strip().lower().startswith("data:"):
        return None
    if name == "tabindex":
        return value if value in {"0", "-1"} else None
    if name == "data-value":
        return value if _NUMBER.fullmatch(value) else None
    return None if name == "id" and (tag == "img" or value in _OURS) else value
