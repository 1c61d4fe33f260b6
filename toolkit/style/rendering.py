r"""A pattern's tree written down: for RE2 on ASCII texts, for RE2 on all texts, for `regex`, and as a superset.

RE2's ``\w \d \s \b`` know ASCII only, so that ``\bÄpfel\b`` would be lost. On texts of ASCII alone they are right and
quick; for all others the classes are written out, and a ``\b`` at the edge of a pattern becomes the one character that
must stand there (texts are searched between line breaks, so there always is one).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from toolkit.style.nodes import (
    Alternatives,
    Assertion,
    Backreference,
    Chars,
    Dot,
    Group,
    Literal,
    Look,
    NoCase,
    Node,
    Repeat,
    Sequence,
    walk,
)
from toolkit.values import dataclass

# What `regex` counts as \w: letters, marks, decimal digits, letter numbers, connectors, joiners, circled letters.
WORD: Final = (
    r"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\x{200c}\x{200d}"
    r"\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}"
)
_INSIDE: Final = {"\\w": WORD, "\\d": r"\p{Nd}", "\\s": r"\t-\r \x{85}\p{Z}"}
_COMPLEMENTS: Final = frozenset({r"\W", r"\D", r"\S"})
_SPECIAL: Final = frozenset("\\.+*?()|[]{}^$#&-~/\"'`")


class Unsupported(Exception):  # noqa: N818  # no error: the other engine takes the pattern
    """What the engine cannot do."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes what engines write differently."""

    chars: Callable[[Chars], str]
    code: Callable[[str], str]  # a character as an escape
    assertion: Callable[[Assertion], str]
    backtracks: bool = False  # look-around, backreferences, atomic groups, possessive repeats
    drops: bool = False  # leaves out what it cannot do: more texts match, none is lost
    captures: bool = False


def render(node: Node, dialect: Dialect) -> str:
    """`node` in a dialect; raises `Unsupported`."""
    return _RENDER[type(node)](node, dialect)


def _literal(node: Literal, dialect: Dialect) -> str:
    return escape(node.char, dialect)


def escape(char: str, dialect: Dialect) -> str:
    """One character that means itself."""
    if char in _SPECIAL and not char.isalnum():
        return "\\" + char if char in "\\.+*?()|[]{}^$-" else char
    return char if char.isprintable() or char == " " else dialect.code(char)


def _look(node: Look, dialect: Dialect) -> str:
    if dialect.drops:
        return ""
    if not dialect.backtracks:
        raise Unsupported
    return f"{node.kind}{render(node.node, dialect)})"


def _group(node: Group, dialect: Dialect) -> str:
    inner = render(node.node, dialect)
    if node.kind == "(?>" and dialect.backtracks:
        return f"(?>{inner})"
    if node.kind == "(?>" and not dialect.drops:
        raise Unsupported
    if node.kind == "(" and dialect.captures:
        return f"(?P<{node.name}>{inner})" if node.name else f"({inner})"
    return f"(?:{inner})"


def _no_case(node: NoCase, dialect: Dialect) -> str:
    inner = render(node.node, dialect)
    if isinstance(node.node, Literal) and node.node.char.lower() == node.node.char.upper():
        return inner
    return f"(?i:{inner})"


def _repeat(node: Repeat, dialect: Dialect) -> str:
    inner = render(node.node, dialect)
    if isinstance(node.node, Sequence | Alternatives | Assertion | Look | Repeat) or not inner:
        inner = f"(?:{inner})"
    most = "" if node.most < 0 else str(node.most)
    count = {(0, -1): "*", (1, -1): "+", (0, 1): "?"}.get((node.least, node.most)) or f"{{{node.least},{most}}}"
    if node.mode != "+" or dialect.backtracks:
        return f"{inner}{count}{node.mode}"
    if dialect.drops:
        return inner + count
    raise Unsupported


def _reference(node: Backreference, dialect: Dialect) -> str:
    if dialect.drops:
        return r"(?s:.*)"
    if not dialect.backtracks:
        raise Unsupported
    return f"\\{node.name}" if node.name.isdecimal() else f"(?P={node.name})"


def _sequence(node: Sequence, dialect: Dialect) -> str:
    parts = []
    run: list[Node] = []  # neighbours that are read without regard to case share one group
    for child in node.nodes:
        if isinstance(child, NoCase):
            run.append(child.node)
            continue
        parts += [_cased_run(run, dialect), _part(child, dialect)]
        run = []
    return "".join([*parts, _cased_run(run, dialect)])


def _cased_run(run: list[Node], dialect: Dialect) -> str:
    return "(?i:" + "".join(render(node, dialect) for node in run) + ")" if run else ""


def _part(node: Node, dialect: Dialect) -> str:
    inner = render(node, dialect)
    return f"(?:{inner})" if isinstance(node, Alternatives) else inner


_RENDER: Final[dict[type, Callable[..., str]]] = {
    Literal: _literal,
    Chars: lambda node, dialect: dialect.chars(node),
    Dot: lambda node, _dialect: "(?s:.)" if node.lines else r"[^\n]",
    Assertion: lambda node, dialect: dialect.assertion(node),
    Look: _look,
    Group: _group,
    NoCase: _no_case,
    Repeat: _repeat,
    Backreference: _reference,
    Sequence: _sequence,
    Alternatives: lambda node, dialect: "|".join(render(child, dialect) for child in node.nodes),
}


def _code_re2(char: str) -> str:
    return f"\\x{{{ord(char):x}}}"


def _code_regex(char: str) -> str:
    return f"\\U{ord(char):08x}"


def _class_char(char: str, code: Callable[[str], str]) -> str:
    if char in "\\]^-[&~|":
        return "\\" + char
    return char if char.isprintable() else code(char)


def _items(node: Chars, code: Callable[[str], str], named: Callable[[str], str]) -> str:
    parts = []
    for item in node.items:
        if isinstance(item, tuple):
            parts.append(f"{_class_char(item[0], code)}-{_class_char(item[1], code)}")
        else:
            parts.append(_class_char(item, code) if len(item) == 1 else named(item))
    return "".join(parts)


def _chars_ascii(node: Chars) -> str:
    if len(node.items) == 1 and not node.negated and len(node.items[0]) == 2 and node.items[0][0] == "\\":
        return str(node.items[0])
    return f"[{'^' * node.negated}{_items(node, _code_re2, _named_ascii)}]"


def _named_ascii(item: str) -> str:
    return item


def _chars_unicode(node: Chars) -> str:
    if len(node.items) == 1 and node.items[0] in _COMPLEMENTS:
        return f"[{'' if node.negated else '^'}{_INSIDE[str(node.items[0]).lower()]}]"
    return f"[{'^' * node.negated}{_items(node, _code_re2, _named_unicode)}]"


def _named_unicode(item: str) -> str:
    if item in _INSIDE:
        return _INSIDE[item]
    if item in _COMPLEMENTS:
        raise Unsupported  # RE2 has no complement inside a class
    return item


def _chars_coarse(node: Chars) -> str:
    """At least what the class takes: outside ASCII, anything may be a letter, a digit or a blank.

    The classes of Unicode written out make automata of megabytes; these have a dozen states.
    """
    if node.negated:
        return "(?s:.)" if not _COMPLEMENTS.isdisjoint(node.items) else _chars_ascii(node)
    other = "" if _INSIDE.keys().isdisjoint(node.items) else r"\x{80}-\x{10ffff}"
    return f"[{_items(node, _code_re2, _named_ascii)}{other}]"


def _chars_regex(node: Chars) -> str:
    return f"[{'^' * node.negated}{_items(node, _code_regex, lambda item: item)}]"


def _assertion_re2(node: Assertion) -> str:
    if node.kind in {"^", "$"}:
        return f"(?m:{node.kind})" if node.lines else {"^": r"\A", "$": r"\z"}[node.kind]
    if node.kind in {r"\b", r"\B", r"\A", r"\z"}:
        return node.kind
    raise Unsupported


def _assertion_kept(node: Assertion) -> str:
    return node.kind if node.kind == r"\b" else ""


def _assertion_unicode(node: Assertion) -> str:
    if node.kind in {r"\b", r"\B"}:
        raise Unsupported
    return _assertion_re2(node)


def _assertion_regex(node: Assertion) -> str:
    if node.kind in {"^", "$"} and node.lines:
        return f"(?m:{node.kind})"
    return {"^": r"\A", "$": r"(?=\n?\Z)", r"\z": r"\Z", r"\Z": r"(?=\n?\Z)"}.get(node.kind, node.kind)


ASCII: Final = Dialect(_chars_ascii, _code_re2, _assertion_re2)
UNICODE: Final = Dialect(_chars_unicode, _code_re2, _assertion_unicode)
SUPERSET: Final = Dialect(_chars_coarse, _code_re2, lambda _node: "", drops=True)
ASCII_SUPERSET: Final = Dialect(_chars_ascii, _code_re2, _assertion_kept, drops=True)
REGEX: Final = Dialect(_chars_regex, _code_regex, _assertion_regex, backtracks=True)
CAPTURING: Final = Dialect(_chars_regex, _code_regex, _assertion_regex, backtracks=True, captures=True)


def consume(node: Node) -> Node:
    """The pattern with look-around at its edges as what must stand there: it matches more, but in the same texts."""
    return _consume_edge(_consume_edge(node, "(?=", -1), "(?<=", 0)


def _consume_edge(node: Node, kind: str, side: int) -> Node:
    if isinstance(node, Look) and node.kind == kind:
        return Group(node.node)
    if isinstance(node, Group) and node.kind != "(?>":
        return replace(node, node=_consume_edge(node.node, kind, side))
    if isinstance(node, Alternatives):
        return Alternatives(tuple(_consume_edge(child, kind, side) for child in node.nodes))
    if isinstance(node, Sequence) and node.nodes:
        nodes = list(node.nodes)
        nodes[side] = _consume_edge(nodes[side], kind, side)
        return Sequence(tuple(nodes))
    return node


def whole_text(node: Node) -> bool:
    """Whether the pattern asks where the text begins or ends, so that it cannot be searched for in joined texts."""
    return any(
        isinstance(item, Assertion) and not item.lines and item.kind not in {r"\b", r"\B"} for item in walk(node)
    )


def has_anchor(node: Node) -> bool:
    """Whether the pattern asks where a line or the text begins or ends."""
    return any(isinstance(item, Assertion) and item.kind not in {r"\b", r"\B"} for item in walk(node))


def has_group(node: Node) -> bool:
    """Whether the pattern captures anything."""
    return any(isinstance(item, Group) and item.kind == "(" for item in walk(node))
