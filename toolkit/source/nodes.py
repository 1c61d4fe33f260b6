"""YAML front matter as a small tree of scalars that keep their places, built from libyaml's events.

Events, not the YAML constructor: depth, size, anchors, aliases, tags and duplicate keys are refused before anything
is built, and every scalar stays the text that stands in the file (``12:30`` and ``NO`` are never silent surprises).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml

from toolkit.messages import _
from toolkit.source.remedies import remedy

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
        self.start = start
        self.end = end
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


def read_nodes(text: str, *, longest: int = MAX_CHARS) -> Node | None:
    """The tree of one YAML document; None when it is empty. Raises `NodeError`, also for more than `longest` characters."""
    if len(text) > longest:
        raise NodeError(_("front matter longer than {max} characters").format(max=longest), longest)
    try:
        return _Builder(text).build()
    except yaml.MarkedYAMLError as error:
        raise _refusal(error, text) from None
    except yaml.reader.ReaderError as error:
        raise NodeError(_("not valid YAML: {what}").format(what=error.reason), _reader_place(text, error)) from None
    except (UnicodeError, RecursionError) as error:
        raise NodeError(_("not valid YAML: {what}").format(what=error), 0) from None


def _refusal(error: yaml.MarkedYAMLError, text: str) -> NodeError:
    what = error.problem or error.context or "?"
    # What is never closed is best shown where it is opened.
    open_end = what.endswith("end of stream") and error.context_mark is not None
    mark = error.context_mark if open_end else error.problem_mark or error.context_mark
    place = min(mark.index, len(text)) if mark else 0
    said = _("not valid YAML: {what}").format(what=what)
    meant = remedy(what, text[place : place + 1])
    return NodeError(f"{meant} ({said})" if meant else said, place)


def _reader_place(text: str, error: yaml.reader.ReaderError) -> int:
    """Where the character stands that YAML forbids; libyaml and PyYAML count this place differently."""
    for index, char in enumerate(text):
        if ord(char) == error.character or (not char.isprintable() and char not in "\t\r\n\x85\u2028\u2029"):
            return index
    return 0


class _Builder:
    """Puts events together to a tree, and refuses what front matter must not have.

    The innermost loop of everything that reads posts: hence the table of methods and the few calls per event.
    """

    __slots__ = ("key", "root", "stack", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.key: Scalar | None = None  # of the innermost mapping, which waits for its value

    def build(self) -> Node | None:
        """The tree of the whole text."""
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._refuse,
            yaml.DocumentStartEvent: self._document,
        }
        loader = _LOADER(self.text)
        try:
            while (event := loader.get_event()) is not None:
                method = take.get(type(event))
                if method is not None:
                    method(event)
        finally:
            loader.dispose()
        return self.root

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        node = Scalar(event.start_mark.index, event.end_mark.index, event.value, event.implicit[0])
        self._add(node)

    def _open(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        start = event.start_mark.index
        if len(self.stack) >= MAX_DEPTH:
            raise NodeError(_("nested deeper than {max} levels").format(max=MAX_DEPTH), start)
        node = Mapping(start) if type(event) is yaml.MappingStartEvent else Sequence(start)
        self._add(node)
        self.stack.append(node)

    def _close(self, event: Any) -> None:
        closed = self.stack.pop()
        # libyaml counts the blank lines below a block collection to it.
        closed.end = closed.start + len(self.text[closed.start : event.end_mark.index].rstrip())

    def _document(self, event: Any) -> None:
        if self.root is not None:
            raise NodeError(_("more than one YAML document"), event.start_mark.index)

    def _add(self, node: Node) -> None:
        top = self.stack[-1] if self.stack else None
        if type(top) is Mapping:
            if self.key is None:
                self.key = _key(node, top)
            else:
                top.values[self.key.text] = node
                self.key = None
        elif type(top) is Sequence:
            top.items.append(node)
        else:
            self.root = node

    def _refuse(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            message = _("aliases (*name) are not allowed; write the value out")
        elif event.anchor is not None:
            message = _("anchors (&name) are not allowed; write the value out")
        else:
            message = _("tags ({tag}) are not allowed").format(tag=event.tag)
        start, end = event.start_mark.index, event.end_mark.index
        raise NodeError(message, start, start + len(self.text[start:end].split("\n", 1)[0].rstrip()))


def _key(node: Node, mapping: Mapping) -> Scalar:
    if not isinstance(node, Scalar):
        raise NodeError(_("a key must be a plain word"), node.start)
    if node.text in mapping.keys:
        raise NodeError(_("the key {key!r} stands here twice; keep one").format(key=node.text), node.start, node.end)
    mapping.keys[node.text] = node
    return node
