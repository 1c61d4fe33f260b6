"""The brand for charts: the series' colours in their order for seaborn, and the style of axes and text for matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.tokens.brand import SERIES_ROLES, Brand
from toolkit.tokens.colour import say_hex

# matplotlib's setting → the role that colours it.
_STYLE: Final[Mapping[str, str]] = {
    "text.color": "text",
    "axes.labelcolor": "text-muted",
    "axes.edgecolor": "border",
    "axes.titlecolor": "text",
    "xtick.color": "text-muted",
    "ytick.color": "text-muted",
    "xtick.labelcolor": "text",
    "ytick.labelcolor": "text",
    "grid.color": "border",
}
_GROUNDS: Final = ("figure.facecolor", "axes.facecolor", "savefig.facecolor")


def chart_palette(brand: Brand, scheme: str) -> list[str]:
    """The colours of the data series in their order, as hexadecimal text; what `seaborn.set_palette` takes."""
    roles = brand.scheme(scheme)
    return [say_hex(roles[role]) for role in SERIES_ROLES]


def chart_style(colour_of: Callable[[str], str]) -> dict[str, str]:
    """The settings of matplotlib for text, axes and grid; `colour_of` says what stands for a role."""
    return {setting: colour_of(role) for setting, role in _STYLE.items()}


def matplotlib_style(brand: Brand, scheme: str) -> dict[str, str]:
    """`chart_style` in the brand's own colours, with the ground: for `matplotlib.rc_context` and mplstyle files."""
    roles = brand.scheme(scheme)
    grounds = dict.fromkeys(_GROUNDS, say_hex(roles["background"]))
    return {**grounds, **chart_style(lambda role: say_hex(roles[role]))}
