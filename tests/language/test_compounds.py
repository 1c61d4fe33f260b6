"""Compounds are judged by their parts, and what is no word at all costs next to nothing."""

from __future__ import annotations

from toolkit.language.compounds import Compounds


def test_a_word_without_an_end_asks_no_dictionary() -> None:
    """Thousands of letters in a row, as an address or a slip makes them: no compound, told without looking at its parts."""
    asked: list[str] = []

    def known(word: str) -> bool:
        asked.append(word)
        return word in ("Kaffee", "Tasse")

    compounds = Compounds(known, known, ())
    assert compounds.is_one("Kaffeetasse")
    asked.clear()
    assert not compounds.is_one("Kaffee" + "tasse" * 1000)
    assert asked == []
