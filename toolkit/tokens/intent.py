"""Our part of `$extensions`: which colour plays which role, what must read on what, what goes together.

::

    "dev.leitstand": {
      "roles": { "light": { "primary": "{color.fjord}" }, "dark": { "primary": "{color.ice}" } },
      "chart": { "light": ["{color.fjord}"], "dark": ["{color.ice}"], "difference": 10 },
      "contrast": { "text": { "minimum": 4.5, "pairs": [["{color.night}", "{color.foam}"]] } },
      "examples": [{ "do": ["{color.foam}", "{color.night}"], "$description": "Text on dark pictures" }],
      "pictures": { "difference": 12 }
    }

Every part may be left out: roles and series are then found by their names (`….light.primary`), pairs by the roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.tokens.aliases import find_alias
from toolkit.tokens.colour import Colour
from toolkit.tokens.contrast import GRAPHICS, LARGE, TEXT
from toolkit.tokens.document import Node, Place
from toolkit.tokens.nouns import PICTURE_DIFFERENCE, SCHEMES, SERIES, Example, Intent, Pair, Token
from toolkit.tokens.values import WrongValueError, read_members, read_number, suggest

# What each kind of pair needs at least; a file may ask for more.
MINIMA: Final[Mapping[str, float]] = {"text": TEXT, "large": LARGE, "graphics": GRAPHICS}
_PARTS: Final = ("roles", "chart", "contrast", "examples", "pictures")
_MOST: Final = 100.0  # CIEDE2000 of black and white
Complaint = tuple[Place, str]


def read_intent(node: Node | None, tokens: Mapping[str, Token], source: SourceText) -> tuple[Intent, list[Complaint]]:
    """What the extension says, part by part; a part that cannot be read is left out and complained about."""
    if node is None:
        return Intent(), []
    reader = _Reader(tokens, source)
    parts = reader.members(node, _PARTS)
    intent = Intent(
        dict(reader.roles(parts.get("roles"))),
        dict(reader.series(parts.get("chart"))),
        tuple(reader.pairs(parts.get("contrast"))),
        tuple(reader.examples(parts.get("examples"))),
        reader.difference(parts.get("chart"), (*SCHEMES, "difference"), 0.0),
        reader.difference(parts.get("pictures"), ("difference",), PICTURE_DIFFERENCE),
    )
    return intent, list(dict.fromkeys(reader.complaints))


class _Reader:
    """Reads the parts; problems are collected, so that one wrong name hides no other."""

    def __init__(self, tokens: Mapping[str, Token], source: SourceText) -> None:
        self.tokens = tokens
        self.source = source
        self.complaints: list[Complaint] = []

    @contextmanager
    def _tolerant(self) -> Iterator[None]:
        """Whatever cannot be read inside is left out and complained about."""
        try:
            yield
        except WrongValueError as problem:
            self.complaints.append((problem.node.place, str(problem)))

    def members(self, node: Node | None, allowed: tuple[str, ...]) -> Mapping[str, Node]:
        """The members of an object with these keys; none of a missing one."""
        with self._tolerant():
            return read_members(node, needed=(), allowed=allowed) if node is not None else {}
        return {}

    def roles(self, node: Node | None) -> Iterator[tuple[str, Mapping[str, Token]]]:
        """Scheme → role → colour."""
        for scheme, own in self.members(node, SCHEMES).items():
            named: dict[str, Token] = {}
            for role, alias in (own.members or {}).items():
                with self._tolerant():
                    named[role] = self._colour(alias)
            yield scheme, named

    def series(self, node: Node | None) -> Iterator[tuple[str, tuple[Token, ...]]]:
        """Scheme → colours of the data series in their order."""
        for scheme, own in self.members(node, (*SCHEMES, "difference")).items():
            if scheme in SCHEMES:
                with self._tolerant():
                    yield scheme, self._colours(own, 1, SERIES)

    def difference(self, node: Node | None, allowed: tuple[str, ...], otherwise: float) -> float:
        """The number called `difference`."""
        with self._tolerant():
            found = self.members(node, allowed).get("difference")
            return otherwise if found is None else read_number(found, 0, _MOST)
        return otherwise

    def pairs(self, node: Node | None) -> Iterator[Pair]:
        """What must read on what."""
        for kind, own in self.members(node, tuple(MINIMA)).items():
            parts = self.members(own, ("minimum", "pairs"))
            minimum = self._minimum(parts.get("minimum"), MINIMA[kind])
            for pair in self._items(parts.get("pairs")):
                with self._tolerant():
                    one, ground = self._colours(pair, 2, 2)
                    yield Pair(one, ground, kind, minimum, self.source.span(*pair.place))

    def _minimum(self, node: Node | None, least: float) -> float:
        with self._tolerant():
            # Less than the law asks for is no setting of a brand.
            return least if node is None else read_number(node, least, 21)
        return least

    def examples(self, node: Node | None) -> Iterator[Example]:
        """Colours that go together, and colours that do not."""
        for item in self._items(node):
            with self._tolerant():
                parts = read_members(item, needed=("$description",), allowed=("do", "dont"))
                good = "do" in parts
                if good == ("dont" in parts):
                    raise WrongValueError(item, _("an example is either do or dont: [colour, ground]"))
                colours = self._colours(parts["do" if good else "dont"], 2, 4)
                reason = parts["$description"].text or ""
                yield Example(colours, good, reason, self.source.span(*item.place))

    def _items(self, node: Node | None) -> list[Node]:
        with self._tolerant():
            if node is not None and node.items is None:
                raise WrongValueError(node, _("a list is expected here"))
        return (node.items or []) if node is not None else []

    def _colours(self, node: Node, least: int, most: int) -> tuple[Token, ...]:
        items = node.items
        if items is None or not least <= len(items) <= most:
            message = _("a list of {least} to {most} colours is expected here")
            raise WrongValueError(node, message.format(least=least, most=most))
        return tuple(self._colour(item) for item in items)

    def _colour(self, node: Node) -> Token:
        """The colour token that an alias names."""
        name = find_alias(node)
        if not name:
            raise WrongValueError(
                node, _("a colour is named here, such as {example}").format(example='"{color.primary}"')
            )
        token = self.tokens.get(name)
        if token is None:
            message = _("there is no token {name}{hint}").format(name=name, hint=suggest(name, self.tokens))
            raise WrongValueError(node, message)
        if not isinstance(token.value, Colour):
            raise WrongValueError(node, _("{name} is no colour").format(name=name))
        return token
