from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.lint.phrases import Phrases
from toolkit.style.allowance import Allowance

WORDS = st.text(st.sampled_from("aäoßÄ ._-1🙂"), min_size=1, max_size=6).filter(lambda word: bool(word.strip()))


@given(word=WORDS, before=st.sampled_from(["", " ", "(", "„", "\n"]), after=st.sampled_from(["", " ", ".", "“", "\n"]))
def test_a_word_is_found_where_it_stands(word: str, before: str, after: str) -> None:
    """Any word between any edges is found once, at its exact place, as Python sees the text."""
    word = " ".join(word.split())
    text = f"zz {before}{word}{after} zz"
    spans = list(Phrases([word], []).find(text, Allowance(0)))
    assert (3 + len(before), 3 + len(before) + len(word)) in spans
    assert all(text[start:end].casefold() == word.casefold() for start, end in spans)


@given(st.text(max_size=40), st.text(max_size=80))
def test_no_pattern_breaks_the_search(pattern: str, text: str) -> None:
    """Any text is a pattern or is complained about; places lie in the text."""
    found = Phrases([pattern], [pattern])
    assert all(0 <= start < end <= len(text) for start, end in found.find(text, Allowance(0)))


def test_a_pattern_knows_german_letters() -> None:
    """Edges of words and classes are Unicode's, capitals do not matter, and what no engine takes is said."""
    found = Phrases([], [r"\bäpfel\b", r"\böl\w+"])
    text = "Äpfel, Winteräpfel und Ölung"
    assert [text[start:end] for start, end in found.find(text, Allowance(0))] == ["Äpfel", "Ölung"]
    assert set(Phrases([], ["(", "gut"]).complaints) == {0}
