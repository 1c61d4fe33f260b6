"""Edits of small tables in front matter, such as ``slots: {mastodon: 2026-12-01 08:00}``. Nothing else moves."""

from __future__ import annotations

from collections.abc import Mapping as Values

from toolkit.source.entries import scalar
from toolkit.source.frontmatter import FrontMatter
from toolkit.source.nodes import Mapping, Scalar
from toolkit.source.writing import Edit


def add_to_table(front: FrontMatter, name: str, values: Values[str, str], *, after: str) -> Edit | None:
    """An edit that puts `values` first into the table `name`; a new one stands in one line below the key `after`.

    What stands in the table already stays. None when there is no front matter to put it into, no key `after`, or
    something else than a table there.
    """
    if front.root is None:
        return None
    node = front.root.values.get(name)
    if isinstance(node, Mapping):
        return _into(front, node, values)
    if isinstance(node, Scalar) and node.empty:
        colon = front.source.text.index(":", front.key_offsets(name)[1]) + 1
        return Edit(colon, colon, f" {_flow(values)}")
    if node is not None or after not in front.root.values:
        return None
    return _new(front, f"{name}: {_flow(values)}", after)


def remove_line(front: FrontMatter, name: str) -> Edit | None:
    """An edit that takes out the key `name` with its line; None where it shares the line or needs several."""
    if front.root is None or name not in front.root.values:
        return None
    text, (key, key_end), (start, end) = front.source.text, front.key_offsets(name), front.offsets(name)
    first, last = text.rfind("\n", 0, key) + 1, text.find("\n", max(key_end, start, end - 1)) + 1
    alone = not text[first:key].strip() and "\n" not in text[key : max(key_end, end)].rstrip()
    flow = text[front.start + front.root.start] == "{"
    return Edit(first, last, "") if alone and last and not flow else None


def insert_below(front: FrontMatter, line: str, after: str) -> Edit | None:
    """An edit that puts ``key: value`` below the key `after`; None where there is no such key."""
    if front.root is None or after not in front.root.values:
        return None
    return _new(front, line, after)


def _new(front: FrontMatter, line: str, after: str) -> Edit:
    text, (start, end) = front.source.text, front.offsets(after)
    root = front.root
    if root is not None and text[front.start + root.start] == "{":
        return Edit(end, end, f", {line}")
    key = front.key_offsets(after)[0]
    indent = text[text.rfind("\n", 0, key) + 1 : key]
    stop = text.index("\n", max(start, end - 1)) + 1
    return Edit(stop, stop, f"{indent}{line}{_ending(text)}")


def _into(front: FrontMatter, node: Mapping, values: Values[str, str]) -> Edit:
    text, start = front.source.text, front.start + node.start
    if text[start] == "{":
        return Edit(start + 1, start + 1, _pairs(values) + (", " if node.values else ""))
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    lines = (f"{scalar(key)}: {scalar(value)}{_ending(text)}{indent}" for key, value in values.items())
    return Edit(start, start, "".join(lines))


def _flow(values: Values[str, str]) -> str:
    return "{" + _pairs(values) + "}"


def _pairs(values: Values[str, str]) -> str:
    return ", ".join(f"{scalar(key, flow=True)}: {scalar(value, flow=True)}" for key, value in values.items())


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
