"""YAML that stands in files of its own or in fences of Markdown pages: data beside the prose that explains it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.source.fields import Fields
from toolkit.source.frontmatter import RULE, FrontMatter
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, read_nodes

_FENCE: Final = re.compile(r"(?m)^ {0,3}(`{3,}|~{3,})([^\r\n]*?)[ \t]*\r?$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fence of one kind, at ``start:end`` of the page with its two lines of marks.

    `fields` is None when its YAML cannot be read. More problems come with reading the fields.
    """

    kind: str
    start: int
    end: int
    fields: Fields | None
    problems: list[Problem]


def read_blocks(source: SourceText, kinds: Collection[str]) -> Iterator[Block]:
    """Every fence of one of these kinds (the word behind the backticks), in order."""
    if not any(kind in source.text for kind in kinds):
        return
    for kind, outer, inner in _fences(source.text):
        if kind in kinds:
            problems: list[Problem] = []
            yield Block(kind, *outer, _read(source, *inner, problems), problems)


def read_data(source: SourceText, problems: list[Problem]) -> Fields | None:
    """The keys of a file that is YAML and nothing else; None, with a problem, when it cannot be read."""
    return _read(source, 0, len(source.text), problems)


def _fences(text: str) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Word, offsets of the whole and of the inner lines of every fence; a fence inside a longer one is text."""
    mark, kind, first, start = "", "", 0, 0
    for line in _FENCE.finditer(text):
        fence, rest = line[1], line[2].strip()
        if not mark:
            mark, first, start = fence, line.start(), min(line.end() + 1, len(text))
            kind = (rest.strip("{}").removeprefix(".").split() or [""])[0]
        elif fence[0] == mark[0] and len(fence) >= len(mark) and not rest:
            yield kind, (first, line.end()), (start, line.start())
            mark = ""
    if mark:
        yield kind, (first, len(text)), (start, len(text))


def _read(source: SourceText, start: int, end: int, problems: list[Problem]) -> Fields | None:
    try:
        root = read_nodes(source.text[start:end])
    except NodeError as error:
        span = source.span(start + error.start, start + max(error.start, error.end))
        problems.append(Problem(source.path, span, RULE, Severity.ERROR, str(error)))
        return None
    if _empty(root):
        root = Mapping(0)
    if not isinstance(root, Mapping):
        message = _("keys and values are wanted here, such as owner: anna")
        problems.append(Problem(source.path, source.span(start), RULE, Severity.ERROR, message))
        return None
    return Fields(FrontMatter(source, root, start, end, end), problems)


def _empty(root: Node | None) -> bool:
    return root is None or (isinstance(root, Scalar) and root.empty)
