"""JSON that remembers where everything stands, so that a problem can point at it.

The standard library's reader tells no places and takes the last of two equal keys. This one refuses duplicate keys,
NaN, lone surrogates, too much text and too much depth before anything is made of them.
"""

from __future__ import annotations

import re
from dataclasses import field
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from math import isfinite
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 32

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Place = tuple[int, int]  # offsets, the end exclusive
Value = str | float | bool | None | list["Node"] | dict[str, "Node"]


class JsonError(Exception):
    """The text is not the JSON we take; `place` says where."""

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.place: Place = (start, start if end is None else end)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the document with its place; of an object also the places of its keys."""

    place: Place
    value: Value
    keys: dict[str, Place] = field(default_factory=dict)

    @property
    def text(self) -> str | None:
        """The value if it is a text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> float | None:
        """The value if it is a number."""
        return self.value if isinstance(self.value, float) else None

    @property
    def items(self) -> list[Node] | None:
        """The value if it is a list."""
        return self.value if isinstance(self.value, list) else None

    @property
    def members(self) -> dict[str, Node] | None:
        """The value if it is an object."""
        return self.value if isinstance(self.value, dict) else None


def read_document(text: str) -> Node:
    """The one value that `text` is. Raises `JsonError`."""
    reader = _Reader(text)
    found, at = reader.read(reader.skip(0), 0)
    if (rest := reader.skip(at)) < len(text):
        raise JsonError(_("the file goes on after its end; remove what stands behind the last brace"), rest)
    return found


class _Reader:
    """Recursive descent; every method takes an offset and answers with what it read and where that ends."""

    def __init__(self, text: str) -> None:
        self.text = text

    def skip(self, at: int) -> int:
        """The next offset that is no white space."""
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def read(self, at: int, depth: int) -> tuple[Node, int]:
        """The value that begins at `at`."""
        if depth > MAX_DEPTH:
            raise JsonError(_("nested deeper than {max} levels").format(max=MAX_DEPTH), at)
        match self.text[at : at + 1]:
            case "{":
                return self._object(at, depth)
            case "[":
                return self._list(at, depth)
            case '"':
                value, end = self._string(at)
                return Node((at, end), value), end
            case _:
                return self._plain(at)

    def _plain(self, at: int) -> tuple[Node, int]:
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, at):
                return Node((at, at + len(word)), meaning), at + len(word)
        found = _NUMBER.match(self.text, at)
        if found is None:
            raise self._unexpected(at)
        number = float(found[0])
        if not isfinite(number):
            raise JsonError(_("the number {number} is too large").format(number=found[0][:20]), at, found.end())
        return Node((at, found.end()), number), found.end()

    def _unexpected(self, at: int) -> JsonError:
        if at >= len(self.text):
            return JsonError(_("the file ends too early; a bracket or a value is missing"), at)
        char = self.text[at]
        message = _("{char} is not expected here; texts stand in double quotes, nothing stands after the last comma")
        return JsonError(message.format(char=repr(char)), at, at + 1)

    def _string(self, at: int) -> tuple[str, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            message = _("not a valid text: {what}").format(what=error.msg.lower())
            raise JsonError(message, min(error.pos, len(self.text))) from None
        if _SURROGATE.search(value):
            raise JsonError(_("half of a surrogate pair is no character"), at, end)
        return value, end

    def _object(self, start: int, depth: int) -> tuple[Node, int]:
        node = Node((start, start), {})
        members = node.members
        at = self.skip(start + 1)
        while members is not None and self.text[at : at + 1] != "}":
            at = self._member(node, members, at, depth)
        return Node((start, at + 1), members, node.keys), at + 1

    def _member(self, node: Node, members: dict[str, Node], at: int, depth: int) -> int:
        if self.text[at : at + 1] != '"':
            raise self._unexpected(at)
        key, end = self._string(at)
        if key in members:
            raise JsonError(_("{key} stands here twice; remove one").format(key=repr(key)), at, end)
        node.keys[key] = (at, end)
        members[key], after = self.read(self.skip(self._past(":", end)), depth + 1)
        return self._next(after, "}")

    def _list(self, start: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        at = self.skip(start + 1)
        while self.text[at : at + 1] != "]":
            item, after = self.read(at, depth + 1)
            items.append(item)
            at = self._next(after, "]")
        return Node((start, at + 1), items), at + 1

    def _next(self, at: int, closing: str) -> int:
        """Where the next member begins, or the closing bracket stands."""
        at = self.skip(at)
        if self.text[at : at + 1] == closing:
            return at
        after = self.skip(self._past(",", at))
        if self.text[after : after + 1] == closing:
            raise JsonError(_("nothing follows this comma; remove it"), at, at + 1)
        return after

    def _past(self, char: str, at: int) -> int:
        at = self.skip(at)
        if self.text[at : at + 1] != char:
            if at >= len(self.text):
                raise self._unexpected(at)
            raise JsonError(_("here a {char} is missing").format(char=repr(char)), at, at + 1)
        return at + 1
