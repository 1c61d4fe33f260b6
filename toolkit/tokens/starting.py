"""A token file to begin with: the colours that site and reports have anyway, with the names by which they are found."""

from __future__ import annotations

import json
from collections.abc import Mapping

from toolkit.messages import _
from toolkit.tokens.brand import OURS, ROLES, SERIES_ROLES
from toolkit.tokens.colour import Colour, say_hex
from toolkit.tokens.nouns import SCHEMES

_Group = Mapping[str, object]


def first_tokens() -> str:
    """The text of a `tokens.json` (W3C Design Tokens 2025.10): a colour for every role and series, light and dark.

    As long as nobody changes a value, everything looks as it did without the file.
    """
    roles = {scheme: _group(scheme, tuple(ROLES)) for scheme in SCHEMES}
    chart = {scheme: _group(scheme, SERIES_ROLES) for scheme in SCHEMES}
    what = _("Put the brand's colours in here; site, reports and the rules about colours take them from this file.")
    document = {"$description": what, "color": {"$type": "color", **roles, "chart": chart}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _group(scheme: str, names: tuple[str, ...]) -> _Group:
    return {name: {"$value": _value(OURS[scheme][name])} for name in names}


def _value(colour: Colour) -> _Group:
    """A colour as the Color Module writes it; the hexadecimal form is what people change and compare."""
    return {
        "colorSpace": "srgb",
        "components": [round(part / 255, 4) for part in colour.rgb],
        "hex": say_hex(colour),
    }
