"""Which rules are obeyed and which are set aside, from the posts as they were first committed."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.learning.deciding import page_of, propose
from toolkit.learning.question import judge
from toolkit.learning.rules import Use, ask_rules, rule_uses
from toolkit.workspace import load_workspace

TOML = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
PAGE = """---
title: Zeiten
---
# Zeiten

```rule
id: bald
extends: existence
message: Nein.
level: {}
tokens: [bald]
good: [Heute.]
bad: [Es kommt bald.]
```
"""
POST = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C{:03}
title: Nummer {}
status: {}
publish: 2026-03-{:02} 12:00
channels: [mastodon]
language: de
{}---
{} Text Nummer {}, den niemand sonst hat.
"""
WAIVER = "ignore:\n  - {rule: bald, reason: Zitat}\n"


def git(root: Path, *args: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", *who, *args], cwd=root, check=True, capture_output=True)


def write(root: Path, number: int, word: str, waiver: str = "", status: str = "ready") -> None:
    folder = root / "content/posts"
    folder.mkdir(parents=True, exist_ok=True)
    text = POST.format(number, number, status, number + 1, waiver, word, number)
    (folder / f"p{number}.md").write_text(text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Sixteen posts are committed with the word that the rule knows."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines/zeiten.md").write_text(PAGE.format("warning"))
    for number in range(16):
        write(tmp_path, number, "Es kommt bald.")
    git(tmp_path, "init", "-q", ".")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    return tmp_path


def uses(root: Path) -> dict[str, Use]:
    return {one.rule: one for one in rule_uses(load_workspace(root))}


def test_a_case_is_fixed_waived_or_left(root: Path) -> None:
    """What was put right since, what has a waiver, what stands there still; drafts are nobody's case yet."""
    for number in range(5):
        write(root, number, "Es kommt am Dienstag.")
    for number in range(5, 8):
        write(root, number, "Es kommt bald.", WAIVER)
    write(root, 8, "Es kommt bald.", status="draft")
    assert uses(root)["bald"] == Use("bald", fixed=5, waived=3, left=7)


def test_a_rule_that_is_always_obeyed_may_weigh_more(root: Path) -> None:
    """Sixteen of sixteen were put right: the rule's own page changes its level, and git could apply it."""
    for number in range(16):
        write(root, number, "Es kommt am Dienstag.")
    workspace = load_workspace(root)
    [answer] = [one for one in judge(ask_rules(workspace)) if one.group == "bald"]
    assert (answer.id, answer.n, answer.value, answer.remedy, answer.worth) == ("rule-bald", 16, 1.0, "error", True)
    assert page_of(workspace, answer) == "guidelines/zeiten.md"
    [change] = propose(workspace, answer)
    assert change.after == PAGE.format("error")


def test_a_rule_that_nobody_obeys_should_weigh_less(root: Path) -> None:
    """Sixteen waivers say that the rule is wrong, not the posts."""
    for number in range(16):
        write(root, number, "Es kommt bald.", WAIVER)
    [answer] = [one for one in judge(ask_rules(load_workspace(root))) if one.group == "bald"]
    assert (answer.value, answer.remedy, answer.worth) == (0.0, "hint", True)


def test_a_rule_with_both_is_left_as_it_is(root: Path) -> None:
    """Half obeyed, half set aside: no proposal."""
    for number in range(8):
        write(root, number, "Es kommt am Dienstag.")
    [answer] = [one for one in judge(ask_rules(load_workspace(root))) if one.group == "bald"]
    assert not answer.worth


def test_older_posts_are_left_out(root: Path) -> None:
    """The posts go out from the first of March on, at noon in Berlin: ten days later, six are left."""
    found = rule_uses(load_workspace(root), datetime(2026, 3, 11, tzinfo=UTC))
    assert {one.rule: one.n for one in found}["bald"] == 6


def test_without_history_nothing_is_said(tmp_path: Path) -> None:
    """Outside of git nobody knows what was put right."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    write(tmp_path, 1, "Es kommt bald.")
    assert rule_uses(load_workspace(tmp_path)) == []
