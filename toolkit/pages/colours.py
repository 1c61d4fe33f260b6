"""The site's style sheet: our own rules, coloured by the brand's `guidelines/tokens.json` (W3C design tokens).

Brand colours are chosen for print and logos, not for text. Where one is too pale for its background it is moved
towards black or white until it reads (4.5 : 1, WCAG 2.2 AA), keeping its hue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from typing import Final

from toolkit.pages.icons import icon_style
from toolkit.source import Tree
from toolkit.workspace.tokens import Colour, parse_hex, read_colours, read_fonts, say_hex

STYLE_PATH: Final = "assets/leitstand.css"
READABLE: Final = 4.5

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)

_GENERIC: Final = frozenset(
    {"serif", "sans-serif", "monospace", "system-ui", "ui-monospace", "ui-serif", "ui-sans-serif"}
)

# What the site takes from the tokens, by the names such tokens usually have, the best first; and ours without any.
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "primary": ("primary", "brand", "primaer"),
    "accent": ("accent", "secondary", "akzent"),
    "background": ("background",),
    "surface": ("surface",),
    "text": ("text",),
    "muted": ("text-muted", "muted"),
    "border": ("border",),
}
DEFAULTS: Final[Mapping[str, Mapping[str, str]]] = {
    "light": {
        "primary": "#0b5563",
        "accent": "#b4490f",
        "background": "#f7f7f5",
        "surface": "#f1f1ee",
        "text": "#1d2126",
        "muted": "#555b63",
        "border": "#dfe0dc",
    },
    "dark": {
        "primary": "#7fc4d1",
        "accent": "#f2a65a",
        "background": "#16181d",
        "surface": "#1e2128",
        "text": "#e8eaed",
        "muted": "#aab0ba",
        "border": "#343943",
    },
}
SCHEMES: Final[Mapping[str, str]] = {"light": "default", "dark": "slate"}


def style_sheet(tree: Tree) -> dict[str, bytes]:
    """Path → bytes of the one style sheet."""
    assets = resources.files("toolkit.pages").joinpath("assets")
    own = "".join(assets.joinpath(name).read_text(encoding="utf-8") for name in ("leitstand.css", "kit.css"))
    return {
        STYLE_PATH: (variables(read_colours(tree)) + font_variables(read_fonts(tree)) + icon_style() + own).encode()
    }


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Colour, *grounds: Colour) -> Colour:
    """`colour`, moved towards black or white just so far that it reads on every one of `grounds`."""
    pole = BLACK if min(map(luminance, grounds)) > 0.18 else WHITE
    for step in range(41):
        mixed = _mix(colour, pole, step / 40)
        if min(contrast(mixed, ground) for ground in grounds) >= READABLE:
            return mixed
    return pole


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def choose(colours: Mapping[str, Colour], scheme: str, role: str) -> Colour:
    """The brand's colour for a role in a scheme (``….light.primary``), else for the role, else ours."""
    for name in ROLES[role]:
        for ending in (f".{scheme}.{name}", f".{name}"):
            for token, colour in colours.items():
                other = f".{'dark' if scheme == 'light' else 'light'}."
                if f".{token.casefold()}".endswith(ending) and other not in f".{token.casefold()}":
                    return colour
    # A brand with one primary colour and nothing else still gets our greys around it.
    return _known(DEFAULTS[scheme][role])


def _known(text: str) -> Colour:
    colour = parse_hex(text)
    if colour is None:
        raise ValueError(text)
    return colour


def variables(colours: Mapping[str, Colour]) -> str:
    """CSS variables: each token as ``--brand-…``, and the roles that the style sheet uses, per scheme."""
    tokens = "".join(f"--brand-{_css_name(name)}:{say_hex(colour)};" for name, colour in colours.items())
    schemes = "".join(
        f'[data-md-color-scheme="{name}"]{{{_scheme(colours, scheme)}}}\n' for scheme, name in SCHEMES.items()
    )
    return f":root{{{tokens}}}\n{schemes}"


def font_variables(fonts: Mapping[str, tuple[str, ...]]) -> str:
    """CSS variables of the brand's fonts. Families are asked of the reader's device; nothing is loaded."""
    said = {}
    for role, variable in (("heading", "--ls-heading-font"), ("text", "--md-text-font"), ("code", "--md-code-font")):
        families = next((found for name, found in fonts.items() if name.casefold().split(".")[-1] == role), ())
        if families:
            said[variable] = ", ".join(one if one in _GENERIC else f'"{one}"' for one in families)
    return f"[data-md-color-scheme]{{{''.join(f'{name}:{value};' for name, value in said.items())}}}\n"


def _css_name(token: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", token.casefold()).strip("-")


def _scheme(colours: Mapping[str, Colour], scheme: str) -> str:
    role = {name: choose(colours, scheme, name) for name in ROLES}
    page = role["background"]
    # Boxes stand out from the page: lighter by day, and by night.
    surface = _mix(page, WHITE, 0.7) if scheme == "light" else role["surface"]
    sunken = _mix(page, role["surface"], 0.6 if scheme == "light" else 0.35)
    tint = _mix(surface, role["primary"], 0.12)
    grounds = (page, surface, sunken, tint)
    brand = readable(role["primary"], *grounds)
    found = {
        "page": page,
        "surface": surface,
        "sunken": sunken,
        "tint": tint,
        "line": _mix(surface, role["border"], 1 if scheme == "light" else 0.45),
        "ink": readable(role["text"], *grounds),
        "soft": readable(role["muted"], *grounds),
        "brand": brand,
        "on-brand": max((WHITE, BLACK), key=lambda one: contrast(one, brand)),
        "accent": readable(role["accent"], *grounds),
    }
    return "".join(f"--ls-{name}:{say_hex(colour)};" for name, colour in found.items())
