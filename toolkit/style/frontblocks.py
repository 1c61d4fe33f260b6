"""Front matter as blocks: every text at the top level is one, with the scope ``text.frontmatter.KEY``."""

from __future__ import annotations

import re
from typing import Final

from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, read_nodes
from toolkit.style.document import Block, Document, Reading, sections
from toolkit.style.mapped import Mapped, Piece
from toolkit.style.scope import matches

_FRONT: Final = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:([\s\S]*?)\n)??\1[ \t]*(?:\n|\Z)")
_TOML: Final = re.compile(r"""(?m)^([\w-]+)\s*=\s*(["'])(.*?)\2\s*$""")
# What YAML reads as something else than a text.
_OTHER: Final = re.compile(r"(?i)true|false|yes|no|on|off|[-+]?[\d.,_:e+-]+|\d{4}-\d\d?-\d\d?.*")


def read_front(document: Document, reading: Reading) -> int:
    """Add the blocks of the front matter; the answer is where the text below it begins, 0 where there is none."""
    found = _FRONT.match(document.text)
    if found is None:
        return 0
    start, inner = found.start(2), found[2] or ""
    for key, text, at in _toml(inner, start) if found[1] == "+++" else _yaml(inner, start):
        block = Block(sections("text", "frontmatter", key, "md"), _map(text, document.text, at))
        if text.strip() and not matches(reading.ignored, block.sections):
            document.blocks.append(block)
    return found.end()


def _toml(inner: str, start: int) -> list[tuple[str, str, tuple[int, int]]]:
    return [(found[1], found[3], (start + found.start(3), start + found.end(3))) for found in _TOML.finditer(inner)]


def _yaml(inner: str, start: int) -> list[tuple[str, str, tuple[int, int]]]:
    try:
        root: Node | None = read_nodes(inner)
    except NodeError:
        return []  # whoever reads the file says so
    if not isinstance(root, Mapping):
        return []
    return [
        (key, node.text, (start + node.start, start + node.end))
        for key, node in root.values.items()
        if isinstance(node, Scalar) and not node.empty and not (node.plain and _OTHER.fullmatch(node.text))
    ]


def _map(text: str, source: str, span: tuple[int, int]) -> Mapped:
    """The text of a scalar at its place; line by line where it is folded."""
    at = source.find(text, *span)
    if at >= 0:
        return Mapped(text, [Piece(0, len(text), at, len(text))])
    pieces, own, at = [], 0, span[0]
    for line in re.split(r"(?<=\s)", text):
        found = source.find(line.rstrip(), at, span[1])
        if found < 0:
            return Mapped(text, [Piece(0, len(text), span[0], span[1] - span[0])])
        pieces.append(Piece(own, len(line), found, len(line)))
        own, at = own + len(line), found + len(line.rstrip())
    return Mapped(text, pieces)
