"""The brand's colours for page and charts: from `guidelines/tokens.json` (W3C design tokens), else our own.

Charts are drawn once for light and dark: colours are CSS variables inside the SVG.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from toolkit.source import Tree
from toolkit.workspace.tokens import read_colours, say_hex

SERIES: Final = 6

_LIGHT: Final = MappingProxyType(
    {
        "primary": "#1f5f8b",
        "accent": "#b4530a",
        "background": "#ffffff",
        "surface": "#f3f5f7",
        "text": "#1b2733",
        "text-muted": "#55626f",
        "border": "#d3dae0",
        "link": "#1f5f8b",
        "success": "#1e6b45",
        "danger": "#a3243b",
        "series-1": "#1f5f8b",
        "series-2": "#b4530a",
        "series-3": "#1e6b45",
        "series-4": "#a3243b",
        "series-5": "#7a5a00",
        "series-6": "#55626f",
    }
)
_DARK: Final = MappingProxyType(
    {
        "primary": "#8cc4e8",
        "accent": "#f0a868",
        "background": "#12181f",
        "surface": "#1c242d",
        "text": "#eef2f5",
        "text-muted": "#aeb9c4",
        "border": "#46525e",
        "link": "#8cc4e8",
        "success": "#86d3a8",
        "danger": "#f2939f",
        "series-1": "#8cc4e8",
        "series-2": "#f0a868",
        "series-3": "#86d3a8",
        "series-4": "#f2939f",
        "series-5": "#e2c35c",
        "series-6": "#aeb9c4",
    }
)


@dataclass(frozen=True, slots=True)
class Brand:
    """Role → hex colour, for light and for dark grounds; both have the same roles."""

    light: Mapping[str, str] = field(default_factory=lambda: _LIGHT)
    dark: Mapping[str, str] = field(default_factory=lambda: _DARK)

    def css(self) -> str:
        """The roles as CSS variables; dark where the reader wants it, light on paper."""
        return f":root{{{_variables(self.light)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{_variables(self.dark)}}}}}"


def read_brand(tree: Tree) -> Brand:
    """The brand's colours; roles that the tokens do not have, or not readably, keep ours."""
    colours = {name: say_hex(colour) for name, colour in read_colours(tree).items()}
    return Brand(_roles(colours, "light", _LIGHT), _roles(colours, "dark", _DARK))


def _roles(colours: Mapping[str, str], ground: str, ours: Mapping[str, str]) -> dict[str, str]:
    """Role → colour: the brand's where it has one, for series the one that is meant for charts, else ours."""
    charts = {role: f"color.chart.{ground}.{role}" for role in ours if role.startswith("series-")}
    named = {role: colours.get(f"color.{ground}.{role}", own) for role, own in ours.items()}
    return {role: colours.get(charts.get(role, ""), colour) for role, colour in named.items()}


def _variables(roles: Mapping[str, str]) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in roles.items())
