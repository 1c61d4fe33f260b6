"""The site's style sheet: our own rules, coloured by the brand's `guidelines/tokens.json` (W3C design tokens)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.pages.icons import icon_style
from toolkit.pages.script import read_asset
from toolkit.tokens import (
    Brand,
    Tokens,
    font_roles,
    make_brand,
    say_hex,
    say_variables,
    scheme_colours,
    token_variables,
)

STYLE_PATH: Final = "assets/leitstand.css"
# In the order of the cascade: frame and pieces, one sheet for each room, then what narrow windows and paper change.
SHEETS: Final = (
    "base",
    "tables",
    "filter",
    "home",
    "calendar",
    "posts",
    "handbook",
    "swatches",
    "plan",
    "research",
    "results",
    "team",
    "kit",
    "search",
    "phone",
    "paper",
)
# The brand's schemes, as Material for MkDocs calls them.
SCHEMES: Final[Mapping[str, str]] = {"light": "default", "dark": "slate"}
_FONTS: Final = {"heading": "--ls-heading-font", "text": "--md-text-font", "code": "--md-code-font"}


def style_sheet(tokens: Tokens) -> dict[str, bytes]:
    """Path → bytes of the one style sheet."""
    own = "".join(read_asset(f"styles/{name}.css") for name in SHEETS)
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
    return f"[data-md-color-scheme]{{{say_variables(font_roles(fonts, _FONTS))}}}\n"


def scheme_variables(brand: Brand, scheme: str) -> dict[str, str]:
    """CSS variable → colour of the site in one scheme; whatever is written in one reads on every ground."""
    return {f"--ls-{name}": say_hex(colour) for name, colour in scheme_colours(brand, scheme).items()}
