from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lint.alignment import align

SOURCE = "Hallo **Welt**! Zum [Kaf**fee**](https://example.com/winter) ❤️, foo\\_bar &amp; Tee, Tee.\n\n- eins\n- zwei"
TEXT = "Hallo Welt! Zum Kaffee: https://example.com/winter?utm_source=welt ❤️, foo_bar & Tee, Tee.\n\n• eins\n• zwei"


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("Welt", "Welt"),
        ("Kaffee", "Kaf**fee"),
        ("Kaffee: https", "Kaf**fee**](https"),
        ("Tee, Tee", "Tee, Tee"),
        ("❤️", "❤️"),
        ("foo_bar", "foo\\_bar"),
        ("• zwei", "zwei"),
        ("winter?utm_source=welt", "winter"),
    ],
)
def test_what_is_shown_leads_to_what_was_written(shown: str, written: str) -> None:
    """Through markup, escapes and links; of what was added to a word, the word alone is pointed at."""
    origin = align(TEXT, SOURCE, 100)
    at = TEXT.index(shown)
    pieces = origin.cut(at, at + len(shown)).pieces
    assert SOURCE[pieces[0].start - 100 : pieces[-1].start + pieces[-1].span - 100] == written


@pytest.mark.parametrize("added", ["utm", "source=welt", "•"])
def test_what_was_added_stands_nowhere(added: str) -> None:
    """Parameters of addresses and the signs of lists were written by nobody."""
    at = TEXT.index(added)
    assert align(TEXT, SOURCE, 0).cut(at, at + len(added)).pieces == []


@given(st.text("ab ä*_[](!1\n", max_size=60), st.text("ab ä*_[](!1\n", max_size=60))
def test_a_place_holds_the_same_signs_in_the_same_order(text: str, source: str) -> None:
    """Whatever the two texts are: pieces are equal on both sides, and neither side's overlap."""
    ends = (0, 0)
    for piece in align(text, source, 0).pieces:
        assert text[piece.at : piece.at + piece.size] == source[piece.start : piece.start + piece.span] != ""
        assert piece.at >= ends[0]
        assert piece.start >= ends[1]
        ends = (piece.at + piece.size, piece.start + piece.span)


@given(st.lists(st.sampled_from(["Tee", "Kaffee", "aus", "**Kanne**", "*und*", "👋", "#Tag"]), max_size=40))
def test_without_markup_every_word_is_found(words: list[str]) -> None:
    """Emphasis that is dropped costs no place: each word of the text stands where the same word was written."""
    source = " ".join(words)
    text = source.replace("*", "")
    found = {at for piece in align(text, source, 0).pieces for at in range(piece.at, piece.at + piece.size)}
    assert all(set(range(*word.span())) <= found for word in re.finditer(r"\S+", text))


@pytest.mark.parametrize(
    ("text", "source"),
    [("a ", "b a "), ("!? ", "?!."), ("a1 b", "1a a1 "), ("ab cd ", "cd ab ")],
)
def test_long_texts_are_aligned_in_proportion(text: str, source: str) -> None:
    """Sixteen times the text takes sixteen times as long, and not 256 times."""

    def spent(times: int) -> float:
        started = process_time()
        align(text * times + "x", source * times + "y", 0)
        return process_time() - started

    small, large = min(spent(500) for _round in range(5)), min(spent(8_000) for _round in range(3))
    assert large < small * 80
