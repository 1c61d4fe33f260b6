"""The few colours that a page is drawn with, made from the brand so that everything written reads.

Brand colours are chosen for print and logos, not for text. Where one is too pale for its background it is moved
towards black or white until it reads (4.5 : 1, WCAG 2.1 AA), keeping its hue. The site and the desk draw with these.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.tokens.brand import Brand
from toolkit.tokens.colour import BLACK, WHITE, Colour, mix
from toolkit.tokens.contrast import contrast, readable
from toolkit.tokens.css import say_families


def scheme_colours(brand: Brand, scheme: str) -> dict[str, Colour]:
    """Name → colour in `light` or `dark`; ink, soft, brand and accent read on page, surface, sunken and tint."""
    role = brand.scheme(scheme)
    page = role["background"]
    # Boxes stand out from the page: lighter by day, and by night.
    surface = mix(page, WHITE, 0.7) if scheme == "light" else role["surface"]
    sunken = mix(page, role["surface"], 0.6 if scheme == "light" else 0.35)
    tint = mix(surface, role["primary"], 0.12)
    grounds = (page, surface, sunken, tint)
    brand_colour = readable(role["primary"], *grounds)
    return {
        "page": page,
        "surface": surface,
        "sunken": sunken,
        "tint": tint,
        "line": mix(surface, role["border"], 1 if scheme == "light" else 0.45),
        "ink": readable(role["text"], *grounds),
        "soft": readable(role["text-muted"], *grounds),
        "brand": brand_colour,
        "on-brand": max((WHITE, BLACK), key=lambda one: contrast(one, brand_colour)),
        "accent": readable(role["accent"], *grounds),
    }


def font_roles(fonts: Mapping[str, tuple[str, ...]], names: Mapping[str, str]) -> dict[str, str]:
    """CSS variable → families, for every role of `names` (role → variable) that a token's name ends in."""
    said = {}
    for role, variable in names.items():
        families = next((found for name, found in fonts.items() if name.casefold().split(".")[-1] == role), ())
        if families:
            said[variable] = say_families(families)
    return said
