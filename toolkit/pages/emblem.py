"""The sign in the header and in the browser's tab, where a house has set none: the initials of its name on its colour."""

from __future__ import annotations

from typing import Final

from toolkit.pages.markup import tag
from toolkit.pages.team.people import initials
from toolkit.tokens import Tokens, make_brand, say_hex, scheme_colours

EMBLEM: Final = "assets/emblem.svg"
_SIZE: Final = 64


def emblem(name: str, tokens: Tokens) -> dict[str, bytes]:
    """Path → an SVG that needs nothing but a font of the reader's."""
    colours = scheme_colours(make_brand(tokens), "light")
    ground, ink = say_hex(colours["brand"]), say_hex(colours["on-brand"])
    letters = initials(name) or name[:1].upper()
    middle = _SIZE // 2
    shape = tag("rect", width=_SIZE, height=_SIZE, rx=14, fill=ground)
    said = tag(
        "text",
        letters,
        x=middle,
        y=middle,
        fill=ink,
        font_family="system-ui, sans-serif",
        font_weight=700,
        font_size=28 if len(letters) > 1 else 38,
        text_anchor="middle",
        dominant_baseline="central",
    )
    drawing = tag("svg", shape, said, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_SIZE} {_SIZE}")
    return {EMBLEM: drawing.encode()}
