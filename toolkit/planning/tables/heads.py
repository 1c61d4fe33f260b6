"""The edits that give values of a front matter other words; everything beside them keeps its bytes."""

from __future__ import annotations

from collections.abc import Mapping as Table

from toolkit.planning.tables.columns import FRONT, ORDER, Column
from toolkit.planning.tables.forms import Kind, split_words
from toolkit.source import Edit, FrontMatter, set_key
from toolkit.source.entries import Entries, flow_entry, line_ending, scalar
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence
from toolkit.source.writing import append_key
from toolkit.values import dataclass


def head_edits(front: FrontMatter, changes: Table[str, tuple[Column, str]]) -> list[Edit]:
    """The edits for the columns of `changes` (name → column and new cell); front matter and media only."""
    head = _Head(front)
    edits = [head.set(column.name, text) for column, text in changes.values() if column.medium is None]
    for number in sorted({column.medium for column, _text in changes.values() if column.medium is not None}):
        wanted = {column.alt: text for column, text in changes.values() if column.medium == number}
        edits += head.set_medium(number, wanted.get(False), wanted.get(True))
    return edits


@dataclass(frozen=True, slots=True)
class _Head:
    front: FrontMatter

    @property
    def text(self) -> str:
        return self.front.source.text

    def set(self, key: str, cell: str) -> Edit:
        """Give a top-level key a value, or take the key out."""
        node = self.front.node(key)
        if not cell:
            return self._remove(key, node)
        value = self._written(FRONT[key], cell, node)
        if isinstance(node, Sequence) or (isinstance(node, Scalar) and node.end > node.start):
            start, end = self.front.start + node.start, self._end(node)
            return Edit(start, end, value)
        if node is None:
            return append_key(self.front, key, value)
        edit = set_key(self.front, key, value)
        if edit is None:  # a table stands where a value belongs; reading it back shows that
            start, end = self.front.offsets(key)
            return Edit(start, end, value)
        return edit

    def _written(self, kind: Kind, cell: str, node: Node | None) -> str:
        """The value as YAML, a list in the style that the file has it in."""
        if kind is not Kind.WORDS:
            return scalar(cell, flow=self._in_flow)
        words = split_words(cell)
        if isinstance(node, Sequence) and node.items and self._char(node) == "-":
            start = self.front.start + node.start
            indent = " " * (start - self._line_start(start))
            return f"{line_ending(self.text)}{indent}".join(f"- {scalar(word)}" for word in words)
        return "[" + ", ".join(scalar(word, flow=True) for word in words) + "]"

    def _remove(self, key: str, node: Node | None) -> Edit:
        start = self.front.key_offsets(key)[0]
        if node is None:
            return Edit(start, start, "")
        if self._in_flow:
            at = self.front.start + node.start
            return Edit(at, self.front.start + node.end, '""' if isinstance(node, Scalar) else "[]")
        newline = self.text.find("\n", self._end(node))
        return Edit(self._line_start(start), len(self.text) if newline < 0 else newline + 1, "")

    def set_medium(self, number: int, file: str | None, alt: str | None) -> list[Edit]:
        """Give a medium another file or description (None: as it is), put a new one last, or take it out."""
        media = self.front.node("media")
        item = self.front.node(f"media.{number}")
        if not isinstance(item, Mapping):
            entry = _medium(file or "", alt or "")
            return [self._add(media, entry)] if entry else []
        if file == "" and (alt == "" or "alt" not in item.values):
            return [self._drop(media, number)]
        edits = [] if file is None else self._point(item, number, file)
        return edits if alt is None else [*edits, self._describe(item, number, alt)]

    def _add(self, media: Node | None, entry: Table[str, str]) -> Edit:
        if isinstance(media, Sequence):
            return Entries(self.text, self.front.start, media).append(entry)
        if media is not None and self.front.offsets("media")[0] != self.front.key_offsets("media")[0]:
            start, end = self.front.offsets("media")
            return Edit(start, end, f"[{flow_entry(entry)}]")
        if media is not None:
            colon = self.text.index(":", self.front.key_offsets("media")[1]) + 1
            return Edit(colon, colon, f" [{flow_entry(entry)}]")
        return append_key(self.front, "media", f"[{flow_entry(entry)}]", f"\n  - {flow_entry(entry)}")

    def _drop(self, media: Node | None, number: int) -> Edit:
        if isinstance(media, Sequence) and len(media.items) > 1:
            return Entries(self.text, self.front.start, media).remove(number)
        return self._remove("media", media)

    def _point(self, item: Mapping, number: int, file: str) -> list[Edit]:
        had = "order" if "order" in item.values else "file"
        wants = "order" if file.startswith(ORDER) else "file"
        start, end = self.front.offsets(f"media.{number}.{had}")
        value = scalar(file.removeprefix(ORDER), flow=self._char(item) == "{")
        key = Edit(*self.front.key_offsets(f"media.{number}.{had}"), wants)
        return [Edit(start, end, value), *([key] if had != wants else [])]

    def _describe(self, item: Mapping, number: int, alt: str) -> Edit:
        key, flow = f"media.{number}.alt", self._char(item) == "{"
        node = item.values.get("alt")
        value = scalar(alt, flow=flow) if alt else '""'
        if isinstance(node, Scalar) and node.end > node.start:
            return Edit(self.front.start + node.start, self._end(node), value)
        if node is not None:
            colon = self.text.index(":", self.front.key_offsets(key)[1]) + 1
            return Edit(colon, colon, f" {value}")
        anchor = next((item.values[name] for name in ("file", "order") if name in item.values), None)
        if flow or anchor is None:
            at = self.front.start + item.start + flow
            return Edit(at, at, f"alt: {value}, " if flow else f"alt: {value}\n")
        start = self.front.start + item.start
        end = self.text.find("\n", self._end(anchor))
        end -= self.text[end - 1] == "\r"
        return Edit(end, end, f"{line_ending(self.text)}{' ' * (start - self._line_start(start))}alt: {value}")

    def _end(self, node: Node) -> int:
        """Where the node's last value ends: blank lines and comments below it are not its own."""
        inner: list[Node] = []
        if isinstance(node, Mapping) and self._char(node) != "{":
            inner = list(node.values.values())
        elif isinstance(node, Sequence) and self._char(node) != "[":
            inner = node.items
        if inner:
            return self._end(inner[-1])
        start, end = self.front.start + node.start, self.front.start + node.end
        return start + len(self.text[start:end].rstrip())

    def _char(self, node: Node) -> str:
        return self.text[self.front.start + node.start]

    @property
    def _in_flow(self) -> bool:
        root = self.front.root
        return root is not None and bool(root.values) and self._char(root) == "{"

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1


def _medium(file: str, alt: str) -> dict[str, str]:
    if not file:
        return {"alt": alt} if alt else {}
    named = {"order": file.removeprefix(ORDER)} if file.startswith(ORDER) else {"file": file}
    return {**named, "alt": alt} if alt else named
