from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from toolkit.model import find_fenced

LINES = st.lists(
    st.sampled_from(
        ["```", "````", "~~~", "```rule", "   ``` rule", "~~~~ tokens", "``` a `b`", "~~~ a `b`", "``` \t", "Text", ""]
    )
)


def test_the_word_behind_the_marks_is_the_kind() -> None:
    """With braces and a dot, as other builders write it, and with more words behind it."""
    page = "```rule\n```\n``` {.rule}\n```\n~~~ rule title=a\n~~~\n```rulebook\n```\n```\n```\n"
    assert [block.kind for block in find_fenced(page)] == ["rule", "rule", "rule", "rulebook", ""]


def test_a_block_knows_its_place_with_and_without_its_marks() -> None:
    """Whatever ends the lines; the last line's end is not the block's."""
    page = "Vorn\r\n~~~ rule\r\nid: a\r\n~~~\r\nHinten\r\n"
    [block] = find_fenced(page)
    assert page[block.start : block.end] == "~~~ rule\r\nid: a\r\n~~~\r"
    assert page[block.first : block.last] == "id: a\r\n"


def test_a_rule_shown_in_a_longer_fence_is_no_rule() -> None:
    """A page that explains how rules are written does not bring them into force."""
    assert [block.kind for block in find_fenced("````markdown\n```rule\nid: a\n```\n````\n")] == ["markdown"]


@given(LINES)
def test_blocks_are_those_that_markdown_knows(lines: list[str]) -> None:
    """The same words and the same lines as a full parser finds, whatever is open or closed.

    Only the indentation, which the parser takes away from inside as well, stays: places are those of the page.
    """
    page = "\n".join([*lines, ""])
    found = [(block.kind, page[block.first : block.last].replace("   ", "")) for block in find_fenced(page)]
    tokens = [token for token in MarkdownIt().parse(page) if token.type == "fence"]
    assert found == [((token.info.split() or [""])[0], token.content.replace("   ", "")) for token in tokens]
