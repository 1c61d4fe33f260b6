"""The nouns of a token file: tokens with their values, and what the brand says about using them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.model import Span
from toolkit.tokens.colour import Colour
from toolkit.values import dataclass

TOKENS: Final = "guidelines/tokens.json"
RULE: Final = "tokens"
# Our part of `$extensions`, by the reversed domain that the format asks for.
EXTENSION: Final = "dev.leitstand"

SCHEMES: Final = ("light", "dark")
SERIES: Final = 6  # data series that a chart can show
# How much a picture may be from the brand's colours (CIEDE2000, weighted by share), unless the file says it.
PICTURE_DIFFERENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A length (px, rem) or a time (ms, s)."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Typography:
    """How a kind of text is set; None where the file leaves it open."""

    family: tuple[str, ...] | None = None
    size: Measure | None = None
    weight: float | None = None
    spacing: Measure | None = None
    height: float | None = None  # of a line, in font sizes


# None stands for a type that the format knows and nobody here needs, such as a shadow.
TokenValue = Colour | Measure | Typography | tuple[str, ...] | float | None


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `name` is dotted; `span` is the place of its value; `alias` the token that it names, "" for a value."""

    name: str
    kind: str
    value: TokenValue
    span: Span
    description: str = ""
    alias: str = ""
    deprecated: str | None = None  # why, "" without a reason, None while it is in use

    @property
    def title(self) -> str:
        """What people call it: the description up to its first colon, else the last part of the name."""
        title, colon, _use = self.description.partition(": ")
        return title if colon else self.name.rpartition(".")[2]

    @property
    def use(self) -> str:
        """What it is for: the description behind its first colon, or all of it."""
        title, colon, use = self.description.partition(": ")
        return use if colon else title


@dataclass(frozen=True, slots=True)
class Pair:
    """One colour on another, as the file names them. `kind` is text, large or graphics."""

    one: Token
    ground: Token
    kind: str
    minimum: float
    span: Span


@dataclass(frozen=True, slots=True)
class Example:
    """Colours that go together, or do not, and why."""

    colours: tuple[Token, ...]
    good: bool
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Intent:
    """What the brand wants with its tokens; each part is empty where the file does not say it."""

    roles: Mapping[str, Mapping[str, Token]] = field(default_factory=dict)  # scheme → role
    series: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)  # scheme → in the charts' order
    pairs: tuple[Pair, ...] = ()
    examples: tuple[Example, ...] = ()
    series_difference: float = 0.0  # CIEDE2000 that any two series must have
    picture_difference: float = PICTURE_DIFFERENCE


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything of one file that could be read, in the file's order."""

    tokens: Mapping[str, Token] = field(default_factory=dict)
    intent: Intent = field(default_factory=Intent)

    @property
    def colours(self) -> dict[str, Colour]:
        """Dotted name → colour."""
        return {name: one.value for name, one in self.tokens.items() if isinstance(one.value, Colour)}

    @property
    def palette(self) -> dict[str, Token]:
        """The colours that are a value of their own and still in use, without aliases."""
        used = {name: one for name, one in self.tokens.items() if not one.alias and one.deprecated is None}
        return {name: one for name, one in used.items() if isinstance(one.value, Colour)}

    @property
    def fonts(self) -> dict[str, tuple[str, ...]]:
        """Dotted name → font families."""
        return {name: one.value for name, one in self.tokens.items() if isinstance(one.value, tuple)}

    def group(self, name: str) -> dict[str, Token]:
        """The tokens below a group, by their whole names."""
        return {one: token for one, token in self.tokens.items() if one.startswith(f"{name}.")}


def colour_of(token: Token) -> Colour:
    """The colour of a token that the reader found to be one; raises `TypeError` for another."""
    if not isinstance(token.value, Colour):
        raise TypeError(token.name)
    return token.value
