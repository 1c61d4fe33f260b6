"""A glance at all rules never overlooks one that is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.community.triage.phrasing import Glance, tells

LETTERS = st.text("aAäÄß\u017fKKöÖé*- C+.?(1\n\u00a0", max_size=6)
WORDS = st.lists(LETTERS, max_size=3)
PATTERNS = st.lists(
    st.sampled_from([r"\bä\w*", "a+b?", "[aä]{2,}", "(", r"(?<!a)ö", r"c\+", "^a", "ß$", r"\d"]), max_size=2
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(WORDS, PATTERNS), min_size=1, max_size=4),
    st.text("aAäÄß\u017fKKöÖéx- C+.?(1\n\u00a0", max_size=30),
)
def test_what_is_told_is_glanced_at(told: list[tuple[list[str], list[str]]], text: str) -> None:
    """Words with stars, blanks and signs, patterns for both engines and broken ones, in any letters."""
    glance = Glance((str(number), *one) for number, one in enumerate(told)).at(text)
    for number, one in enumerate(told):
        if tells(*one, text):
            assert str(number) in glance


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["Öl"], "Ölung", False),
        (["Öl"], "mit ÖL!", True),
        (["klima*"], "Klimawandel", True),
        (["zu spät"], "zu\n spät", True),
        (["C++"], "C++ lernen", True),
        (["*"], "nichts", False),
        ([], "nichts", False),
    ],
)
def test_words_are_whole_words(words: list[str], text: str, expected: bool) -> None:
    """In any case, with a star for the rest, and blanks of any kind between two."""
    assert tells(words, [], text) is expected
