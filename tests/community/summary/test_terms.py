"""What a message is about: no people, no function words, no endings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.community.summary.terms import terms_of
from toolkit.language.stems import heads_of, stem_of


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Wo bleiben meine Pakete?", "de", {"bleib", "paket"}),
        ("Liebe Frau Meier, das Paket fehlt. Viele Grüße, Anna", "de", {"paket", "fehlt"}),
        ("@nordlicht euer Kaffee-Abo auf https://x.example/meier", "de", {"kaffee-abo"}),
        ("Where are my parcels? Thanks!", "en", {"parcel"}),
        ("", "de", set()),
        ("😀 12345678 !!", "de", set()),
    ],
)
def test_what_is_left_of_a_message(text: str, language: str, wanted: set[str]) -> None:
    """Names after a form of address and below a closing are masked before anything is counted."""
    assert set(terms_of(text, language)) == wanted


@given(st.text(max_size=300), st.sampled_from(["de", "en", "da", ""]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """Whatever somebody writes, its words are their own stems again."""
    for stem, word in terms_of(text, language).items():
        assert stem == stem_of(word, language)
        assert heads_of(stem, {stem}) == set()
