"""The tokens in the files that other programs read: style sheets, Tailwind's theme, swatches of drawing programs.

Every file is made from the tokens that `guidelines/tokens.json` says, the same bytes each time.

=================  ==================================================================================================
``.css``           custom properties: tokens and roles, light and dark
``.json``          the file itself, W3C design tokens (2025.10)
``.scss``          Sass variables and a map of the colours
``.tailwind.css``  `@theme` of Tailwind CSS 4 (tailwindcss.com/docs/theme, namespaces ``--color-*`` and ``--font-*``)
``.ase``           Adobe Swatch Exchange 1.0, as Photoshop, Illustrator, InDesign and Affinity read it
``.gpl``           palette of GIMP, Inkscape and Krita
=================  ==================================================================================================
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from toolkit.tokens.brand import make_brand
from toolkit.tokens.colour import say_hex
from toolkit.tokens.css import css_name, say_families, token_variables, tokens_css
from toolkit.tokens.nouns import Token, Tokens, colour_of

# Blocks of a swatch file: a group begins, a group ends, a colour.
_GROUP, _END, _COLOUR = 0xC001, 0xC002, 0x0001
# A colour that may be changed in one drawing without changing the others that use it.
_NORMAL = 2


def export_tokens(tokens: Tokens, source: bytes, name: str) -> dict[str, bytes]:
    """Ending → bytes of each file; `source` is the token file itself, `name` what programs call the palette."""
    return {
        "css": tokens_css(tokens, make_brand(tokens)).encode(),
        "json": source,
        "scss": _scss(tokens).encode(),
        "tailwind.css": _tailwind(tokens).encode(),
        "ase": _swatches(tokens.palette, name),
        "gpl": _gimp(tokens.palette, name).encode(),
    }


def _scss(tokens: Tokens) -> str:
    variables = {name.removeprefix("--"): value for name, value in token_variables(tokens).items()}
    lines = [f"${name}: {value};\n" for name, value in variables.items()]
    colours = [f'  "{css_name(name)}": {say_hex(colour)},\n' for name, colour in tokens.colours.items()]
    return "".join([*lines, "\n$brand-colors: (\n", *colours, ");\n"])


def _tailwind(tokens: Tokens) -> str:
    lines = [f"  --color-{_last(token)}: {say_hex(colour_of(token))};\n" for token in tokens.palette.values()]
    lines += [f"  --font-{_last_name(name)}: {say_families(families)};\n" for name, families in tokens.fonts.items()]
    return "".join(["@theme {\n", *lines, "}\n"])


def _gimp(palette: Mapping[str, Token], name: str) -> str:
    lines = ["GIMP Palette\n", f"Name: {' '.join(name.split())}\n", "Columns: 4\n", "#\n"]
    for token in palette.values():
        red, green, blue = _bytes(token)
        lines.append(f"{red:3d} {green:3d} {blue:3d}\t{' '.join(token.title.split())}\n")
    return "".join(lines)


def _swatches(palette: Mapping[str, Token], name: str) -> bytes:
    """Blocks of type, length and content; numbers are big-endian, names UTF-16 with a zero behind."""
    blocks = [
        _block(_GROUP, _text(name)),
        *(_block(_COLOUR, _swatch(token)) for token in palette.values()),
        _block(_END, b""),
    ]
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def _swatch(token: Token) -> bytes:
    return _text(token.title) + b"RGB " + struct.pack(">3fH", *(one / 255 for one in _bytes(token)), _NORMAL)


def _block(kind: int, content: bytes) -> bytes:
    return struct.pack(">HI", kind, len(content)) + content


def _text(words: str) -> bytes:
    data = words.encode("utf-16-be") + b"\0\0"
    return struct.pack(">H", len(data) // 2) + data


def _bytes(token: Token) -> tuple[int, int, int]:
    """Red, green and blue as the style sheet says them, from 0 to 255; swatches know no transparency."""
    digits = say_hex(colour_of(token)).removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _last(token: Token) -> str:
    return _last_name(token.name)


def _last_name(name: str) -> str:
    return css_name(name.rpartition(".")[2])
