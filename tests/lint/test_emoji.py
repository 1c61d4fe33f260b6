"""The rule `emoji`: few, at the end, never for a word."""

from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk

HEAD = "---\nchannels: [mastodon]\n---\n"


@pytest.mark.parametrize(
    "text",
    ["Frisch geröstet ☕", "Danke 🙏 Bis Montag!", "🎉 Fertig!", "Läuft. 👍🏽 Morgen mehr.", "Eins 👨‍👩‍👧‍👦 Zwei 🇩🇪", "© 2026, ™ und 100 %",
     "Kaffee ☕, Tee 🍵 und Kuchen 🍰.", "Freitag ☕️ #Kaffee"],
)  # fmt: skip
def test_what_is_fine(desk: Desk, text: str) -> None:
    """At the end of a thought, beside what they show, few."""
    assert desk.messages("emoji", f"{HEAD}{text}\n") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wir «❤️» guten Kaffee", "in the place of a word"),
        ("Mit dem «🚲» zur Arbeit", "in the place of a word"),
        ("Coffee with my «🐕» today", "in the place of a word"),
        ("Kaf«☕»fee", "inside a word"),
        ("Neu «✨✨✨»", "in a row"),
        ("«🎁» Eins\n🎁 Zwei\n🎁 Drei", "every line begins"),
        ("Ja 🍏. So 🍐. Ei 🍊. Tee 🍋. Los 🍌. Gut «🍉».", "6 emojis; the house wants at most 5"),
    ],
)
def test_what_gets_in_the_way(desk: Desk, text: str, said: str) -> None:
    """Each once, at the emoji."""
    (message,) = desk.messages("emoji", f"{HEAD}{text}\n")
    assert said in message


def test_the_house_says_how_many_and_where(desk: Desk) -> None:
    """None at all, or only behind the last word; hashtags are no words."""
    desk.settings(f"{SETTINGS}\n[check.emoji]\nmax = 0\n")
    assert desk.messages("emoji", f"{HEAD}Fertig «🎉»\n") == ["the house writes without emojis"]
    desk.settings(f'{SETTINGS}\n[check.emoji]\nplace = "end"\n')
    assert desk.messages("emoji", f"{HEAD}Fertig 🎉 #Kaffee\n") == []
    assert desk.messages("emoji", f"{HEAD}«🎉» Fertig!\n") == ["the house puts emojis at the end of a text"]
