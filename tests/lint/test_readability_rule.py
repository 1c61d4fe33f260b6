"""The rule `readability`: long sentences at their place, hard texts with their score, by the house's limits."""

from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk

HEAD = "---\nchannels: [mastodon]\nlanguage: {language}\n---\n"
LONG = " ".join(["Wir"] * 31) + "."
HARD = " ".join(["Veröffentlichungsgenehmigungsverfahren"] * 8) + ". "
EASY = "Wir rösten am Tag. Der Wind weht kalt. Du holst das Paket. "


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_long_sentence(desk: Desk, language: str) -> None:
    """Only the sentence that is too long, with its number of words."""
    messages = desk.messages("readability", HEAD.format(language=language) + f"Kurz und gut. «{LONG}» Ende gut.\n")
    assert messages[0] == "31 words in one sentence; the house wants at most 30"


@pytest.mark.parametrize(
    ("limit", "score"),
    [("amstad = 30", "Amstad"), ("wiener = 8\namstad = 0", "Wiener"), ("lix = 50\namstad = 0", "LIX")],
)
def test_a_hard_text(desk: Desk, limit: str, score: str) -> None:
    """The score that breaks a limit is named, with the limit; an easy text breaks none."""
    desk.settings(f"{SETTINGS}\n[check.readability]\n{limit}\n")
    (message,) = desk.messages("readability", HEAD.format(language="de") + f"«{(HARD * 6).strip()}»\n")
    assert message.startswith(f"hard to read: {score}")
    assert desk.messages("readability", HEAD.format(language="de") + EASY * 5 + "\n") == []


def test_short_texts_have_no_score(desk: Desk) -> None:
    """Below 40 words the formulas say nothing, so the rule does not either."""
    assert desk.messages("readability", HEAD.format(language="de") + f"{HARD * 4}\n") == []


def test_no_limits(desk: Desk) -> None:
    """0 switches a limit off."""
    desk.settings(f"{SETTINGS}\n[check.readability]\nsentence = 0\namstad = 0\n")
    assert desk.messages("readability", HEAD.format(language="de") + f"{LONG} {HARD * 6}\n") == []
