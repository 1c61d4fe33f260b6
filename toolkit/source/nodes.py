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
    builder = _Builder(text)
    for event in events:
        builder.take(event)
    return builder.root


class _Builder:
    """Puts events together to a tree, and refuses what front matter must not have."""

    __slots__ = ("keys", "root", "stack", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []  # per open collection: the key that waits for its value

    def take(self, event: yaml.Event) -> None:
        """One event of libyaml's stream."""
        if isinstance(event, yaml.ScalarEvent):
            start, end = _place(event)
            self._refuse_marks(event)
            self._add(Scalar(start, end, event.value, event.implicit[0]))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            raise self._refusal(event, _("aliases (*name) are not allowed; write the value out"))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise NodeError(_("more than one YAML document"), _place(event)[0])

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        start = _place(event)[0]
        self._refuse_marks(event)
        if len(self.stack) >= MAX_DEPTH:
            raise NodeError(_("nested deeper than {max} levels").format(max=MAX_DEPTH), start)
        node = Mapping(start) if isinstance(event, yaml.MappingStartEvent) else Sequence(start)
        self._add(node)
        self.stack.append(node)
        self.keys.append(None)

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        closed = self.stack.pop()
        self.keys.pop()
        # libyaml counts the blank lines below a block collection to it.
        closed.end = closed.start + len(self.text[closed.start : _place(event)[1]].rstrip())

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
        elif isinstance(top := self.stack[-1], Sequence):
            top.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = _key(node, top)
        else:
            top.values[key.text] = node
            self.keys[-1] = None

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            raise self._refusal(event, _("anchors (&name) are not allowed; write the value out"))
        if event.tag is not None:
            raise self._refusal(event, _("tags ({tag}) are not allowed").format(tag=event.tag))

    def _refusal(self, event: yaml.Event, message: str) -> NodeError:
        start, end = _place(event)
        return NodeError(message, start, start + len(self.text[start:end].split("\n", 1)[0].rstrip()))


def _place(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        raise TypeError("a parser's events have marks")
    return start.index, end.index


def _key(node: Node, mapping: Mapping) -> Scalar:
    if not isinstance(node, Scalar):
        raise NodeError(_("a key must be a plain word"), node.start)
    if node.text in mapping.keys:
        raise NodeError(_("the key {key!r} stands here twice; keep one").format(key=node.text), node.start, node.end)
    mapping.keys[node.text] = node
    return node
