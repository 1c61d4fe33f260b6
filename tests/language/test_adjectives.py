"""As what a text describes the house: endings, degrees, denials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.adjectives import Calling, find_calling, forms_of

SAID, DENIED, NOTHING = Calling(said=True), Calling(denied=True), Calling()


@pytest.mark.parametrize(
    ("word", "text", "wanted"),
    [
        ("freundlich", "Ihr seid so freundliche Leute!", SAID),
        ("freundlich", "die freundlichsten am ganzen Hafen", SAID),
        ("freundlich", "Freundlicheres Personal gibt es nirgends.", SAID),
        ("freundlich", "Der Fahrer war nicht gerade freundlich.", DENIED),
        ("freundlich", "total unfreundlich am Telefon", DENIED),
        ("freundlich", "alles andere als freundlich", DENIED),
        ("freundlich", "nicht nur freundlich, sondern auch schnell", SAID),
        ("freundlich", "Das war nicht gut, aber freundlich.", SAID),
        ("freundlich", "Meine Freundin kommt mit.", NOTHING),
        ("teuer", "viel zu teurer Kaffee", SAID),
        ("teuer", "Teuer? Kein bisschen.", SAID),
        ("teuer", "gar nicht teuer", DENIED),
        ("warm", "Er wird nie wärmer.", DENIED),
        ("leise", "die leiseste Mühle", SAID),
        ("gut erreichbar", "Ihr seid gut erreichbare Leute", SAID),
        ("gut erreichbar", "schwer erreichbar", NOTHING),
        ("expensive", "it isn’t expensive at all", DENIED),  # noqa: RUF001  # as telephones write it
        ("friendly", "not only friendly but quick", SAID),
    ],
)
def test_what_a_text_calls_somebody(word: str, text: str, wanted: Calling) -> None:
    """Whatever the ending, and not where it is denied within its clause."""
    assert find_calling([word], text) == wanted


def test_a_text_may_say_both() -> None:
    """Somebody is kind to one and not to another."""
    text = "Im Laden freundlich. Am Telefon nicht freundlich."
    assert find_calling(["freundlich"], text) == Calling(said=True, denied=True)


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """And none without a word of ours calls anybody anything."""
    found = find_calling(["freundlich", "gut erreichbar"], text)
    if "freundlich" not in text.lower() and "erreichbar" not in text.lower():
        assert found == NOTHING


@given(st.sampled_from(["freundlich", "teuer", "dunkel", "leise", "alt", "faul"]))
def test_a_form_is_no_other_word(word: str) -> None:
    """All forms begin like the word, but for an umlaut."""
    assert all(form[0] in {word[0], "ä"} for form in forms_of(word))
