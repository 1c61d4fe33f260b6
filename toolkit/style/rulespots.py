"""Where in a file an example or a pattern of a rule stands: looked up only when it is wrong, so that no reading pays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.model import SourceText, Span
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, Sequence, read_nodes
from toolkit.style.blocks import find_blocks
from toolkit.style.pattern import check_compiles
from toolkit.style.rule import StyleRule
from toolkit.style.syntax import PatternError

# Keys whose values are patterns; of tables, such as `swap`, the keys are.
_PATTERNS: Final = ("tokens", "raw", "swap", "either", "first", "second", "token", "exceptions", "match")
_LONGEST: Final = 1 << 20  # characters, as rules are read


def example_span(text: str, style: StyleRule, key: str, number: int) -> Span:
    """The place of an example (`key` is ``good`` or ``bad``) in the file's text; of the rule where it is not found."""
    start, rule = _rule_node(text, style)
    found = list(_scalars(rule.values.get(key))) if rule is not None else []
    return _span(text, style, start, found[number]) if number < len(found) else rule_span(style)


def pattern_span(text: str, style: StyleRule) -> Span:
    """The place of the first pattern that no engine takes, from where it cannot be read; of the rule where all can."""
    start, rule = _rule_node(text, style)
    for node in _patterns(rule) if rule is not None else ():
        if (at := _wrong_at(node.text)) is not None:
            return _span(text, style, start, node, at)
    return rule_span(style)


def rule_span(style: StyleRule) -> Span:
    """The first line of the rule."""
    return Span(style.line, 1, style.line, 1)


def _rule_node(text: str, style: StyleRule) -> tuple[int, Mapping | None]:
    """Where the rule's YAML begins in the file, and its table."""
    blocks = find_blocks(text) if style.path.endswith(".md") else [(0, text)]
    for start, block in blocks:
        first = text.count("\n", 0, start) + 1
        if first <= style.line <= first + block.count("\n"):
            try:
                node = read_nodes(block, longest=_LONGEST)
            except NodeError:
                continue
            if isinstance(node, Mapping):
                return start, node
    return 0, None


def _patterns(rule: Mapping) -> Iterator[Scalar]:
    for key in _PATTERNS:
        value = rule.values.get(key)
        if isinstance(value, Mapping):
            yield from value.keys.values()
        else:
            yield from _scalars(value)


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Scalar))


def _wrong_at(pattern: str) -> int | None:
    """From where a pattern cannot be read; None where an engine takes it."""
    try:
        check_compiles(pattern)
    except PatternError as error:
        return error.at
    return None


def _span(text: str, style: StyleRule, start: int, node: Scalar, at: int = 0) -> Span:
    """The scalar, from `at` on where its text stands in the file as it is."""
    first, last = start + node.start, start + node.end
    inside = text.find(node.text, first, last)
    first = inside + min(at, len(node.text)) if at and inside >= 0 else first
    return SourceText(style.path, text).span(min(first, last), last)
