"""Tokens, words and sentences: nothing is lost, every place is exact, and what is one word to a reader stays one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.text import Kind, sentences, tokens, words

TYPED = st.lists(
    st.sampled_from(
        ["Entwickler", "*innen", ":in", "_", "In", "nen", "(in)", "/-", "Tür", "u\u0308", "\u00ad", "\u2019s", "-", " ", "\n", "\n\n", ".", "z. B.",
         "!", "?", "…", "@", "#", "https://", "example.com", "`", "```", "<!--", "-->", "](", ")", "<b>", "&amp;", "12", ",5", "👍🏽", "👨‍👩‍👧", "🇩🇪",
         "\u200d", "\ufe0f", "„", "“", "\u2028"]
    )
    | st.text(max_size=3),
    max_size=25,
).map("".join)  # fmt: skip


@given(TYPED)
def test_tokens_are_the_text(text: str) -> None:
    """Joined, the tokens are the text; each stands where it says and has something in it."""
    found = tokens(text)
    assert "".join(token.text for token in found) == text
    assert all(text[token.start : token.end] == token.text != "" for token in found)


@given(TYPED)
def test_sentences_lie_in_order_and_have_every_word(text: str) -> None:
    """Sentences do not overlap, begin and end with something visible, and together have all words and numbers."""
    found = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in found)
    assert sum(one.words for one in found) == sum(token.kind in {Kind.WORD, Kind.NUMBER} for token in tokens(text))


@pytest.mark.parametrize(
    "word",
    ["Entwickler*innen", "Entwickler:innen", "Entwickler_innen", "EntwicklerInnen", "Entwickler·innen", "Lehrer/-innen", "Lehrer/innen",
     "Student(in)", "Student(innen)", "Kolleg(inn)en", "Jede*r", "ein:e", "der*die", "Bürger:innenmeister", "Kund*innen-Service", "E-Mail-Adresse",
     "geht\u2019s", "du's", "Vor-", "Ta\u0308ler", "Donau\u00addampf"],
)  # fmt: skip
def test_one_word_to_a_reader(word: str) -> None:
    """Gender forms, hyphens, apostrophes, composed and decomposed letters and soft hyphens do not cut a word."""
    assert [token.text for token in words(f"Wir sehen {word}, heute.")] == ["Wir", "sehen", word, "heute"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://example.com/kaffee-und-mehr?a=b", Kind.URL),
        ("example.com/winter", Kind.URL),
        ("jule@example.com", Kind.URL),
        ("@nordlicht@social.example.com", Kind.MENTION),
        ("#TagDesKaffees", Kind.HASHTAG),
        ("1.200,50", Kind.NUMBER),
        ("24h", Kind.NUMBER),
        ("👨‍👩‍👧‍👦", Kind.EMOJI),
        ("👍🏽", Kind.EMOJI),
        ("🇩🇪", Kind.EMOJI),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", Kind.EMOJI),
        ("1️⃣", Kind.EMOJI),
        ("`leitstand check`", Kind.CODE),
        ("<!-- nur für uns -->", Kind.COMMENT),
        ("](https://example.com/a(b))", Kind.TARGET),
        ("&nbsp;", Kind.MARKUP),
    ],
)
def test_what_is_no_word(text: str, kind: Kind) -> None:
    """Addresses, names, hashtags, numbers, pictures, code and comments are one token of their own kind."""
    assert [token.kind for token in tokens(f"Wir {text} da") if token.text == text] == [kind]


def test_a_colon_or_a_star_alone_joins_nothing() -> None:
    """Only what makes a form for all genders is part of the word."""
    assert [token.text for token in words("Hinweis:hier und *fett* und a_b")] == [
        "Hinweis",
        "hier",
        "und",
        "fett",
        "und",
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das ist eins. Das ist zwei! Und drei?", ["Das ist eins.", "Das ist zwei!", "Und drei?"]),
        ("Wir rösten z. B. Guji, ca. 30 g. Fertig.", ["Wir rösten z. B. Guji, ca. 30 g.", "Fertig."]),
        ("Am 11. Dezember um 7.30 Uhr.", ["Am 11. Dezember um 7.30 Uhr."]),
        ("„Fertig.“ Sie lacht.", ["„Fertig.“", "Sie lacht."]),
        ("Ohne Punkt\n\nNächster Absatz", ["Ohne Punkt", "Nächster Absatz"]),
        ("Wir haben:\n- Kaffee\n- Tee", ["Wir haben:", "- Kaffee", "- Tee"]),
        ("Für alle: Wir zeigen es. Preis: 10 €.", ["Für alle:", "Wir zeigen es.", "Preis: 10 €."]),
        ("Moment … gleich weiter.", ["Moment … gleich weiter."]),
        ("Mr. Brown agrees, e.g. on tea. Fine.", ["Mr. Brown agrees, e.g. on tea.", "Fine."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Abbreviations and ordinals end no sentence; paragraphs and list items do."""
    assert [text[one.start : one.end] for one in sentences(text)] == expected


@pytest.mark.parametrize(
    "piece", ["a.", "w_-", "a-", "<!--", "](a(", "```a", "a@", "Kund*innen ", "a\u0336", "\u200b "]
)
def test_long_nonsense_comes_to_an_end(piece: str) -> None:
    """Twenty thousand characters of what patterns stumble over are tokens like any other text."""
    text = piece * (20_000 // len(piece))
    assert "".join(token.text for token in tokens(text)) == text
