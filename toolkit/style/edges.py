r"""Word boundaries at the edges of a pattern, written for an engine that knows none outside ASCII.

``\b(?:Äpfel|Birnen)\b`` becomes ``\W(?:Äpfel|Birnen)\W`` with Unicode classes: the match is what lies between the two
characters. That is the same where every branch begins and ends in a word character (or surely in none, which needs a
word character beside it); everything else is `Unsupported` and goes to the other engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from typing import Final

from toolkit.style.rendering import UNICODE, WORD, Unsupported, render
from toolkit.style.syntax import (
    Alternatives,
    Assertion,
    Chars,
    Group,
    Literal,
    NoCase,
    Node,
    Repeat,
    Sequence,
    walk,
)

_BOUNDARY: Final = r"\b"


class Edge(Enum):
    """What a match begins or ends with."""

    WORD = "word"
    OTHER = "other"


_BESIDE: Final = {Edge.WORD: f"[^{WORD}]", Edge.OTHER: f"[{WORD}]"}


def bounded(node: Node) -> str:
    """The pattern for RE2 with one character on each side of the match; raises `Unsupported`."""
    lead, core, trail = _split(node)
    parts = []
    for (first, last), group in groupby(_flatten(core), lambda branch: _edges(branch, lead=lead, trail=trail)):
        inner = "|".join(render(_bare(branch, lead=lead, trail=trail), UNICODE) for branch in group)
        before = _BESIDE[first] if first else "(?s:.)"
        after = _BESIDE[last] if last else "(?s:.)"
        parts.append(f"{before}(?:{inner}){after}")
    return "|".join(parts)


def _split(node: Node) -> tuple[bool, Node, bool]:
    """Whether the pattern begins and ends with a boundary, and what is between."""
    nodes = list(node.nodes) if isinstance(node, Sequence) else [node]
    lead = bool(nodes) and _is_boundary(nodes[0])
    trail = len(nodes) > lead and _is_boundary(nodes[-1])
    inner = nodes[lead : len(nodes) - trail]
    core: Node = inner[0] if len(inner) == 1 else Sequence(tuple(inner))
    return lead, core, trail


def _flatten(node: Node) -> Iterator[Node]:
    """The branches of `node`, also those inside groups that are nothing but alternatives."""
    if isinstance(node, Group) and node.kind != "(?>":
        yield from _flatten(node.node)
    elif isinstance(node, Alternatives):
        for child in node.nodes:
            yield from _flatten(child)
    else:
        yield node


def _is_boundary(node: Node) -> bool:
    return isinstance(node, Assertion) and node.kind == _BOUNDARY


def _bare(branch: Node, *, lead: bool, trail: bool) -> Node:
    """The branch without boundaries of its own that say the same as the outer ones."""
    nodes = list(branch.nodes) if isinstance(branch, Sequence) else [branch]
    if lead and nodes and _is_boundary(nodes[0]):
        nodes = nodes[1:]
    if trail and nodes and _is_boundary(nodes[-1]):
        nodes = nodes[:-1]
    return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))


def _edges(branch: Node, *, lead: bool, trail: bool) -> tuple[Edge | None, Edge | None]:
    bare = _bare(branch, lead=lead, trail=trail)
    if any(isinstance(item, Assertion) and item.kind in {r"\b", r"\B"} for item in walk(bare)):
        raise Unsupported
    return _edge(bare, 0) if lead else None, _edge(bare, -1) if trail else None


def _edge(node: Node, side: int) -> Edge:
    """What every match of `node` begins (side 0) or ends (-1) with; raises `Unsupported` where it is not always the same."""
    if isinstance(node, Literal):
        return Edge.WORD if node.char.isalnum() or node.char == "_" else Edge.OTHER
    if isinstance(node, Chars):
        return _class_edge(node)
    if isinstance(node, Group | NoCase):
        return _edge(node.node, side)
    if isinstance(node, Repeat) and node.least > 0:
        return _edge(node.node, side)
    if isinstance(node, Alternatives):
        return _common({_edge(child, side) for child in node.nodes})
    if isinstance(node, Sequence) and node.nodes:
        return _sequence_edge(node, side)
    raise Unsupported


def _sequence_edge(node: Sequence, side: int) -> Edge:
    """A part that may be absent lets the next one be the edge as well."""
    found = set()
    for child in node.nodes if side == 0 else reversed(node.nodes):
        optional = isinstance(child, Repeat) and child.least == 0
        found.add(_edge(child.node if isinstance(child, Repeat) else child, side))
        if not optional:
            return _common(found)
    raise Unsupported


def _common(found: set[Edge]) -> Edge:
    if len(found) != 1:
        raise Unsupported
    return found.pop()


def _class_edge(node: Chars) -> Edge:
    if node.negated:
        raise Unsupported
    found = set()
    for item in node.items:
        if isinstance(item, tuple):
            found.add(_range_edge(*item))
        elif len(item) == 1:
            found.add(Edge.WORD if item.isalnum() or item == "_" else Edge.OTHER)
        else:
            found.add(_NAMED.get(item))
    if None in found or len(found) != 1:
        raise Unsupported
    return found.pop() or Edge.OTHER


def _range_edge(low: str, high: str) -> Edge | None:
    if (low.isdigit() and high.isdigit()) or (low.islower() and high.islower()) or (low.isupper() and high.isupper()):
        return Edge.WORD
    return Edge.OTHER if high < "0" else None


_NAMED: Final = {
    r"\w": Edge.WORD,
    r"\d": Edge.WORD,
    r"\s": Edge.OTHER,
    r"\W": Edge.OTHER,
    r"\p{L}": Edge.WORD,
    r"\p{Lu}": Edge.WORD,
    r"\p{Ll}": Edge.WORD,
    r"\p{N}": None,
}
