"""The samples in the rules' documentation are true: the example fails, what to use instead does not."""

from __future__ import annotations

import re

import pytest

from tests.lint.conftest import JPEG, SETTINGS, Desk
from toolkit.lint import RULES

# The other rules need two files, a ledger, an approval or 340 characters; their own tests have samples.
TOLD = [
    "front-matter",
    "names",
    "publish-time",
    "alt-text",
    "media",
    "link",
    "campaign",
    "sponsored",
    "spelling",
    "address",
    "gender-form",
    "abbreviation",
    "hashtag-case",
    "emoji",
    "fancy-letters",
    "invisible-characters",
    "homoglyph-domain",
    "thread-break",
]
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def samples(rule: str) -> list[str]:
    """The code blocks of the page: the example and what to use instead."""
    return [text for _language, text in BLOCK.findall(RULES[rule].docs)]


@pytest.mark.parametrize("rule", TOLD)
def test_the_example_fails_and_the_remedy_does_not(desk: Desk, rule: str) -> None:
    """Written into a workspace as they stand, the first sample has a problem of the rule and the last has none."""
    desk.write("content/media/tuer-1.jpg", JPEG)
    desk.write("content/campaigns/advent-2026.md", "---\nstart: 2026-11-29\nend: 2026-12-24\n---\n")
    example, *_others, instead = samples(rule)
    for text, wrong in ((example, True), (instead, False)):
        head = (
            ""
            if text.startswith("---\n") and text.count("---\n") > 1
            else "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\n"
        )
        desk.post(head + text)
        assert bool(desk.check(rule)) is wrong


def test_the_settings_example(desk: Desk) -> None:
    """The same for the samples of leitstand.toml."""
    example, instead = samples("settings")
    rest = SETTINGS.replace('[accounts.mastodon]\nnetwork = "mastodon"\n', "")
    for text, wrong in ((example, True), (instead, False)):
        desk.settings(rest + "\n" + text)
        assert bool(desk.check("settings")) is wrong
