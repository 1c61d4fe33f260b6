"""The rule `gender-form`: whatever the house chose, and no word about what it should choose."""

from __future__ import annotations

import pytest

from tests.lint.conftest import NOW, SETTINGS, Desk
from toolkit.lint.fixing import plan_fixes

HEAD = "---\nchannels: [mastodon]\n---\n"
ALL = "Entwickler*innen, Kund:innen, Leser_innen, AutorInnen, Bäckerinnen und Bäcker, Team\n"


@pytest.mark.parametrize(
    ("form", "reported"),
    [
        ("star", ["Kund:innen", "Leser_innen", "AutorInnen"]),
        ("colon", ["Entwickler*innen", "Leser_innen", "AutorInnen"]),
        ("underscore", ["Entwickler*innen", "Kund:innen", "AutorInnen"]),
        ("binnen-i", ["Entwickler*innen", "Kund:innen", "Leser_innen"]),
        ("pair", ["Entwickler*innen", "Kund:innen", "Leser_innen", "AutorInnen"]),
        ("none", ["Entwickler*innen", "Kund:innen", "Leser_innen", "AutorInnen"]),
        ("neutral", ["Entwickler*innen", "Kund:innen", "Leser_innen", "AutorInnen", "Bäckerinnen und Bäcker"]),
    ],
)
def test_the_house_chooses(desk: Desk, form: str, reported: list[str]) -> None:
    """Each choice reports the other forms and only them."""
    desk.settings(f'{SETTINGS}\n[check.gender-form]\nform = "{form}"\n')
    body = ALL
    for word in reported:
        body = body.replace(word, f"«{word}»")
    assert len(desk.messages("gender-form", HEAD + body)) == len(reported)


def test_without_a_choice_one_form_is_enough(desk: Desk) -> None:
    """The workspace's most frequent form is the measure; the fix exchanges the sign."""
    desk.post(f"{HEAD}Kund:innen und Leser:innen\n", "content/posts/other.md")
    (message,) = desk.messages("gender-form", f"{HEAD}Liebe «Entwickler*innen», liebe Gäste\n")
    assert message == "elsewhere the posts write Entwickler:innen; use one form"
    fixes = plan_fixes(desk.load(), now=NOW)
    assert fixes.texts["content/posts/post.md"].endswith("Liebe Entwickler:innen, liebe Gäste\n")


def test_names_are_no_form(desk: Desk) -> None:
    """LinkedIn, addresses and names of accounts."""
    desk.settings(f'{SETTINGS}\n[check.gender-form]\nform = "neutral"\n')
    assert desk.messages("gender-form", f"{HEAD}LinkedIn, Opt-In, @kund_innen, https://example.com/a_innen\n") == []
