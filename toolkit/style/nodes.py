"""What regular expressions are made of: one frozen dataclass per construct."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """One character."""

    char: str


@dataclass(frozen=True, slots=True)
class Chars:
    r"""A class of characters: escapes such as ``\w``, single characters and ranges (``a-z`` as a pair)."""

    items: tuple[str | tuple[str, str], ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """Any character; a line break only where ``(?s)`` holds."""

    lines: bool = False


@dataclass(frozen=True, slots=True)
class Assertion:
    r"""A place: ``^ $ \b \B \A \z \Z``. `lines` where ``(?m)`` holds."""

    kind: str
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Look-around: ``(?= (?! (?<= (?<!``."""

    kind: str
    node: Node


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `kind` is ``(?:`` or ``(`` or ``(?>``, `name` that of a named one."""

    node: Node
    kind: str = "(?:"
    name: str = ""


@dataclass(frozen=True, slots=True)
class NoCase:
    """What is read without regard to case."""

    node: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node several times; `most` is -1 for no limit, `mode` "" (greedy), "?" (lazy) or "+" (possessive)."""

    node: Node
    least: int
    most: int
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Backreference:
    r"""``\1`` or ``\k<name>``."""

    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Nodes one after the other."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The first of several that fits."""

    nodes: tuple[Node, ...]


Node = Literal | Chars | Dot | Assertion | Look | Group | NoCase | Repeat | Backreference | Sequence | Alternatives


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside `node`."""
    if isinstance(node, Sequence | Alternatives):
        return node.nodes
    if isinstance(node, Look | Group | NoCase | Repeat):
        return (node.node,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything in it."""
    yield node
    for child in children(node):
        yield from walk(child)
