"""Giving a post the label of its arm: one word more in its front matter, and nothing else moves.

Labels are no part of what is approved, so that dealing posts out voids no approval.
"""

from __future__ import annotations

from toolkit.model import Post
from toolkit.source import Edit, FrontMatter, read_frontmatter
from toolkit.source.entries import line_ending, scalar
from toolkit.source.nodes import Scalar, Sequence
from toolkit.source.writing import append_key

KEY = "labels"


def label_edit(post: Post, label: str) -> Edit | None:
    """The edit that adds a label; None when the post has it already."""
    if label in post.labels:
        return None
    front, _problems = read_frontmatter(post.source)
    node, text = front.node(KEY), front.source.text
    word = scalar(label, flow=True)
    if isinstance(node, Sequence):
        return _into(front, node, word)
    if isinstance(node, Scalar):
        start, end = front.start + node.start, front.start + node.end
        # What stands there alone moves into the list as it is written.
        return Edit(start, end, f"[{text[start:end]}, {word}]" if not node.empty else f" [{word}]")
    return append_key(front, KEY, f"[{word}]")


def _into(front: FrontMatter, node: Sequence, word: str) -> Edit:
    text, start = front.source.text, front.start + node.start
    if not node.items:
        return Edit(start + 1, start + 1, word)
    end = front.start + node.items[-1].end
    if text[start] == "[":
        return Edit(end, end, f", {word}")
    indent = start - (text.rfind("\n", 0, start) + 1)
    after = text.find("\n", end)
    at = len(text[: after if after >= 0 else len(text)].rstrip("\r")) if after >= 0 else len(text)
    return Edit(at, at, f"{line_ending(text)}{' ' * indent}- {word}")
