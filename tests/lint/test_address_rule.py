"""The rule `address`: du or Sie, as the house says, in German texts only."""

from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk

HEAD = "---\nchannels: [mastodon]\n---\n"


def say(desk: Desk, way: str) -> None:
    desk.settings(f'{SETTINGS}\n[check.address]\nde = "{way}"\n')


@pytest.mark.parametrize(
    ("way", "body"),
    [
        ("du", "Hol dir deine Tüte. Bestellen «Sie» bis Freitag, «Ihr» Paket wartet."),
        ("du", "Ihr habt recht, und dir danken wir. Sie war ein Versehen."),
        ("ihr", "Habt ihr Lust? Hol «dir» eine Tüte. Melden «Sie» sich."),
        ("sie", "Melden Sie sich. «Deine» Tüte wartet auf «euch»."),
        ("any", "Wir freuen uns auf Sie. Haben Sie Zeit? Komm mit «deinen» Leuten."),
        ("any", "Hol dir eine Tüte. Bestellen «Sie» jetzt."),
        ("any", "Hol dir deine Tüte. Ihre Bohnen kommen aus Guji."),
    ],
)
def test_another_way_is_reported(desk: Desk, way: str, body: str) -> None:
    """Every word that surely addresses somebody otherwise, at its place; what may mean she or their is not."""
    say(desk, way)
    assert len(desk.messages("address", f"{HEAD}{body}\n")) == body.count("«")


def test_messages_name_the_way(desk: Desk) -> None:
    """The remedy stands in the message: what the house says, or what the rest of the post says."""
    say(desk, "sie")
    assert desk.messages("address", f"{HEAD}Für «dich».\n") == ["'dich', where the house says Sie"]
    say(desk, "any")
    (message,) = desk.messages("address", f"{HEAD}Für Sie. Für Sie und «dich».\n")
    assert message == "'dich', where the rest of the post says Sie; use one of them"


def test_english_is_left_alone(desk: Desk) -> None:
    """Du in an English text is a name."""
    say(desk, "sie")
    assert desk.messages("address", "---\nchannels: [mastodon]\nlanguage: en\n---\nDu is a name.\n") == []
