"""Keyword candidates of one text, and of some entries against all others."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from toolkit.research.keywords import find_keywords, keywords_of
from toolkit.research.published import Published

NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


def told(title: str, source: str = "blatt") -> Published:
    return Published(source, title, "topic", title, "", NOW, language="de")


def test_a_text_is_about_what_it_comes_back_to() -> None:
    """Nouns before other words, no function words, endings put together."""
    text = "Unser Winterröster ist da. Wir rösten den Winterröster in kleinen Trommeln, und er schmeckt nach Zimt."
    found = keywords_of(text, "de")
    assert found[0].phrase == "Winterröster"
    assert found[0].n == 2
    phrases = [one.phrase for one in found]
    assert phrases.index("Trommeln") < phrases.index("schmeckt")
    assert not {"Unser", "den", "nach"} & set(phrases)


def test_in_english_names_come_first() -> None:
    """A capital at the beginning of a sentence is none."""
    phrases = [one.phrase for one in keywords_of("Visit us in Kiel. Roasting beans from Guji takes patience.", "en")]
    assert {"Kiel", "Guji"} == set(phrases[:2])


def test_entries_are_set_apart_by_what_the_others_do_not_say() -> None:
    """A pair stands for its words, and what everybody says is no keyword."""
    theirs = [told(f"{what}, nur Kaffee") for what in ("Cold Brew", "Neuer Cold Brew", "Cold Brew unterwegs")]
    others = [told(f"Kaffee und {what}") for what in ("Kuchen", "Milch", "Zucker", "Wasser", "Eis", "Honig", "Rum")]
    found = find_keywords(theirs, others, "de")
    assert found[0].phrase == "Cold Brew"
    assert found[0].n == 3
    assert "Kaffee" not in [one.phrase for one in found]
    assert "Brew" not in [one.phrase for one in found]


def test_without_others_the_most_frequent_come_first() -> None:
    """What only one entry says is left out."""
    found = find_keywords([told("Filter und Mühle"), told("Filter und Kanne")], [], "de")
    assert [(one.phrase, one.n) for one in found] == [("Filter", 2)]


@given(st.text(max_size=300), st.sampled_from(["de", "en", "da", ""]))
def test_any_text_has_keywords_of_its_own(text: str, language: str) -> None:
    """Each stands in the text, and the scores fall."""
    found = keywords_of(text, language)
    assert all(one.phrase in text for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
