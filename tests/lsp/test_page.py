from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from toolkit.lsp.page import Page
from toolkit.model import Span

TEXT = st.text(st.sampled_from("aä😀\u2028\x85\r\n\ufeff\x0c "), max_size=30)
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@given(text=TEXT, encoding=st.sampled_from(sorted(ENCODINGS)), data=st.data())
def test_positions_count_what_the_editor_counts(text: str, encoding: str, data: st.DataObject) -> None:
    """A position has the line, and the units before the character in it; the way back leads to the same character."""
    page = Page("a.md", text, encoding)
    offset = data.draw(st.integers(0, len(page.text)))
    if page.text[max(0, offset - 1) : offset + 1] == "\r\n":
        return  # between the two is no place
    shown = text[: offset + len(text) - len(page.text)]  # with the mark that the editor shows
    lines = shown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    units = len(lines[-1].encode(ENCODINGS[encoding])) // WIDTHS[encoding]
    assert page.position(offset) == types.Position(len(lines) - 1, units)
    assert page.offset(page.position(offset)) == offset


def test_places_beyond_the_text_are_its_end() -> None:
    """A column behind a line's end is that end, a line behind the last is the end of the text."""
    page = Page("a.md", "eins\r\nzwei")
    assert page.offset(types.Position(0, 99)) == 4
    assert page.offset(types.Position(7, 0)) == len(page.text)
    assert page.offsets(Span(9, 1, 9, 1)) == (10, 10)


@pytest.mark.parametrize(("encoding", "end"), [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)])
def test_a_place_without_length_gets_a_character(encoding: str, end: int) -> None:
    """What is missing is underlined at the character that stands there."""
    page = Page("a.md", "😀ä", encoding)
    assert page.span_range(Span(1, 2, 1, 2)).end.character == end
