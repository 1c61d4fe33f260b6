"""The site's style sheet: our own rules, coloured by the brand's `guidelines/tokens.json` (W3C design tokens).

Brand colours are chosen for print and logos, not for text. Where one is too pale for its background it is moved
towards black or white until it reads (4.5 : 1, WCAG 2.2 AA), keeping its hue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final

from toolkit.pages.icons import icon_style
from toolkit.source import Tree

TOKENS: Final = "guidelines/tokens.json"
STYLE_PATH: Final = "assets/leitstand.css"
READABLE: Final = 4.5

Colour = tuple[int, int, int]

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)

_FAMILY: Final = re.compile(r"[\w .-]{1,60}")
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
_HEX: Final = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?")


def style_sheet(tree: Tree) -> dict[str, bytes]:
    """Path → bytes of the one style sheet."""
    own = resources.files("toolkit.pages").joinpath("assets/leitstand.css").read_text(encoding="utf-8")
    return {
        STYLE_PATH: (variables(read_colours(tree)) + font_variables(read_fonts(tree)) + icon_style() + own).encode()
    }


def read_colours(tree: Tree) -> dict[str, Colour]:
    """Dotted name → colour of every colour token; nothing when the file is missing or cannot be read."""
    found = _read_tokens(tree, "color")
    return {name: colour for name, value in found.items() if (colour := _resolve(value, found)) is not None}


def read_fonts(tree: Tree) -> dict[str, tuple[str, ...]]:
    """Dotted name → font families of every font token, without anything that is no family's name."""
    found = {}
    for name, value in _read_tokens(tree, "fontFamily").items():
        families = value if isinstance(value, list) else [value]
        named = tuple(one for one in families if isinstance(one, str) and _FAMILY.fullmatch(one))
        if named:
            found[name] = named
    return found


def _read_tokens(tree: Tree, kind: str) -> dict[str, object]:
    try:
        raw = json.loads(tree.read(TOKENS))
    except (FileNotFoundError, ValueError):
        return {}
    return dict(_tokens(raw, "", ("", kind))) if isinstance(raw, dict) else {}


def _tokens(group: Mapping[str, object], name: str, kinds: tuple[str, str]) -> Iterator[tuple[str, object]]:
    """Every token below a group that is of the wanted kind; a token's type may stand at a group above it."""
    inherited, wanted = kinds
    kind = str(group.get("$type", inherited))
    if "$value" in group:
        if kind == wanted:
            yield name, group["$value"]
        return
    for key, value in group.items():
        if isinstance(value, dict) and not key.startswith("$"):
            yield from _tokens(value, f"{name}.{key}" if name else key, (kind, wanted))


def _resolve(value: object, known: Mapping[str, object], depth: int = 0) -> Colour | None:
    """A token's value as RGB: an object with `hex` or sRGB components, a hex text, or an alias ``{a.b}``."""
    if isinstance(value, str) and value.startswith("{") and depth < 8:
        return _resolve(known.get(value.strip("{}")), known, depth + 1)
    if isinstance(value, dict):
        if isinstance(value.get("hex"), str):
            return parse_hex(value["hex"])
        parts = value.get("components")
        if value.get("colorSpace") == "srgb" and isinstance(parts, list) and len(parts) == 3:
            return _components(parts)
        return None
    return parse_hex(value) if isinstance(value, str) else None


def _components(parts: list[object]) -> Colour | None:
    numbers = [part for part in parts if isinstance(part, int | float)]
    if len(numbers) != 3:
        return None
    red, green, blue = (round(255 * max(0.0, min(1.0, number))) for number in numbers)
    return red, green, blue


def parse_hex(text: str) -> Colour | None:
    """``#rgb`` or ``#rrggbb``, with or without alpha, which is dropped."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(char * 2 for char in match[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def say_hex(colour: Colour) -> str:
    """``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


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
