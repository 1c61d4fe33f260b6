"""YAML in fences of Markdown pages and in files of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Problem, SourceText
from toolkit.source.blocks import read_blocks, read_data

LINES = st.lists(
    st.sampled_from(["```no-go", "```", "~~~", "````", "``` no-go", "a: b", "- x", "a: [", "Text", "", "\r"])
)


def test_every_fence_of_the_kind_is_read_with_its_places() -> None:
    """Backticks or tildes, a space before the word, braces around it; other fences are somebody else's."""
    text = "```rule\na: 1\n```\n\n``` no-go\na: 2\n```\n\n~~~~ {.no-go}\r\na: 3\r\n~~~~\r\n"
    found = list(read_blocks(SourceText("p.md", text), ("no-go",)))
    assert [block.fields.text("a") for block in found if block.fields] == ["2", "3"]
    assert [block.fields.front.span("a").line for block in found if block.fields] == [6, 10]


def test_a_fence_that_is_never_closed_ends_with_the_page() -> None:
    """As in Markdown."""
    (block,) = read_blocks(SourceText("p.md", "```no-go\na: 1\n"), ("no-go",))
    assert block.fields is not None
    assert block.fields.text("a") == "1"


@given(LINES)
def test_no_page_breaks_the_reader(lines: list[str]) -> None:
    """Whatever the lines are, every block has keys or a problem inside the page."""
    source = SourceText("p.md", "\n".join(lines))
    for block in read_blocks(source, ("no-go",)):
        assert (block.fields is None) == bool(block.problems)
        assert all(problem.span.line <= len(lines) + 1 for problem in block.problems)


@given(st.text(max_size=200))
def test_no_file_breaks_the_reader(text: str) -> None:
    """A file of data is keys and values, or a problem at a place."""
    problems: list[Problem] = []
    fields = read_data(SourceText("o.yml", text), problems)
    assert (fields is None) == bool(problems)
