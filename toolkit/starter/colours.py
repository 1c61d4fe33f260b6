"""A token file with the brand's own colour: it is moved, in each scheme, just so far that text in it and on it reads."""

from __future__ import annotations

import json

from toolkit.messages import _
from toolkit.tokens import BLACK, TOKENS, WHITE, Colour, contrast, make_brand, read_tokens, readable, say_hex
from toolkit.tokens.starting import first_tokens

# Roles that are the brand's own; everything else keeps the colours that it has without a file.
_ITS_OWN = ("primary", "link")


def brand_tokens(colour: Colour) -> str:
    """The text of `guidelines/tokens.json` for a brand of this colour."""
    document = json.loads(first_tokens())
    brand = make_brand(read_tokens(TOKENS, first_tokens().encode())[0])
    for scheme in ("light", "dark"):
        known = brand.scheme(scheme)
        own = readable(colour, known["background"], known["surface"])
        for role in _ITS_OWN:
            document["color"][scheme][role] = {"$value": _value(own)}
        document["color"][scheme]["on-primary"] = {"$value": _value(_writing(own))}
        document["color"]["chart"][scheme]["series-1"] = {"$value": _value(own)}
    document["color"]["logo"] = {
        "$value": _value(colour),
        "$description": _("The brand's colour as it is, for logo and pictures."),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _writing(ground: Colour) -> Colour:
    return max((WHITE, BLACK), key=lambda one: contrast(one, ground))


def _value(colour: Colour) -> dict[str, object]:
    parts = [round(part / 255, 4) for part in colour.rgb]
    return {"colorSpace": "srgb", "components": parts, "hex": say_hex(colour)}
