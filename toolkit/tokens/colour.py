"""Colours: as bytes of sRGB, as hexadecimal text, and from every colour space that design tokens know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from toolkit.values import dataclass

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")

_ANY: Final = (-1000.0, 1000.0)
_SHARE: Final = (0.0, 1.0)
_PERCENT: Final = (0.0, 100.0)
_TURN: Final = (0.0, 360.0)
_PLENTY: Final = (0.0, 1000.0)
Range = tuple[float, float]
# Colour space → what each component may be (Design Tokens Color Module 2025.10, 4.2); what that leaves open ends at 1000.
SPACES: Final[Mapping[str, tuple[Range, Range, Range]]] = {
    **dict.fromkeys(
        ("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020", "xyz-d65", "xyz-d50"),
        (_SHARE, _SHARE, _SHARE),
    ),
    **dict.fromkeys(("hsl", "hwb"), (_TURN, _PERCENT, _PERCENT)),
    "lab": (_PERCENT, _ANY, _ANY),
    "lch": (_PERCENT, _PLENTY, _TURN),
    "oklab": (_SHARE, _ANY, _ANY),
    "oklch": (_SHARE, _PLENTY, _TURN),
}
# How CSS Color 4 writes them, which is what coloraide reads; and the unit of the second and third component.
_CSS: Final[Mapping[str, tuple[str, str]]] = {
    "hsl": ("hsl({} {} {})", "%"),
    "hwb": ("hwb({} {} {})", "%"),
    "lab": ("lab({} {} {})", ""),
    "lch": ("lch({} {} {})", ""),
    "oklab": ("oklab({} {} {})", ""),
    "oklch": ("oklch({} {} {})", ""),
}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of sRGB: three bytes, and how opaque it is, from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255."""
        return self.red, self.green, self.blue

    @property
    def hex(self) -> str:
        """``#rrggbb``, and two digits more where it is not opaque."""
        return say_hex(self)


WHITE: Final = Colour(255, 255, 255)
BLACK: Final = Colour(0, 0, 0)


def parse_hex(text: str) -> Colour | None:
    """``#rgb``, ``#rgba``, ``#rrggbb`` or ``#rrggbbaa``; None for anything else."""
    if _HEX.fullmatch(text) is None:
        return None
    digits = text[1:] if len(text) > 5 else "".join(char * 2 for char in text[1:])
    red, green, blue, alpha = (int(f"{digits}ff"[at : at + 2], 16) for at in (0, 2, 4, 6))
    return Colour(red, green, blue, round(alpha / 255, 4))


def say_hex(colour: Colour) -> str:
    """``#rrggbb``, and two digits more where the colour is not opaque."""
    opaque = "#{:02x}{:02x}{:02x}".format(*colour.rgb)
    return opaque if colour.alpha >= 1 else f"{opaque}{round(colour.alpha * 255):02x}"


@lru_cache(maxsize=4096)
def convert(space: str, components: tuple[float | None, ...], alpha: float = 1.0) -> Colour:
    """The colour as sRGB, the nearest one where sRGB does not have it (CSS Color 4). None stands for ``none``."""
    if space == "srgb":
        return _from_shares([part or 0.0 for part in components], alpha)
    from coloraide import Color

    form, unit = _CSS.get(space, (f"color({space} {{}} {{}} {{}})", ""))
    units = ("", unit, unit)
    written = ["none" if part is None else f"{part:.10g}{of}" for part, of in zip(components, units, strict=True)]
    found = Color(form.format(*written)).convert("srgb").fit(method="oklch-chroma")
    return _from_shares(found.coords(nans=False), alpha)


def _from_shares(parts: Sequence[float], alpha: float) -> Colour:
    red, green, blue = (round(255 * max(0.0, min(1.0, part))) for part in parts)
    return Colour(red, green, blue, alpha)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with a `share` of `other` in it, from 0 to 1, byte by byte; opaque."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one.rgb, other.rgb, strict=True))
    return Colour(red, green, blue)
