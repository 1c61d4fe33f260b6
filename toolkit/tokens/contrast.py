"""How well two colours can be told from each other: contrast for reading (WCAG 2.1), difference for the eye (CIEDE2000)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from toolkit.tokens.colour import BLACK, WHITE, Colour, mix

# WCAG 2.1: 1.4.3 for text and for large text (from 24 px, or bold from 18.66 px), 1.4.11 for lines and shapes.
TEXT: Final = 4.5
LARGE: Final = 3.0
GRAPHICS: Final = 3.0

Lab = tuple[float, float, float]


def contrast(one: Colour, ground: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1). What is not opaque is seen on its ground, the ground on white."""
    below = _over(ground, WHITE)
    # Three lines of our own: coloraide, which says the same, takes longer to import than everything else to check.
    light, dark = sorted((luminance(_over(one, below)), luminance(below)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=8192)
def luminance(colour: Colour) -> float:
    """Relative luminance of an opaque colour, 0 to 1 (WCAG 2.1, with the threshold of IEC 61966-2-1)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour.rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _over(colour: Colour, ground: Colour) -> Colour:
    return colour if colour.alpha >= 1 else mix(ground, colour, colour.alpha)


def readable(colour: Colour, *grounds: Colour, minimum: float = TEXT) -> Colour:
    """`colour`, moved towards black or white just so far that it reads on every one of `grounds`."""
    pole = BLACK if min(map(luminance, grounds)) > 0.18 else WHITE
    for step in range(41):
        mixed = mix(colour, pole, step / 40)
        if min(contrast(mixed, ground) for ground in grounds) >= minimum:
            return mixed
    return pole


@lru_cache(maxsize=8192)
def find_lab(colour: Colour) -> Lab:
    """CIELAB under D65: lightness 0 to 100, a and b."""
    from coloraide import Color

    light, a, b = Color(_over(colour, WHITE).hex).convert("lab-d65").coords(nans=False)
    return light, a, b


@lru_cache(maxsize=65_536)
def lab_difference(one: Lab, other: Lab) -> float:
    """CIEDE2000 of two CIELAB colours; 1 is what a trained eye just sees, 100 black on white."""
    from coloraide import Color

    return float(Color("lab-d65", one).delta_e(Color("lab-d65", other), method="2000"))


def difference(one: Colour, other: Colour) -> float:
    """CIEDE2000 of two colours."""
    return lab_difference(find_lab(one), find_lab(other))


def nearest(colour: Colour, among: Iterable[Colour]) -> tuple[Colour, float]:
    """The colour of `among` that is most like `colour`, and how far away it is; raises `ValueError` without any."""
    return min(((one, difference(colour, one)) for one in among), key=lambda found: found[1])


def weighted_difference(parts: Sequence[tuple[float, float]]) -> float:
    """The mean of differences, each weighted by its share: ``(share, difference)``; 0 for nothing."""
    total = sum(share for share, _difference in parts)
    return sum(share * distance for share, distance in parts) / total if total else 0.0
