"""The brand's design tokens: colours and fonts of `guidelines/tokens.json` (W3C design tokens), for site and reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.source import Tree

TOKENS: Final = "guidelines/tokens.json"
Colour = tuple[int, int, int]  # red, green, blue, 0 to 255

_FAMILY: Final = re.compile(r"[\w .-]{1,60}")
_HEX: Final = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?")
_DEEPEST: Final = 8  # aliases that name aliases


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
        return dict(_tokens(raw, "", ("", kind))) if isinstance(raw, dict) else {}
    except (FileNotFoundError, ValueError, RecursionError):
        return {}


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
    if isinstance(value, str) and value.startswith("{") and depth < _DEEPEST:
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
