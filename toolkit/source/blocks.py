"""YAML that stands in files of its own or in fences of Markdown pages: data beside the prose that explains it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, find_fenced
from toolkit.source.fields import Fields
from toolkit.source.frontmatter import RULE, FrontMatter
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, read_nodes
from toolkit.values import dataclass


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
    for block in find_fenced(source.text):
        if block.kind in kinds:
            problems: list[Problem] = []
            fields = _read(source, block.first, block.last, problems)
            yield Block(block.kind, block.start, block.end, fields, problems)


def read_data(source: SourceText, problems: list[Problem]) -> Fields | None:
    """The keys of a file that is YAML and nothing else; None, with a problem, when it cannot be read."""
    return _read(source, 0, len(source.text), problems)


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
