"""Guessing a language: sure or silent."""

from __future__ import annotations

import pytest

from toolkit.language.guessing import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Eine Hand öffnet die erste Tür eines Adventskalenders aus Kaffeetüten", "de"),
        ("Blick von oben auf den Probiertisch, neun Schalen im Kreis, in der Mitte eine Karte", "de"),
        ("A hand opens the first door of a calendar made of coffee bags", "en"),
        ("Nordlicht Kaffee", ""),
        ("", ""),
        ("Der Film „The Taste of the Sea“ in der Aula", ""),
    ],
)
def test_small_words_tell(text: str, language: str) -> None:
    """Three small words of one language and next to none of the other; else nothing is said."""
    assert guess_language(text) == language
