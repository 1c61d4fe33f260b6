"""YAML front matter as a small tree of scalars that keep their places, built from libyaml's events.

Events, not the YAML constructor: depth, size, anchors, aliases, tags and duplicate keys are refused before anything
is built, and every scalar stays the text that stands in the file (``12:30`` and ``NO`` are never silent surprises).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import yaml

from toolkit.messages import _

MAX_CHARS: Final = 65_536
MAX_DEPTH: Final = 20

# libyaml's parser where PyYAML was built with it; the Python one gives the same events, slower.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NodeError(Exception):
    """The YAML cannot be used; `start` and `end` are offsets into it."""

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.start = start
        self.end = start if end is None else end


class Node:
    """Something that stands at ``start:end`` of the YAML text."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Scalar(Node):
    """A text as written; `plain` when it has no quotes, so that ``null`` and ``~`` can mean nothing."""

    __slots__ = ("plain", "text")

    def __init__(self, start: int, end: int, text: str, plain: bool) -> None:
        super().__init__(start, end)
        self.text = text
        self.plain = plain

    @property
    def empty(self) -> bool:
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, start: int) -> None:
        super().__init__(start, start)
        self.items: list[Node] = []


class Mapping(Node):
    """Keys, where they stand, and their values, in the file's order."""

    __slots__ = ("keys", "values")

    def __init__(self, start: int) -> None:
        super().__init__(start, start)
        self.keys: dict[str, Scalar] = {}
        self.values: dict[str, Node] = {}


def read_nodes(text: str) -> Node | None:
    """The tree of one YAML document; None when it is empty. Raises `NodeError`."""
    if len(text) > MAX_CHARS:
        raise NodeError(_("front matter longer than {max} characters").format(max=MAX_CHARS), MAX_CHARS)
    try:
        return _build(yaml.parse(text, Loader=_LOADER), text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "?"
        raise NodeError(
            _("not valid YAML: {what}").format(what=what), min(mark.index, len(text)) if mark else 0
        ) from None
    except yaml.reader.ReaderError as error:
        raise NodeError(_("not valid YAML: {what}").format(what=error.reason), _reader_place(text, error)) from None
    except (UnicodeError, RecursionError) as error:
        raise NodeError(_("not valid YAML: {what}").format(what=error), 0) from None


def _reader_place(text: str, error: yaml.reader.ReaderError) -> int:
    """Where the character stands that YAML forbids; libyaml and PyYAML count this place differently."""
    for index, char in enumerate(text):
        if ord(char) == error.character or (not char.isprintable() and char not in "\t\r\n\x85\u2028\u2029"):
            return index
    return 0


def _build(events: Iterator[yaml.Event], text: str) -> Node | None:
    root: Node | None = None
    stack: list[Sequence | Mapping] = []
    keys: list[Scalar | None] = []  # per open collection: the key that waits for its value
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse(event, text)
            node: Node = Scalar(event.start_mark.index, event.end_mark.index, event.value, event.implicit[0])
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse(event, text)
            if len(stack) >= MAX_DEPTH:
                start = event.start_mark.index
                raise NodeError(_("nested deeper than {max} levels").format(max=MAX_DEPTH), start)
            node = (
                Mapping(event.start_mark.index) if kind is yaml.MappingStartEvent else Sequence(event.start_mark.index)
            )
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed = stack.pop()
            keys.pop()
            closed.end = _block_end(text, closed.start, event.end_mark.index)
            continue
        elif kind is yaml.AliasEvent:
            _refuse(event, text)
        elif kind is yaml.DocumentStartEvent and root is not None:
            raise NodeError(_("more than one YAML document"), event.start_mark.index)
        else:
            continue
        if not stack:
            root = node
        elif isinstance(top := stack[-1], Sequence):
            top.items.append(node)
        elif (key := keys[-1]) is None:
            keys[-1] = _key(node, top)
        else:
            top.values[key.text] = node
            keys[-1] = None
        if isinstance(node, Sequence | Mapping):
            stack.append(node)
            keys.append(None)
    return root


def _key(node: Node, mapping: Mapping) -> Scalar:
    if not isinstance(node, Scalar):
        raise NodeError(_("a key must be a plain word"), node.start)
    if node.text in mapping.keys:
        raise NodeError(_("the key {key!r} stands here twice; keep one").format(key=node.text), node.start, node.end)
    mapping.keys[node.text] = node
    return node


def _block_end(text: str, start: int, end: int) -> int:
    """The end of a block collection without the blank lines that libyaml counts to it."""
    return start + len(text[start:end].rstrip())


def _refuse(event: yaml.Event, text: str) -> None:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        message = _("aliases (*name) are not allowed; write the value out")
    elif event.anchor is not None:
        message = _("anchors (&name) are not allowed; write the value out")
    else:
        message = _("tags ({tag}) are not allowed").format(tag=event.tag)
    raise NodeError(message, start, start + len(text[start:end].split("\n", 1)[0].rstrip()))
