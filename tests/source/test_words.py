"""A word more in a list of front matter moves nothing else."""

from __future__ import annotations

import pytest

from toolkit.model import SourceText
from toolkit.source import apply_edits, read_frontmatter
from toolkit.source.words import add_word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("labels: [a, b]  # c\n", "labels: [a, b, neu]  # c\n"),
        ("labels: []\n", "labels: [neu]\n"),
        ("labels:\n", "labels: [neu]\n"),
        ("labels: a\n", "labels: [a, neu]\n"),
        ('labels: "a, b"\n', 'labels: ["a, b", neu]\n'),
        ("labels:\n  - a\n  - b  # c\nlate: ask\n", "labels:\n  - a\n  - b  # c\n  - neu\nlate: ask\n"),
        ("labels:\n- a\n", "labels:\n- a\n- neu\n"),
        ("labels:\r\n  - a\r\ntitle: T\r\n", "labels:\r\n  - a\r\n  - neu\r\ntitle: T\r\n"),
        ("title: T\n", "title: T\nlabels: [neu]\n"),
        ("{title: T, labels: [a]}\n", "{title: T, labels: [a, neu]}\n"),
        ("{title: T}\n", "{title: T, labels: [neu]}\n"),
    ],
)
def test_a_word_more(before: str, after: str) -> None:
    """In the style of the list, behind the comment of its last line; a single value becomes a list of two."""
    front, _problems = read_frontmatter(SourceText("", f"---\n{before}---\nText\n"))
    assert apply_edits(front.source.text, [add_word(front, "labels", "neu")]) == f"---\n{after}---\nText\n"
