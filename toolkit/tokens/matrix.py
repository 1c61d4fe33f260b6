"""The contrast matrix: every pair that must read, measured; and whether the data series can be told from each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from toolkit.tokens.brand import SERIES_ROLES, find_roles
from toolkit.tokens.colour import Colour
from toolkit.tokens.contrast import GRAPHICS, TEXT, contrast, difference, readable
from toolkit.tokens.nouns import SCHEMES, Pair, Token, Tokens, colour_of
from toolkit.values import dataclass

# What is written on what when the file names no pairs of its own.
_WRITTEN: Final = ("text", "text-muted", "link", "primary", "accent", "success", "danger")
_GROUNDS: Final = ("background", "surface")
_ON: Final = (("on-primary", "primary"), ("on-accent", "accent"))


@dataclass(frozen=True, slots=True)
class Measured:
    """A pair with its contrast ratio."""

    pair: Pair
    ratio: float

    @property
    def passed(self) -> bool:
        """Whether it is enough; nothing is rounded up."""
        return self.ratio >= self.pair.minimum

    @property
    def better(self) -> Colour:
        """The colour nearest to the pair's own that would be enough on this ground."""
        return readable(colour_of(self.pair.one), colour_of(self.pair.ground), minimum=self.pair.minimum)


def measure_pairs(tokens: Tokens) -> list[Measured]:
    """Every pair that the file names, else every pair of roles, with its contrast."""
    # A role of both schemes makes one pair, not two.
    pairs = tokens.intent.pairs or tuple(dict.fromkeys(_role_pairs(tokens)))
    return [Measured(pair, contrast(colour_of(pair.one), colour_of(pair.ground))) for pair in pairs]


def _role_pairs(tokens: Tokens) -> Iterator[Pair]:
    for scheme in SCHEMES:
        roles = find_roles(tokens, scheme)
        wanted = [(one, ground, "text", TEXT) for one in _WRITTEN for ground in _GROUNDS]
        wanted += [(one, ground, "text", TEXT) for one, ground in _ON]
        wanted += [(one, "background", "graphics", GRAPHICS) for one in SERIES_ROLES]
        for one, ground, kind, minimum in wanted:
            if one in roles and ground in roles:
                yield Pair(roles[one], roles[ground], kind, minimum, roles[one].span)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two data series, and how different they are (CIEDE2000)."""

    one: Token
    other: Token
    difference: float


def measure_series(tokens: Tokens, scheme: str) -> list[Alike]:
    """Every two data series that the file names for a scheme, the most alike first."""
    series = tokens.intent.series.get(scheme, ())
    found = [Alike(a, b, difference(colour_of(a), colour_of(b))) for a, b in combinations(series, 2)]
    return sorted(found, key=lambda alike: alike.difference)
