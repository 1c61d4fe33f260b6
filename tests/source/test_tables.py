"""Values are put into small tables of the front matter, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import SourceText
from toolkit.source import add_to_table, apply_edits, read_frontmatter
from toolkit.source.nodes import Mapping, Scalar
from toolkit.source.tables import remove_line

SLOT = {"mastodon": "2026-12-01 08:00"}


def put(text: str, values: dict[str, str] = SLOT) -> str | None:
    front, _problems = read_frontmatter(SourceText("a.md", text))
    edit = add_to_table(front, "slots", values, after="publish")
    return None if edit is None else apply_edits(text, [edit])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "---\npublish: next\ntitle: A\n---\nText\n",
            "---\npublish: next\nslots: {mastodon: 2026-12-01 08:00}\ntitle: A\n---\nText\n",
        ),
        (
            "---\r\npublish: next # soon\r\n---\r\nText",
            "---\r\npublish: next # soon\r\nslots: {mastodon: 2026-12-01 08:00}\r\n---\r\nText",
        ),
        (
            "---\n{publish: next, title: A}\n---\n",
            "---\n{publish: next, slots: {mastodon: 2026-12-01 08:00}, title: A}\n---\n",
        ),
        ("---\npublish: next\nslots: {}\n---\n", "---\npublish: next\nslots: {mastodon: 2026-12-01 08:00}\n---\n"),
        ("---\npublish: next\nslots:\n---\n", "---\npublish: next\nslots: {mastodon: 2026-12-01 08:00}\n---\n"),
        (
            "---\npublish: next\nslots: {x: 2026-12-02 09:00}\n---\n",
            "---\npublish: next\nslots: {mastodon: 2026-12-01 08:00, x: 2026-12-02 09:00}\n---\n",
        ),
        (
            "---\npublish: next\nslots:\n  x: 2026-12-02 09:00\n---\n",
            "---\npublish: next\nslots:\n  mastodon: 2026-12-01 08:00\n  x: 2026-12-02 09:00\n---\n",
        ),
    ],
)
def test_values_are_put_in(before: str, after: str) -> None:
    """Into a table in one line or in several, an empty one, or a new one below its neighbour."""
    assert put(before) == after


@pytest.mark.parametrize("text", ["Text\n", "---\ntitle: A\n---\n", "---\npublish: next\nslots: [a]\n---\n"])
def test_where_no_table_can_be(text: str) -> None:
    """Without front matter, without the neighbour, or over a list nothing is put."""
    assert put(text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\na: 1\nslots: {x: 1} # why\nb: 2\n---\nText\n", "---\na: 1\nb: 2\n---\nText\n"),
        ("---\r\nslots: {x: 1}\r\nb: 2\r\n---\r\n", "---\r\nb: 2\r\n---\r\n"),
        ("---\nb: 2\nslots:\n---\n", "---\nb: 2\n---\n"),
        ("---\nslots:\n  x: 1\n---\n", None),
        ("---\n{slots: {x: 1}, b: 2}\n---\n", None),
        ("---\nb: 2\n---\n", None),
    ],
)
def test_a_line_is_taken_out(before: str, after: str | None) -> None:
    """The whole line and nothing else; where the key has no line to itself nothing is touched."""
    front, _problems = read_frontmatter(SourceText("a.md", before))
    edit = remove_line(front, "slots")
    assert (None if edit is None else apply_edits(before, [edit])) == after


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(values=st.dictionaries(NAMES, NAMES, min_size=1, max_size=3), block=st.booleans(), old=st.booleans())
def test_what_is_put_in_is_read_back(values: dict[str, str], *, block: bool, old: bool) -> None:
    """Whatever the names and values are, the reader finds them, and what stood there before."""
    there = ("slots:\n  old one: 1\n" if block else "slots: {old one: 1}\n") if old else ""
    text = put(f"---\npublish: next\n{there}title: A\n---\nText\n", values)
    assert text is not None
    front, problems = read_frontmatter(SourceText("a.md", text))
    if "old one" in values and old:
        return  # a key twice is refused by the reader
    assert problems == []
    assert front.root is not None
    table = front.root.values["slots"]
    assert isinstance(table, Mapping)
    found = {key: node.text for key, node in table.values.items() if isinstance(node, Scalar)}
    assert found == values | ({"old one": "1"} if old else {})
    assert front.body == "Text\n"
