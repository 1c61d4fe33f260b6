"""The brand's colours for page and charts: from `guidelines/tokens.json` (W3C design tokens), else our own.

Charts are drawn once for light and dark: colours are CSS variables inside the SVG.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from toolkit.source import Tree

TOKENS: Final = "guidelines/tokens.json"
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
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
    if not tree.exists(TOKENS):
        return Brand()
    try:
        tokens = json.loads(tree.read(TOKENS))
    except ValueError:
        return Brand()
    return Brand(_roles(tokens, "light", _LIGHT), _roles(tokens, "dark", _DARK))


def _roles(tokens: object, ground: str, ours: Mapping[str, str]) -> dict[str, str]:
    found = {role: _colour(tokens, f"color.{ground}.{role}") for role in ours}
    series = {role: _colour(tokens, f"color.chart.{ground}.{role}") for role in ours if role.startswith("series-")}
    return {role: series.get(role) or found[role] or own for role, own in ours.items()}


def _colour(tokens: object, path: str, depth: int = 0) -> str:
    """The hex colour at a dotted path, through aliases; "" where there is none."""
    node: object = tokens
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    value = node.get("$value") if isinstance(node, dict) else None
    if isinstance(value, dict):
        value = value.get("hex")
    if not isinstance(value, str) or depth > 8:
        return ""
    if value.startswith("{"):
        return _colour(tokens, value.strip("{}"), depth + 1)
    return value.lower() if _HEX.fullmatch(value) else ""


def _variables(roles: Mapping[str, str]) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in roles.items())
