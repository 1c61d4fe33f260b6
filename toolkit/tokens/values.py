"""Values of tokens: one function per type of the Design Tokens Format Module 2025.10, each strict.

A function takes the node of a `$value` and raises `WrongValueError` with the node that is wrong and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from toolkit.messages import _
from toolkit.tokens.colour import SPACES, Colour, convert, parse_hex
from toolkit.tokens.document import Node
from toolkit.tokens.nouns import Measure, TokenValue, Typography

_FAMILY: Final = re.compile(r"[\w .-]{1,60}")
_WEIGHTS: Final[Mapping[str, int]] = {
    "thin": 100, "hairline": 100, "extra-light": 200, "ultra-light": 200, "light": 300, "normal": 400,
    "regular": 400, "book": 400, "medium": 500, "semi-bold": 600, "demi-bold": 600, "bold": 700,
    "extra-bold": 800, "ultra-bold": 800, "black": 900, "heavy": 900, "extra-black": 950, "ultra-black": 950,
}  # fmt: skip
# The same colour written twice may differ by this much per byte before one of the two is wrong.
_ROUNDING: Final = 1


class WrongValueError(Exception):
    """A value cannot be read; `node` is where."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node


def suggest(name: str, known: Iterable[str]) -> str:
    """`` (did you mean …?)``, or "" when nothing is near."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return _("; did you mean {name}?").format(name=near[0]) if near else ""


def read_members(node: Node, *, needed: tuple[str, ...], allowed: tuple[str, ...] = ()) -> Mapping[str, Node]:
    """The members of an object that has all of `needed` and nothing but these and `allowed`."""
    members = node.members
    known = (*needed, *allowed)
    if members is None:
        raise WrongValueError(node, _("an object with {keys} is expected here").format(keys=", ".join(known)))
    for key in members:
        if key not in known:
            message = _("{key} is not known here{hint}").format(key=repr(key), hint=suggest(key, known))
            raise WrongValueError(Node(node.keys[key], key), message)
    for key in needed:
        if key not in members:
            raise WrongValueError(node, _("{key} is missing").format(key=key))
    return members


def read_number(node: Node, low: float, high: float) -> float:
    """A number from `low` to `high`, both inclusive."""
    number = node.number
    if number is None or not low <= number <= high:
        raise WrongValueError(node, _("a number from {low:g} to {high:g} is expected here").format(low=low, high=high))
    return number


def read_colour(node: Node) -> Colour:
    """A colour object of 2025.10, or the hexadecimal text of older files."""
    if node.text is not None:
        colour = parse_hex(node.text)
        if colour is None:
            raise WrongValueError(node, _("not a colour; write {example}").format(example='"#1e4258"'))
        return colour
    members = read_members(node, needed=("colorSpace", "components"), allowed=("alpha", "hex"))
    space = _one_of(members["colorSpace"], SPACES)
    components = _read_components(members["components"], space)
    alpha = read_number(members["alpha"], 0, 1) if "alpha" in members else 1.0
    found = convert(space, components, alpha)
    return _agree(members["hex"], found, space) if "hex" in members else found


def _read_components(node: Node, space: str) -> tuple[float | None, ...]:
    items = node.items
    if items is None or len(items) != 3:
        raise WrongValueError(node, _("a list of three numbers is expected here"))
    pairs = zip(items, SPACES[space], strict=True)
    return tuple(None if item.text == "none" else read_number(item, low, high) for item, (low, high) in pairs)


def _agree(node: Node, found: Colour, space: str) -> Colour:
    """The colour with the hexadecimal fallback in mind: outside sRGB the brand's own choice counts."""
    text = node.text or ""
    written = parse_hex(text)
    if written is None or len(text) != 7:
        raise WrongValueError(node, _("hex is written with six digits, such as {example}").format(example='"#1e4258"'))
    if space != "srgb":
        return Colour(*written.rgb, found.alpha)
    if any(abs(one - other) > _ROUNDING for one, other in zip(written.rgb, found.rgb, strict=True)):
        message = _("hex says {hex}, the components say {components}; for {hex} write the components {numbers}")
        numbers = [round(part / 255, 4) for part in written.rgb]
        raise WrongValueError(node, message.format(hex=text, components=found.hex[:7], numbers=numbers))
    return found


def _one_of(node: Node, known: Iterable[str]) -> str:
    names = list(known)
    if node.text not in names:
        message = _("one of {names} is expected here{hint}")
        raise WrongValueError(node, message.format(names=", ".join(names), hint=suggest(node.text or "", names)))
    return node.text


def _read_measure(units: tuple[str, ...]) -> Callable[[Node], Measure]:
    def read(node: Node) -> Measure:
        members = read_members(node, needed=("value", "unit"))
        return Measure(read_number(members["value"], -1e6, 1e6), _one_of(members["unit"], units))

    return read


def _read_families(node: Node) -> tuple[str, ...]:
    items = node.items if node.items is not None else [node]
    for item in items:
        if item.text is None or _FAMILY.fullmatch(item.text) is None:
            message = _("a font family is written with letters, digits, spaces, dots and hyphens")
            raise WrongValueError(item, message)
    if not items:
        raise WrongValueError(node, _("at least one font family is expected here"))
    return tuple(item.text for item in items if item.text is not None)


def _read_weight(node: Node) -> float:
    if node.text is not None:
        return float(_WEIGHTS[_one_of(node, _WEIGHTS)])
    return read_number(node, 1, 1000)


def _read_plain_number(node: Node) -> float:
    return read_number(node, -1e9, 1e9)


read_length: Final = _read_measure(("px", "rem"))
# The parts of a typography value, and what each is by itself.
TYPOGRAPHY: Final[Mapping[str, str]] = {
    "fontFamily": "fontFamily",
    "fontSize": "dimension",
    "fontWeight": "fontWeight",
    "letterSpacing": "dimension",
    "lineHeight": "number",
}


def build_typography(parts: Mapping[str, TokenValue]) -> Typography:
    """A typography value from its parts, each read by its own type."""
    family, size, spacing = parts.get("fontFamily"), parts.get("fontSize"), parts.get("letterSpacing")
    weight, height = parts.get("fontWeight"), parts.get("lineHeight")
    return Typography(
        family if isinstance(family, tuple) else None,
        size if isinstance(size, Measure) else None,
        weight if isinstance(weight, float) else None,
        spacing if isinstance(spacing, Measure) else None,
        height if isinstance(height, float) else None,
    )


READERS: Final[Mapping[str, Callable[[Node], TokenValue]]] = {
    "color": read_colour,
    "dimension": read_length,
    "duration": _read_measure(("ms", "s")),
    "fontFamily": _read_families,
    "fontWeight": _read_weight,
    "number": _read_plain_number,
}
# Types of the format that nothing here is drawn from: they may stand in the file and are not looked into.
UNREAD: Final = frozenset({"border", "cubicBezier", "gradient", "shadow", "strokeStyle", "transition"})
TYPES: Final = (*READERS, "typography", *sorted(UNREAD))
