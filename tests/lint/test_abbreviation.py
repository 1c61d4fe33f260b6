"""The rule `abbreviation`: spaces inside of German ones, full stops in English ones."""

from __future__ import annotations

import pytest

from tests.lint.conftest import NOW, SETTINGS, Desk
from toolkit.lint.fixing import plan_fixes

HEAD = "---\nchannels: [mastodon]\n---\n"
ENGLISH = "---\nchannels: [mastodon]\nlanguage: en\n---\n"


@pytest.mark.parametrize(("space", "char"), [("narrow", "\u202f"), ("full", "\u00a0"), ("plain", " ")])
def test_the_fix_puts_the_houses_space(desk: Desk, space: str, char: str) -> None:
    """After the safe fix nothing is left to say, whichever space it is."""
    desk.settings(f'{SETTINGS}\n[check.abbreviation]\nspace = "{space}"\n')
    assert len(desk.messages("abbreviation", f"{HEAD}Guji, «z.B.» heute, «i.d.R.» gut.\n")) == 2
    fixes = plan_fixes(desk.load(), now=NOW)
    assert fixes.texts["content/posts/post.md"].endswith(f"---\nGuji, z.{char}B. heute, i.{char}d.{char}R. gut.\n")
    assert [problem for problem in fixes.left if problem.rule == "abbreviation"] == []


@pytest.mark.parametrize(
    "text", ["z. B. so", "z.\u202fB. so", "https://example.com/z.B.", "`z.B.`", "usw.", "bzw.", "e.g. this"]
)
def test_what_is_fine(desk: Desk, text: str) -> None:
    """With a space, in addresses and code, and abbreviations of one word."""
    assert desk.messages("abbreviation", f"{HEAD}{text}\n") == []


def test_english(desk: Desk) -> None:
    """Full stops without spaces; British eg and ie without any are fine."""
    desk.messages("abbreviation", f"{ENGLISH}Tea, «e. g.» green, «i.e» good, eg this, e.g. that, ie all.\n")
    fixes = plan_fixes(desk.load(), now=NOW)
    assert fixes.texts["content/posts/post.md"].endswith("Tea, e.g. green, i.e. good, eg this, e.g. that, ie all.\n")
