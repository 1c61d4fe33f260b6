r"""Word boundaries at the edges of a pattern, written for an engine that knows none outside ASCII.

``\b(?:Äpfel|Birnen)\b`` becomes ``\W(?:Äpfel|Birnen)\W`` with Unicode classes: the match is what lies between the two
characters. That is the same where every branch begins and ends in a word character (or surely in none, which needs a
word character beside it); everything else is `Unsupported` and goes to the other engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from itertools import groupby
from typing import Final

from toolkit.style.nodes import Alternatives, Assertion, Chars, Group, Literal, NoCase, Node, Repeat, Sequence, walk
from toolkit.style.rendering import SUPERSET, UNICODE, WORD, Dialect, Unsupported, render

_BOUNDARY: Final = r"\b"


class Edge(Enum):
    """What a match begins or ends with."""

    WORD = "word"
    OTHER = "other"


_ANY: Final = "(?s:.)"
_BESIDE: Final = {Edge.WORD: f"[^{WORD}]", Edge.OTHER: f"[{WORD}]", None: _ANY}
# No letter of ASCII beside a word: many more places, and an automaton a thousand times smaller.
_NEAR: Final = {Edge.WORD: r"\W", Edge.OTHER: _ANY, None: _ANY}


def bounded(node: Node) -> str:
    """The pattern for RE2 with one character on each side of the match; raises `Unsupported`."""
    return _write(node, UNICODE, _BESIDE)


def nearly_bounded(node: Node) -> str:
    """Like `bounded`, for a first look: found wherever the pattern is, and in some more places; raises `Unsupported`."""
    return _write(node, SUPERSET, _NEAR)


def _write(node: Node, dialect: Dialect, beside: Mapping[Edge | None, str]) -> str:
    lead, core, trail = _split(settle(node))
    parts = []
    for (first, last), group in groupby(_flatten(core), lambda branch: _edges(branch, lead=lead, trail=trail)):
        inner = "|".join(render(_bare(branch), dialect) for branch in group)
        parts.append(f"{beside[first]}(?:{inner}){beside[last]}")
    return "|".join(parts)


def separate(node: Node) -> bool:
    """Whether two matches never touch: every one is a word with a boundary on each side."""
    try:
        lead, core, trail = _split(node)
        edges = [_edges(branch, lead=lead, trail=trail) for branch in _flatten(core)]
    except Unsupported:
        return False
    return all(pair == (Edge.WORD, Edge.WORD) for pair in edges)


def settle(node: Node) -> Node:
    r"""The pattern without boundaries inside it that say nothing more: ``am\b\s*\bseen`` is ``am\s+seen``."""
    if not isinstance(node, Sequence):
        return node
    nodes = list(node.nodes)
    at = 1
    while at < len(nodes) - 1:
        if _is_boundary(nodes[at]) and _needless(nodes, at):
            del nodes[at]
        else:
            at += 1
    return Sequence(tuple(nodes))


def _needless(nodes: list[Node], at: int) -> bool:
    """Whether the boundary at `at` always holds; blanks after it that were optional become required."""
    after = nodes[at + 1]
    try:
        left = _edge(Sequence(tuple(nodes[:at])), -1)
        if isinstance(after, Repeat) and after.least == 0 and at + 2 < len(nodes):
            beyond = nodes[at + 2 + _is_boundary(nodes[at + 2]) :]
            if left is Edge.WORD and _edge(after.node, 0) is Edge.OTHER and _edge(Sequence(tuple(beyond)), 0) is left:
                nodes[at + 1] = replace(after, least=1)
                return True
        return left is not _edge(Sequence(tuple(nodes[at + 1 :])), 0)
    except Unsupported:
        return False


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


def _bare(branch: Node) -> Node:
    """The branch without boundaries at its ends."""
    nodes = list(branch.nodes) if isinstance(branch, Sequence) else [branch]
    if len(nodes) > 1 and _is_boundary(nodes[0]):
        nodes = nodes[1:]
    if len(nodes) > 1 and _is_boundary(nodes[-1]):
        nodes = nodes[:-1]
    return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))


def _edges(branch: Node, *, lead: bool, trail: bool) -> tuple[Edge | None, Edge | None]:
    """What a branch begins and ends with, where a boundary stands there: its own, or that of all branches."""
    bare = _bare(branch)
    if any(isinstance(item, Assertion) and item.kind in {r"\b", r"\B"} for item in walk(bare)):
        raise Unsupported
    nodes = branch.nodes if isinstance(branch, Sequence) else (branch,)
    if not nodes:  # an empty branch has no characters beside which others could stand
        raise Unsupported
    lead = lead or _is_boundary(nodes[0])
    trail = trail or _is_boundary(nodes[-1])
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
