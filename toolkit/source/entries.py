"""Edits of lists in YAML: put an entry in, in the place of another, or take one out. Nothing else moves.

Entries are small tables such as ``{by: leitung, at: …, hash: …}``. An entry that replaces another keeps its style:
block stays block, flow stays flow, and comments stay where they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Table
from typing import Final

from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, Sequence, read_nodes
from toolkit.source.writing import Edit
from toolkit.values import dataclass

Entry = Table[str, "str | tuple[str, ...]"]

# What JSON leaves as it is but YAML takes for a line break or does not allow.
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(text: str, *, flow: bool = False) -> str:
    """`text` as a YAML scalar: plain where a parser reads the same text back, else in double quotes."""
    if text and _reads_back(text, flow=flow):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _reads_back(text: str, *, flow: bool) -> bool:
    try:
        root = read_nodes(f"{{k: {text}, z: z}}" if flow else f"k: {text}\n")
    except NodeError:
        return False
    if not isinstance(root, Mapping) or list(root.values) != (["k", "z"] if flow else ["k"]):
        return False
    value = root.values["k"]
    return isinstance(value, Scalar) and value.plain and not value.empty and value.text == text


@dataclass(frozen=True, slots=True)
class Entries:
    """The list at `node` of a file's `text`; the offsets of `node` count from `base`."""

    text: str
    base: int
    node: Sequence

    def append(self, entry: Entry) -> Edit:
        """Put `entry` last."""
        if not self.node.items:
            at = self.base + self.node.start + 1
            return Edit(at, at, flow_entry(entry))
        last = self.node.items[-1]
        end = self._end(last)
        if self._opens(self.node, "["):
            return Edit(end, end, ", " + flow_entry(entry))
        end, indent = _line_end(self.text, end), self._column(self.node)
        return Edit(end, end, f"{line_ending(self.text)}{' ' * indent}- {self._styled(entry, last, indent + 2)}")

    def replace(self, index: int, entry: Entry) -> Edit:
        """Put `entry` in the place of the one at `index`."""
        item = self.node.items[index]
        return Edit(self.base + item.start, self._end(item), self._styled(entry, item, self._column(item)))

    def remove(self, index: int) -> Edit:
        """Take the entry at `index` out with its lines or its comma."""
        item = self.node.items[index]
        start, end = self.base + item.start, self._end(item)
        if self._opens(self.node, "["):
            if index:
                return Edit(self._end(self.node.items[index - 1]), end, "")
            comma = re.compile(r"\s*,\s*").match(self.text, end)
            return Edit(start, comma.end() if comma else end, "")
        dash = self.text.rindex("-", 0, start)
        line_end = _line_end(self.text, end)
        return Edit(_line_start(self.text, dash), min(line_end + len(line_ending(self.text)), len(self.text)), "")

    def _styled(self, entry: Entry, like: Node, indent: int) -> str:
        block = isinstance(like, Mapping) and not self._opens(like, "{")
        return block_entry(entry, indent, line_ending(self.text)) if block else flow_entry(entry)

    def _end(self, node: Node) -> int:
        """Where the node's last value ends; libyaml counts comments below a block to the block."""
        inner: list[Node] = []
        if isinstance(node, Mapping) and not self._opens(node, "{"):
            inner = list(node.values.values())
        elif isinstance(node, Sequence) and not self._opens(node, "["):
            inner = node.items
        return self._end(inner[-1]) if inner else self.base + node.end

    def _opens(self, node: Node, bracket: str) -> bool:
        return self.text[self.base + node.start] == bracket

    def _column(self, node: Node) -> int:
        offset = self.base + node.start
        return offset - _line_start(self.text, offset)


def flow_entry(entry: Entry) -> str:
    """``{by: leitung, hash: sha256:…}``."""
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in entry.items()) + "}"


def block_entry(entry: Entry, indent: int, ending: str = "\n") -> str:
    """One line per key, all but the first behind `indent` spaces."""
    lines = (f"{key}: {_value(value) if isinstance(value, tuple) else scalar(value)}" for key, value in entry.items())
    return (ending + " " * indent).join(lines)


def line_ending(text: str) -> str:
    """The line ending that a file uses."""
    return "\r\n" if "\r\n" in text else "\n"


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(scalar(word, flow=True) for word in value) + "]"
    return scalar(value, flow=True)


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    match = re.compile(r"[\r\n]|\Z").search(text, offset)
    return match.start() if match else len(text)
