"""Front matter through python-frontmatter, with a handler that keeps where everything stands.

The split is anchored: the first line must be ``---``, the closing line is the next one that is only ``---``.
"""

from __future__ import annotations

import re
from typing import Final

import frontmatter
from frontmatter.default_handlers import BaseHandler

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, Sequence, read_nodes
from toolkit.values import dataclass

RULE: Final = "front-matter"
_OPEN: Final = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE: Final = re.compile(r"(?<=[\r\n])---[ \t]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The parsed head of a file and the text below it; `start`/`end` enclose the YAML in the file's text."""

    source: SourceText
    root: Mapping | None
    start: int
    end: int
    body_start: int

    @property
    def body(self) -> str:
        return self.source.text[self.body_start :]

    def node(self, key: str) -> Node | None:
        """The value at a dotted key (``media.0.alt``)."""
        node: Node | None = self.root
        for step in key.split(".") if key else ():
            if isinstance(node, Mapping):
                node = node.values.get(step)
            elif isinstance(node, Sequence) and step.isdigit() and int(step) < len(node.items):
                node = node.items[int(step)]
            else:
                return None
        return node

    def offsets(self, key: str) -> tuple[int, int]:
        """Where the value at a dotted key stands in the file's text, else its nearest parent, else the first line."""
        node = self.node(key)
        while key and node is None:
            key = key.rpartition(".")[0]
            node = self.node(key)
        if node is None or not key:
            return 0, len(self.source.text.split("\n", 1)[0].rstrip())
        start, end = self.start + node.start, self.start + node.end
        if end <= start:
            return self.key_offsets(key)
        return start, end

    def key_offsets(self, key: str) -> tuple[int, int]:
        """Where the key itself stands (``alt`` in ``media.0.alt``)."""
        parent, _dot, last = key.rpartition(".")
        node = self.node(parent) if parent else self.root
        if isinstance(node, Mapping) and last in node.keys:
            scalar = node.keys[last]
            return self.start + scalar.start, self.start + scalar.end
        return 0, 0

    def span(self, key: str) -> Span:
        """The lines and columns of `offsets`, cut at the end of the first line."""
        start, end = self.offsets(key)
        line = self.source.text[start:end].split("\n", 1)[0].rstrip()
        return self.source.span(start, start + len(line))

    def key_span(self, key: str) -> Span:
        """The lines and columns of `key_offsets`."""
        return self.source.span(*self.key_offsets(key))


class PlacesHandler(BaseHandler):
    """python-frontmatter's handler interface; remembers the raw offsets that its `parse` drops."""

    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, raw: str) -> None:
        # python-frontmatter turns CRLF into LF before it calls `split`; places count in what stands in the file.
        self.raw = raw
        self.start = self.end = self.body = 0
        self.root: Node | None = None

    def detect(self, text: str) -> bool:
        return _OPEN.match(text) is not None

    def split(self, _text: str) -> tuple[str, str]:
        text = self.raw
        opening = _OPEN.match(text)
        closing = _CLOSE.search(text, opening.end()) if opening else None
        if opening is None or closing is None:
            raise ValueError("no front matter")
        self.start, self.end, self.body = opening.end(), closing.start(), closing.end()
        return text[self.start : self.end], text[self.body :]

    def load(self, fm: str, **_kwargs: object) -> dict[str, Node]:
        self.root = read_nodes(fm)
        return self.root.values if isinstance(self.root, Mapping) else {}


def read_frontmatter(source: SourceText) -> tuple[FrontMatter, list[Problem]]:
    """The front matter of a file; without usable front matter all of the text is body, so nothing is lost."""
    text = source.text
    lead = len(text) - len(text.lstrip())  # frontmatter.parse strips the text first
    handler = PlacesHandler(text[lead:])
    if not handler.detect(text[lead : lead + 64]):
        message = _("no front matter; the first line must be --- and the values follow (leitstand new writes one)")
        return FrontMatter(source, None, 0, 0, 0), [_problem(source, 0, 0, message)]
    try:
        frontmatter.parse(text, handler=handler)
    except NodeError as error:
        start = lead + handler.start
        broken = FrontMatter(source, None, start, lead + handler.end, lead + handler.body)
        return broken, [_problem(source, start + error.start, start + error.end, str(error))]
    if handler.body == 0:
        message = _("front matter is not closed; put a line of --- below it")
        return FrontMatter(source, None, 0, 0, 0), [_problem(source, lead, lead + 3, message)]
    root = handler.root
    if root is None or (isinstance(root, Scalar) and root.empty):
        root = Mapping(0)  # nothing between the lines: readable, and empty
    found = FrontMatter(
        source,
        root if isinstance(root, Mapping) else None,
        lead + handler.start,
        lead + handler.end,
        lead + handler.body,
    )
    problems = []
    if lead:
        problems.append(
            _problem(source, 0, 0, _("front matter must begin in the first line; remove what stands above it"))
        )
    if not isinstance(root, Mapping):
        start = lead + handler.start
        message = _("front matter must be keys and values, such as title: Advent")
        problems.append(_problem(source, start + root.start, start + root.end, message))
    return found, problems


def _problem(source: SourceText, start: int, end: int, message: str) -> Problem:
    line_end = source.text.find("\n", start)
    if line_end >= 0:
        end = min(end, line_end)
    return Problem(source.path, source.span(min(start, len(source.text)), end), RULE, Severity.ERROR, message)
