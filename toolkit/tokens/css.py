"""Tokens as CSS variables: every token as ``--brand-…``, every role as ``--…`` in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.tokens.brand import Brand
from toolkit.tokens.colour import Colour, say_hex
from toolkit.tokens.nouns import Measure, Token, Tokens, Typography

_GENERIC: Final = frozenset(
    {"serif", "sans-serif", "monospace", "system-ui", "ui-monospace", "ui-serif", "ui-sans-serif"}
)
# The dark half applies where the reader wants it; paper is always light.
_DARK: Final = "@media screen and (prefers-color-scheme:dark)"


def css_name(token: str) -> str:
    """A token's name as part of a CSS variable's."""
    return re.sub(r"[^\w]+", "-", token.casefold()).strip("-")


def token_variables(tokens: Tokens) -> dict[str, str]:
    """CSS variable → value of every token that CSS can say."""
    return {name: value for token in tokens.tokens.values() for name, value in _variables(token, css_name(token.name))}


def _variables(token: Token, name: str) -> Iterator[tuple[str, str]]:
    match token.value:
        case Colour() as colour:
            yield f"--brand-{name}", say_hex(colour)
        case Measure() as measure:
            yield f"--brand-{name}", _measure(measure)
        case tuple() as families:
            yield f"--brand-{name}", say_families(families)
        case float() as number:
            yield f"--brand-{name}", f"{number:g}"
        case Typography() as style:
            yield from ((f"--brand-{name}-{part}", value) for part, value in _typography(style))
        case None:
            return


def _typography(style: Typography) -> Iterator[tuple[str, str]]:
    if style.family is not None:
        yield "font-family", say_families(style.family)
    if style.size is not None:
        yield "font-size", _measure(style.size)
    if style.weight is not None:
        yield "font-weight", f"{style.weight:g}"
    if style.spacing is not None:
        yield "letter-spacing", _measure(style.spacing)
    if style.height is not None:
        yield "line-height", f"{style.height:g}"


def _measure(measure: Measure) -> str:
    return f"{measure.amount:g}{measure.unit}"


def say_families(families: tuple[str, ...]) -> str:
    """Font families as CSS writes them. The reader's device is asked for them; nothing is loaded."""
    return ", ".join(one if one in _GENERIC else f'"{one}"' for one in families)


def say_variables(variables: Mapping[str, str]) -> str:
    """Declarations on one line."""
    return "".join(f"{name}:{value};" for name, value in variables.items())


def role_variables(roles: Mapping[str, Colour]) -> dict[str, str]:
    """CSS variable → value of every role."""
    return {f"--{role}": say_hex(colour) for role, colour in roles.items()}


def brand_css(brand: Brand) -> str:
    """The roles as CSS variables; dark where the reader wants it, light on paper."""
    light, dark = (say_variables(role_variables(roles)) for roles in (brand.light, brand.dark))
    return f":root{{{light}}}\n{_DARK}{{:root{{{dark}}}}}"


def tokens_css(tokens: Tokens, brand: Brand) -> str:
    """A style sheet for any page: tokens and roles, one declaration a line."""
    light = {**token_variables(tokens), **role_variables(brand.light)}
    dark = role_variables(brand.dark)
    return f":root {{\n{_lines(light, 1)}}}\n{_DARK} {{\n  :root {{\n{_lines(dark, 2)}  }}\n}}\n"


def _lines(variables: Mapping[str, str], depth: int) -> str:
    return "".join(f"{'  ' * depth}{name}: {value};\n" for name, value in variables.items())
