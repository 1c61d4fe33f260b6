"""The brand as site and reports draw it: a colour for every role, in light and in dark, ours where the file has none.

A role is found in the file's `$extensions`, else by its name: `color.light.primary` plays *primary* in light, and
`brand.accent` plays *accent* in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.tokens.colour import Colour, parse_hex
from toolkit.tokens.nouns import SCHEMES, SERIES, Token, Tokens, colour_of
from toolkit.values import dataclass

# Role → the names that such tokens usually have, the best first.
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "primary": ("primary", "brand", "primaer"),
    "on-primary": ("on-primary",),
    "accent": ("accent", "secondary", "akzent"),
    "on-accent": ("on-accent", "on-secondary"),
    "background": ("background",),
    "surface": ("surface",),
    "text": ("text",),
    "text-muted": ("text-muted", "muted"),
    "border": ("border",),
    "link": ("link",),
    "success": ("success",),
    "danger": ("danger",),
}
SERIES_ROLES: Final = tuple(f"series-{number + 1}" for number in range(SERIES))

# primary … danger, then the series.
_OURS: Final[Mapping[str, str]] = {
    "light": "#0b5563 #ffffff #b4490f #ffffff #f7f7f5 #f1f1ee #1d2126 #555b63 #dfe0dc #0b5563 #1e6b45 #a3243b"
    " #0b5563 #b4490f #1e6b45 #a3243b #7a5a00 #555b63",
    "dark": "#7fc4d1 #16181d #f2a65a #16181d #16181d #1e2128 #e8eaed #aab0ba #343943 #7fc4d1 #86d3a8 #f2939f"
    " #7fc4d1 #f2a65a #86d3a8 #f2939f #e2c35c #aab0ba",
}
NAMES: Final = (*ROLES, *SERIES_ROLES)


def _ours(scheme: str) -> dict[str, Colour]:
    found = (parse_hex(text) for text in _OURS[scheme].split())
    return {role: colour for role, colour in zip(NAMES, found, strict=True) if colour is not None}


OURS: Final = {scheme: _ours(scheme) for scheme in SCHEMES}


@dataclass(frozen=True, slots=True)
class Brand:
    """Role → colour, for light and for dark grounds; both have every role of `NAMES`."""

    light: Mapping[str, Colour]
    dark: Mapping[str, Colour]

    def scheme(self, name: str) -> Mapping[str, Colour]:
        """The roles of `light` or `dark`."""
        return self.dark if name == "dark" else self.light


def make_brand(tokens: Tokens) -> Brand:
    """The brand of a token file; roles that it does not have keep ours."""
    light, dark = (
        OURS[scheme] | {role: colour_of(token) for role, token in find_roles(tokens, scheme).items()}
        for scheme in SCHEMES
    )
    return Brand(light, dark)


def find_roles(tokens: Tokens, scheme: str) -> dict[str, Token]:
    """Role → the token that plays it in a scheme; roles that nothing plays are left out."""
    known = {f".{name.casefold()}": tokens.tokens[name] for name in tokens.colours}
    found = {role: token for role, names in ROLES.items() if (token := _by_name(known, scheme, names))}
    found |= {role: token for role in SERIES_ROLES if (token := _by_name(known, scheme, (role,)))}
    found |= dict(zip(SERIES_ROLES, tokens.intent.series.get(scheme, ()), strict=False))
    return found | {role: one for role, one in tokens.intent.roles.get(scheme, {}).items() if role in NAMES}


def _by_name(known: Mapping[str, Token], scheme: str, names: tuple[str, ...]) -> Token | None:
    """The token whose dotted name ends in scheme and role, else in the role alone; never one of the other scheme."""
    other = f".{'dark' if scheme == 'light' else 'light'}."
    for name in names:
        for ending in (f".{scheme}.{name}", f".{name}"):
            for dotted, token in known.items():
                if dotted.endswith(ending) and other not in dotted:
                    return token
    return None
