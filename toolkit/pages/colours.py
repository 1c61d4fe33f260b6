"""The site's style sheet: our own rules, coloured by the brand's `guidelines/tokens.json` (W3C design tokens).

Brand colours are chosen for print and logos, not for text. Where one is too pale for its background it is moved
towards black or white until it reads (4.5 : 1, WCAG 2.1 AA), keeping its hue.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Final

from toolkit.pages.icons import icon_style
from toolkit.tokens import (
    BLACK,
    WHITE,
    Brand,
    Colour,
    Tokens,
    contrast,
    make_brand,
    mix,
    readable,
    say_families,
    say_hex,
    say_variables,
    token_variables,
)

STYLE_PATH: Final = "assets/leitstand.css"
SHEETS: Final = ("leitstand.css", "kit.css", "swatches.css")
# The brand's schemes, as Material for MkDocs calls them.
SCHEMES: Final[Mapping[str, str]] = {"light": "default", "dark": "slate"}
_FONTS: Final = (("heading", "--ls-heading-font"), ("text", "--md-text-font"), ("code", "--md-code-font"))


def style_sheet(tokens: Tokens) -> dict[str, bytes]:
    """Path → bytes of the one style sheet."""
    assets = resources.files("toolkit.pages").joinpath("assets")
    own = "".join(assets.joinpath(name).read_text(encoding="utf-8") for name in SHEETS)
    return {STYLE_PATH: (variables(tokens) + font_variables(tokens.fonts) + icon_style() + own).encode()}


def variables(tokens: Tokens) -> str:
    """CSS variables: each token as ``--brand-…``, and the colours that the style sheet uses, per scheme."""
    brand = make_brand(tokens)
    schemes = "".join(
        f'[data-md-color-scheme="{name}"]{{{say_variables(scheme_variables(brand, scheme))}}}\n'
        for scheme, name in SCHEMES.items()
    )
    return f":root{{{say_variables(token_variables(tokens))}}}\n{schemes}"


def font_variables(fonts: Mapping[str, tuple[str, ...]]) -> str:
    """CSS variables of the brand's fonts. Families are asked of the reader's device; nothing is loaded."""
    said = {}
    for role, variable in _FONTS:
        families = next((found for name, found in fonts.items() if name.casefold().split(".")[-1] == role), ())
        if families:
            said[variable] = say_families(families)
    return f"[data-md-color-scheme]{{{say_variables(said)}}}\n"


def scheme_variables(brand: Brand, scheme: str) -> dict[str, str]:
    """CSS variable → colour of the site in one scheme; whatever is written in one reads on every ground."""
    role = brand.scheme(scheme)
    page = role["background"]
    # Boxes stand out from the page: lighter by day, and by night.
    surface = mix(page, WHITE, 0.7) if scheme == "light" else role["surface"]
    sunken = mix(page, role["surface"], 0.6 if scheme == "light" else 0.35)
    tint = mix(surface, role["primary"], 0.12)
    grounds = (page, surface, sunken, tint)
    brand_colour = readable(role["primary"], *grounds)
    found: Mapping[str, Colour] = {
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
    return {f"--ls-{name}": say_hex(colour) for name, colour in found.items()}
