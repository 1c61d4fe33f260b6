"""One word more in a list of front matter, such as ``labels: [advent]``. Nothing else moves."""

from __future__ import annotations

from toolkit.source.entries import line_ending, scalar
from toolkit.source.frontmatter import FrontMatter
from toolkit.source.nodes import Scalar, Sequence
from toolkit.source.writing import Edit, append_key


def add_word(front: FrontMatter, name: str, word: str) -> Edit:
    """The edit that puts `word` last into the list `name`, in the style that the list has; a new key comes last.

    A single value is a list of one. What has another shape stays, and reading the result back shows it.
    """
    node, text = front.node(name), front.source.text
    written = scalar(word, flow=True)
    if isinstance(node, Sequence):
        return _into(front, node, written)
    if isinstance(node, Scalar):
        start, end = front.start + node.start, front.start + node.end
        # What stands there alone moves into the list as it is written.
        return Edit(start, end, f"[{text[start:end]}, {written}]" if not node.empty else f" [{written}]")
    return append_key(front, name, f"[{written}]")


def _into(front: FrontMatter, node: Sequence, word: str) -> Edit:
    text, start = front.source.text, front.start + node.start
    if not node.items:
        return Edit(start + 1, start + 1, word)
    end = front.start + node.items[-1].end
    if text[start] == "[":
        return Edit(end, end, f", {word}")
    indent = start - (text.rfind("\n", 0, start) + 1)
    after = text.find("\n", end)
    at = len(text[:after].rstrip("\r")) if after >= 0 else len(text)
    return Edit(at, at, f"{line_ending(text)}{' ' * indent}- {word}")
