"""The samples of the rules about when and what are true, with the blocks and settings that their pages show."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.lint.conftest import JPEG, SETTINGS, Desk
from toolkit.lint import RULES

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
KINDS = {"no-go": "no-go", "claims": "claim", "posting-slot": "slots", "duty": "duty"}
TOLD = ["posting-window", "distance", "holiday", "rights", "strategy", "no-go", "claims", "posting-slot", "duty"]


def prepare(desk: Desk, rule: str, blocks: list[tuple[str, str]]) -> None:
    """What a page shows beside its posts: settings, blocks of the handbook; the other post that `distance` speaks of."""
    settings = "".join(text for language, text in blocks if language == "toml")
    desk.settings(SETTINGS.replace('"nordlicht"\n', '"nordlicht"\nregion = "DE"\n') + settings)
    desk.write("content/media/tuer-1.jpg", JPEG)
    shown = [text for language, text in blocks if language == "yaml"]
    if rule == "strategy":
        desk.write("guidelines/strategy.md", f"---\n{''.join(shown)}---\n# Plan\n")
    else:
        fences = "".join(f"\n```{KINDS[rule]}\n{text}```\n" for text in shown)
        desk.write("guidelines/regeln.md", f"# Regeln\n{fences}")
    if rule == "distance":
        desk.post("---\nchannels: [mastodon]\npublish: 2026-12-01 07:30\n---\nText\n", "content/posts/other.md")


@pytest.mark.parametrize("rule", TOLD)
def test_the_example_fails_and_the_remedy_does_not(desk: Desk, rule: str) -> None:
    """Written into a workspace as they stand, the first post has a problem of the rule and the second has none."""
    blocks = BLOCK.findall(RULES[rule].docs)
    prepare(desk, rule, blocks)
    example, instead = (text for language, text in blocks if language == "markdown")
    for text, wrong in ((example, True), (instead, False)):
        desk.post(text)
        found = [problem for problem in desk.check(rule) if problem.path == "content/posts/post.md"]
        assert bool(found) is wrong
    assert [problem for problem in desk.check(rule) if problem.path.startswith("guidelines/")] == []


def test_the_handbook_s_example_too(desk: Desk) -> None:
    """The page that is overdue, and the one that is not."""
    example, instead = (text for _language, text in BLOCK.findall(RULES["handbook-review"].docs))
    now = datetime(2026, 11, 21, tzinfo=UTC)
    for text, count in ((example, 1), (instead, 0)):
        desk.write("guidelines/times.md", text)
        assert len(desk.check("handbook-review", now=now)) == count
