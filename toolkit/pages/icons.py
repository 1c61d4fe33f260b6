"""The icons on the site's pages; the drawings stand in `toolkit.icons`."""

from __future__ import annotations

from functools import cache
from typing import Final

from toolkit.icons import STROKES, mask_style, say_pictures
from toolkit.pages.markup import NOTHING, Html, tag

_ACTIONS: Final = ("reply", "repeat", "like", "share")


@cache
def icon(name: str) -> Html:
    """An icon for eyes only; nothing for a name that has none."""
    return tag("i", class_=f"ls-icon ls-i-{name}", aria_hidden="true") if name in STROKES else NOTHING


def icon_style() -> str:
    """The style sheet's part that draws the icons: one element each on the page, in the colour of the text beside it."""
    return f"{mask_style(STROKES, 'ls-i-')}.ls-actions{{--i:{say_pictures(_ACTIONS)}}}\n"
