from __future__ import annotations

import pytest

from toolkit.sentiment import language_of

BOTH = {"de", "en"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo bleibt mein Paket?", "de"),
        ("Der Kaffee ist super, aber zu teuer", "de"),
        ("voll lecker gewesen", "de"),
        ("Where is my parcel?", "en"),
        ("love this so much", "en"),
        # Too few words; names, links and hashtags are none.
        ("Danke!", None),
        ("", None),
        ("🙂🙂🙂", None),
        ("@anna @bob @carl #kaffee #hamburg https://example.com/das-ist-gut schön", None),
        # Other languages are nobody's.
        ("Merci beaucoup pour votre aide", None),
        ("¿A qué hora abren mañana?", None),
        ("Il caffè è ottimo ma troppo caro", None),
        ("Siparişim hala gelmedi, çok kötü", None),
        ("Bardzo dziękuję za pomoc", None),
        ("Mijn bestelling is nog niet aangekomen", None),
        ("コーヒーはとても美味しいです", None),
        ("\ud83d half a character is enough", "en"),
    ],
)
def test_a_language_is_known_or_not_guessed(text: str, language: str | None) -> None:
    """German and English are told apart, everything else gets no answer."""
    assert language_of(text, BOTH) == language


def test_only_the_workspaces_languages_count() -> None:
    """A team that works in German and French hears no English."""
    assert language_of("Merci beaucoup pour votre aide", {"de", "fr"}) == "fr"
    assert language_of("Where is my parcel?", {"de", "fr"}) is None
    assert language_of("Where is my parcel?", set()) is None


def test_a_long_text_is_told_by_its_beginning() -> None:
    """A megabyte takes no longer than a page."""
    assert language_of("Wo bleibt mein Paket? " * 50_000, BOTH) == "de"
