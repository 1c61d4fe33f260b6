"""Canned replies of the handbook, checked in their pages as the texts that somebody sends."""

from __future__ import annotations

import os

import pytest

from tests.lint.conftest import NOW, SETTINGS, Desk, unmarked
from toolkit.cli import execute
from toolkit.lint import Recall, check_workspace
from toolkit.model import SourceText

PATH = "guidelines/replies/danke.md"
HEAD = "---\ntitle: Danke\nowner: leitung\nlanguage: {language}\n---\n# Danke\n\n"
RULES = """---
title: Stimme
owner: leitung
---

```rule
id: HAUS1
extends: existence
message: "'%s'"
scope: {scope}
tokens: ['danke für (?:dein|euer) \\w+', '\\{{\\w+\\}}', 'Tee']
nonword: true
good: ['gut']
bad: ['Tee {{name}}']
{extra}
```
"""


def rules(desk: Desk, scope: str = "reply", extra: str = "") -> None:
    desk.write("guidelines/stimme.md", RULES.format(scope=scope, extra=extra))


def found(desk: Desk, sample: str, *, language: str = "de", end: str = "\n") -> list[tuple[int, int]]:
    """Where the rule points in a page; after a check that it points at what the sample marks."""
    text, places = unmarked((HEAD.format(language=language) + sample).replace("\n", end))
    desk.write(PATH, text)
    source = SourceText(PATH, text)
    problems = [one for one in desk.check("HAUS1") if one.path == PATH]
    spans = [(source.offset(p.span.line, p.span.col), source.offset(p.span.end_line, p.span.end_col)) for p in problems]
    assert spans == places
    return spans


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("scope", ["reply", "text", "text.reply"])
@pytest.mark.parametrize(
    "sample",
    [
        "> Moin, «danke für dein Feedback». «Tee»!\n",
        "> Moin, «danke für\n> dein Feedback».\n",
        ">Moin, «danke für\n  >  dein Feedback».\n>\n> «Tee»\n\nTee\n\n> «Tee»",
        "> danke für\n>\n> dein Feedback, {name}\n",
        "Nicht schreiben: danke für dein Feedback\n\n```text\n> Tee\n```\n\n> «Tee» 🫖 «Tee»\n",
        "> «Tee»\n\n<!-- vale off -->\n\n> Tee\n\n<!-- vale on -->\n\n> 👩‍🚀 «Tee»\n",
        ">\n\n>   \n",
    ],
)
def test_a_quotation_is_a_reply(desk: Desk, sample: str, scope: str, end: str) -> None:
    """Only quotations are, each as one paragraph, without its marks; placeholders are masked; comments switch off."""
    rules(desk, scope)
    found(desk, sample, end=end)


def test_rules_of_others_are_silent(desk: Desk) -> None:
    """Of another language, of one network, of posts' own texts, and those that the settings except or switch off."""
    rules(desk, extra="language: en")
    found(desk, "> Tee\n")
    found(desk, "> «Tee»\n", language="en")
    rules(desk, extra="networks: [bluesky]")
    found(desk, "> Tee\n")
    rules(desk, scope="heading")
    found(desk, "> Tee\n")
    rules(desk)
    desk.settings(SETTINGS + '\n[check.styles.except]\n"guidelines/replies/*" = ["HAUS1"]\n')
    found(desk, "> Tee\n")
    desk.settings(SETTINGS + '\n[check.severity]\nHAUS1 = "off"\n')
    found(desk, "> Tee\n")


def test_a_page_without_front_matter_is_in_the_first_language(desk: Desk) -> None:
    """It is checked all the same."""
    rules(desk, extra="language: de")
    desk.write(PATH, "> Ein Tee\n")
    assert [(one.path, one.span.line, one.span.col) for one in desk.check("HAUS1")] == [(PATH, 1, 7)]


def test_only_what_was_asked_for_is_checked(desk: Desk) -> None:
    """A page by its path; a post alone brings no page along; what is remembered is the same."""
    rules(desk)
    desk.write(PATH, "> Ein Tee\n")
    desk.post("---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: A\n---\nText\n")
    recall = Recall(desk.root, "1")
    whole = check_workspace(desk.load(), now=NOW, recall=recall)
    assert check_workspace(desk.load(), now=NOW, recall=Recall(desk.root, "1")) == whole
    one = check_workspace(desk.load(), now=NOW, paths=[PATH])
    assert [problem.rule for problem in one if problem.path == PATH] == ["HAUS1"]
    assert check_workspace(desk.load(), now=NOW, paths=["content/posts/post.md"]) == [
        problem for problem in whole if problem.path == "content/posts/post.md"
    ]


def test_a_page_of_replies_is_something_to_check(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for it is not told that it is no post."""
    rules(desk)
    desk.write(PATH, "---\nowner: leitung\n---\n> Ein Tee\n")
    monkeypatch.chdir(desk.root)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    assert execute(["check", PATH, "--no-cache"], os.environ) == 0
    said = capsys.readouterr()
    assert f"{PATH}:4:7: warning: 'Tee' (HAUS1)" in said.out
    assert "none of these" not in said.err


def test_a_slow_pattern_is_told_in_the_page(desk: Desk) -> None:
    """The settings' pattern that took too long is named where it was tried, and the reply is checked without it."""
    rules(desk)
    desk.settings(SETTINGS + "\n[check.styles]\nignore = ['(?=((a+)+)+c)a']\n")
    desk.write(PATH, f"> {'a' * 3_000}! Tee\n>\n> Tee\n")
    found = {one.rule: one for one in desk.check() if one.path == PATH and one.rule in {"settings", "HAUS1"}}
    assert found.keys() == {"settings", "HAUS1"}
    assert (found["settings"].severity, found["settings"].span.line) == ("warning", 1)
    line = SETTINGS.count("\n") + 3
    assert f"(leitstand.toml:{line}:11) takes too long" in found["settings"].message
