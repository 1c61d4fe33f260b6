"""Briefings on the site: a card that says whether they count, escaped, and nothing of it for people outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.pages.conftest import NOW, SETTINGS
from toolkit.pages.handbook.urgency import box_urgency
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site
from toolkit.pages.view import SiteInput
from toolkit.workspace import load_workspace

TEXT = """---
title: Advent
owner: jule
valid_from: 2026-11-20
valid_until: 2026-12-24
messages: ["<b>Order</b> early"]
faq: [{question: Until when?, answer: Until the twentieth.}]
no_go: [{words: [guaranteed], why: Nobody knows., instead: the last day}]
escalate: [{what: Press, to: wiebke}]
---
# Advent

Read this first.
"""
PATH = "handbook/briefings/advent.md"


def shown(root: Path, days: int = 0, *, partner: bool = False) -> str:
    (root / "guidelines/briefings").mkdir(parents=True, exist_ok=True)
    (root / "leitstand.toml").write_text(SETTINGS)
    (root / "guidelines/briefings/advent.md").write_text(TEXT)
    given = SiteInput(load_workspace(root), NOW + timedelta(days=days))
    page = render_site(replace(given, partner=partner))[PATH]
    assert isinstance(page, Page)
    return page.text


def test_its_card_says_what_counts(tmp_path: Path) -> None:
    """Valid, with messages, answers, what nobody says and who takes over, above the text."""
    text = shown(tmp_path)
    for said in (">valid<", "&lt;b&gt;Order", "Until the twentieth.", "guaranteed", "the last day", "Wiebke Thomsen"):
        assert said in text
    assert text.index("Wiebke Thomsen") < text.index("Read this first.")
    assert "<b>Order" not in text.partition("# Advent")[2]


def test_one_that_is_over_is_marked(tmp_path: Path) -> None:
    """In words and red; one that is to come says from when."""
    assert "over since 24 December 2026" in shown(tmp_path, days=40)
    assert "counts from 20 November 2026 on" in shown(tmp_path, days=-7)


def test_people_outside_see_nothing_of_it(tmp_path: Path) -> None:
    """Neither what we do not say nor whom to ask."""
    text = shown(tmp_path, partner=True)
    assert "guaranteed" not in text
    assert "Wiebke" not in text


def test_what_is_counted_is_a_box() -> None:
    """A wish and an attribute as people understand them; a block that cannot be used stays as it is."""
    voice = "```voice\nvoice: More <i>decaf</i>\nsort: wish\nwords: [decaf]\nlabel: w\ngood: [decaf]\nbad: [tea]\n```\n"
    trait = "```image\nimage: kind\nwords: [kind]\nwanted: true\ngood: [kind]\nbad: [rude]\n```\n"
    text = box_urgency(f"{voice}\n{trait}\n```voice\nvoice: half\n```\n", str)
    assert "More &lt;i&gt;decaf&lt;/i&gt;" in text
    assert "we want to be" in text
    assert text.count("```voice") == 1
