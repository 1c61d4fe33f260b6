"""The desk's style sheet: its own rules, in the colours of the brand's `guidelines/tokens.json` (W3C design tokens).

Grounds, ink and the one accent are the site's (`toolkit.tokens.scheme`). Lines, hovers and states are the desk's own,
worked out so that all that is written reads on every ground (4.5 : 1) and every edge of a field is seen (3 : 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Final

from toolkit.desk.icons import icon_style
from toolkit.tokens import (
    BLACK,
    OURS,
    SCHEMES,
    WHITE,
    Brand,
    Colour,
    Tokens,
    contrast,
    font_roles,
    make_brand,
    mix,
    parse_hex,
    readable,
    say_hex,
    say_variables,
    scheme_colours,
)
from toolkit.tokens.contrast import GRAPHICS

FONTS: Final = {"heading": "--heading-font", "text": "--text-font", "code": "--code-font"}
STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "light": {"quiet": "#5b6470", "info": "#1c5fb0", "good": "#17703f", "warn": "#8f5600", "bad": "#b3202a"},
    "dark": {"quiet": "#b6bec9", "info": "#8ab8ff", "good": "#86d9a6", "warn": "#f2c46d", "bad": "#ff9d97"},
}
# What lies below a state's words: brighter than the words, and only a breath of it.
_GLOWS: Final[Mapping[str, Mapping[str, str]]] = {
    "light": {"quiet": "#7b8794", "info": "#2f7de0", "good": "#23a45c", "warn": "#f0a500", "bad": "#e5484d"},
    # Yellow over a dark blue would be olive.
    "dark": {"quiet": "#7b8794", "info": "#2f7de0", "good": "#23a45c", "warn": "#ff8c1a", "bad": "#f0414a"},
}
_BREATH: Final = {"light": 0.15, "dark": 0.17}
# On grounds that are too different for one ink, nothing could be made to read.
_ENOUGH: Final = 6.0


def style_sheet(tokens: Tokens) -> str:
    """All of the desk's CSS: colours, fonts, icons, rules."""
    rules = resources.files("toolkit.desk").joinpath("assets/desk.css").read_text(encoding="utf-8")
    fonts = f":root{{{say_variables(font_roles(tokens.fonts, FONTS))}}}\n"
    return colour_style(make_brand(tokens)) + fonts + icon_style() + rules


def colour_style(brand: Brand) -> str:
    """CSS variables, each with its light and its dark half; which one counts is the reader's `color-scheme`."""
    light, dark = (desk_colours(brand, scheme) for scheme in SCHEMES)
    halves = {f"--{name}": f"light-dark({say_hex(light[name])},{say_hex(dark[name])})" for name in light}
    return f":root{{{say_variables(halves)}}}\n"


def desk_colours(brand: Brand, scheme: str) -> dict[str, Colour]:
    """Name → colour in `light` or `dark`."""
    found = _grounds(brand, scheme)
    if not _legible(found):
        found = _grounds(Brand(OURS["light"], OURS["dark"]), scheme)
    grounds = tuple(found.values())
    role = brand.scheme(scheme)
    found |= {name: readable(role[of], *grounds) for name, of in (("ink", "text"), ("soft", "text-muted"))}
    found |= {name: readable(_parsed(hue), *grounds) for name, hue in STATES[scheme].items()}
    return found | _parts(found, role, grounds)


def _grounds(brand: Brand, scheme: str) -> dict[str, Colour]:
    """Everything that is written on."""
    site, ink = scheme_colours(brand, scheme), brand.scheme(scheme)["text"]
    surface = site["surface"]
    own = {
        "raised": mix(surface, WHITE, 0.6 if scheme == "light" else 0.05),
        "field": mix(surface, WHITE, 0.6) if scheme == "light" else mix(site["page"], surface, 0.4),
        "hover": mix(surface, ink, 0.045),
        "pressed": mix(surface, ink, 0.09),
    }
    states = {f"{name}-bg": mix(surface, _parsed(glow), _BREATH[scheme]) for name, glow in _GLOWS[scheme].items()}
    return {name: site[name] for name in ("page", "surface", "sunken", "tint")} | own | states


def _legible(grounds: Mapping[str, Colour]) -> bool:
    """Whether black or white reads on all of them."""
    return any(min(contrast(pole, ground) for ground in grounds.values()) >= _ENOUGH for pole in (BLACK, WHITE))


def _parts(found: Mapping[str, Colour], role: Mapping[str, Colour], grounds: tuple[Colour, ...]) -> dict[str, Colour]:
    """The accent, lines and edges."""
    surface, ink = found["surface"], found["ink"]
    brand = readable(role["primary"], *grounds)
    pole = max((WHITE, BLACK), key=lambda one: contrast(one, brand))
    return {
        "brand": brand,
        "on-brand": pole,
        # Away from what is written on it.
        "brand-hover": mix(brand, BLACK if pole == WHITE else WHITE, 0.14),
        "focus": readable(role["accent"], *grounds, minimum=GRAPHICS),
        "line": mix(surface, ink, 0.12),
        "edge-soft": mix(surface, ink, 0.22),
        "edge": readable(mix(surface, ink, 0.42), *grounds, minimum=GRAPHICS),
    }


def _parsed(text: str) -> Colour:
    colour = parse_hex(text)
    if colour is None:
        raise ValueError(text)
    return colour
