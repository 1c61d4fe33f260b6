from __future__ import annotations

import pytest

from tests.style.book import matches, rule
from toolkit.style import Reading, Rulebook

TEXT = """---
title: Titel XX
draft: true
---

# Eins XX

## Zwei XX

Absatz XX mit [Link XX](u), *Kursiv XX*, **Fett XX** und `Code XX`. Satz XX.

- Liste XX

> Zitat XX

| Kopf XX | b |
| --- | --- |
| Zelle XX | b |

![Bild XX](u)

<table><caption>Titelei XX</caption></table>
"""


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("text", 14),
        ("heading", 2),
        ("heading.h1", 1),
        ("'heading & ~heading.h1'", 1),
        ("list", 1),
        ("blockquote", 1),
        ("table", 3),
        ("table.header", 1),
        ("table.cell", 1),
        ("table.caption", 1),
        ("alt", 1),
        ("link", 1),
        ("emphasis", 1),
        ("strong", 1),
        ("code", 1),
        ("sentence", 7),
        ("paragraph", 5),
        ("raw", 15),
        ("text.frontmatter.title", 1),
        ("~heading", 12),
        ("[heading, list]", 3),
    ],
)
def test_a_scope_means_its_blocks(scope: str, found: int) -> None:
    """Selectors choose by section, with ``&``, ``~`` and lists; code is only seen by who asks for it."""
    assert len(matches(f"extends: existence\nnonword: true\nscope: {scope}\ntokens: ['[^ ]+ XX']", TEXT)) == found


def test_what_is_named_is_its_own_scope() -> None:
    """Texts handed in by name are seen by rules for that name and by rules for all text."""
    book = Rulebook(
        [
            rule("extends: existence\nscope: alt\ntokens: [Bild]", "H.Alt"),
            rule("extends: existence\ntokens: [von]", "H.All"),
        ]
    )
    found = book.check_named({"alt": "Bild von uns", "reply": "Bild von uns"})
    assert {name: [alert.rule for alert in alerts] for name, alerts in found.items()} == {
        "alt": ["H.Alt", "H.All"],
        "reply": ["H.All"],
    }
    assert [alert.rule for alert in book.check("Bild von uns", name="post")] == ["H.All"]


def test_skipped_and_ignored_is_not_read() -> None:
    """Blocks can be left out, inline tags, patterns and classes masked."""
    own = [rule("extends: existence\ntokens: [XX]")]
    text = '> XX\n\n**XX** {{XX}} <span class="no">XX</span> XX'
    assert len(Rulebook(own).check(text)) == 5
    reading = Reading(ignored=("strong",), skipped=("blockquote",), classes=("no",), tokens=(r"\{\{.*?\}\}",))
    assert [alert.start for alert in Rulebook(own, reading=reading).check(text)] == [text.rindex("XX")]
    assert Rulebook(own, reading=Reading(blocks=(r"(?s)> .*",))).check(text) == []


def test_comments_switch_rules_off() -> None:
    """From where a comment stands: everything, a style, a rule, one match of a rule."""
    own = [rule("extends: existence\ntokens: [XX, YY]")]

    def lines(text: str) -> list[int]:
        return [text.count("\n", 0, alert.start) for alert in Rulebook(own).check(text)]

    assert lines("<!-- vale off -->\n\nXX\n\n<!-- vale on -->\n\nXX") == [6]
    assert lines("<!-- vale House.Rule = NO -->\n\nXX\n\n<!-- vale House.Rule = YES -->\n\nXX") == [6]
    assert lines("<!-- vale House = NO -->\n\nXX") == []
    assert lines('<!-- vale House.Rule["XX"] = NO -->\n\nXX\n\nYY') == [4]
    assert lines("a XX <!-- vale off -->XX<!-- vale on --> XX") == [0, 0]
