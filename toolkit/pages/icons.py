"""The icons on the site's pages; the drawings stand in `toolkit.icons`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from toolkit.icons import STROKES, mask_style, say_picture
from toolkit.pages.markup import NOTHING, Html, tag

# The signs that a network puts below a post, from left to right.
ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "mastodon": ("reply", "repeat", "star", "keep"),
    "bluesky": ("reply", "repeat", "like", "share"),
    "x": ("reply", "repeat", "like", "keep"),
    "threads": ("like", "reply", "repeat", "sending"),
    "linkedin": ("thumb", "reply", "repeat", "sending"),
    "facebook": ("thumb", "reply", "share"),
    "instagram": ("like", "reply", "sending", "keep"),
}


@cache
def icon(name: str) -> Html:
    """An icon for eyes only; nothing for a name that has none."""
    return tag("i", class_=f"ls-icon ls-i-{name}", aria_hidden="true") if name in STROKES else NOTHING


def icon_style() -> str:
    """The style sheet's part that draws the icons: one element each on the page, in the colour of the text beside it.

    A row of signs is one element, too: ``.ls-actions`` inside a card of the network.
    """
    signs = sorted({name for names in ACTIONS.values() for name in names})
    drawn = "".join(f"--sign-{name}:{say_picture(STROKES[name])};" for name in signs)
    rows = "".join(
        f".ls-net-{network} .ls-actions{{--i:{','.join(f'var(--sign-{name})' for name in names)}}}\n"
        for network, names in ACTIONS.items()
    )
    return f"{mask_style(STROKES, 'ls-i-')}.ls-actions{{{drawn}}}\n{rows}"
