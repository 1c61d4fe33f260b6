"""Giving a post the label of its arm: one word more in its front matter, and nothing else moves.

Labels are no part of what is approved, so that dealing posts out voids no approval.
"""

from __future__ import annotations

from toolkit.model import Post
from toolkit.source import Edit, read_frontmatter
from toolkit.source.words import add_word

KEY = "labels"


def label_edit(post: Post, label: str) -> Edit | None:
    """The edit that adds a label; None when the post has it already."""
    if label in post.labels:
        return None
    front, _problems = read_frontmatter(post.source)
    return add_word(front, KEY, label)
