"""Months that break the mix of the plan."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.lint.conftest import Desk
from toolkit.lint import RULES
from toolkit.model import Severity

PLAN = "---\npillars:\n  - {name: produkt, title: Produkt, most: 30 %}\n  - {name: wissen, title: Wissen, least: 20 %}\n---\n"


@pytest.fixture(autouse=True)
def _plan(desk: Desk) -> None:
    desk.write("guidelines/strategy.md", PLAN)


def month(desk: Desk, pillars: list[str], day: str = "2026-12") -> None:
    """A post of each of these pillars, on one day after the other."""
    for at, pillar in enumerate(pillars, 1):
        head = f"channels: [mastodon]\npublish: {day}-{at:02} 09:00\n"
        desk.post(
            f"---\n{head}{f'pillar: {pillar}' if pillar else ''}\n---\nText {at}\n", f"content/posts/{day}-{at}.md"
        )


def said(desk: Desk) -> list[tuple[str, int, str]]:
    return [(one.severity.value, one.span.line, one.message) for one in desk.check("pillar-mix")]


def test_a_month_that_keeps_the_mix_is_fine(desk: Desk) -> None:
    """Three of ten are 30 %."""
    month(desk, ["produkt"] * 3 + ["wissen"] * 7)
    assert said(desk) == []


def test_one_post_too_many_is_a_warning_at_the_pillar(desk: Desk) -> None:
    """Four of ten are more than the plan allows, and the message says what it allows."""
    month(desk, ["produkt"] * 4 + ["wissen"] * 6)
    text = "December 2026: Produkt has 4 of 10 posts, the plan allows 3; move one or choose another pillar"
    assert said(desk) == [("warning", 3, text)]


def test_too_few_are_a_hint(desk: Desk) -> None:
    """The month may not be planned to its end."""
    month(desk, ["wissen"] + [""] * 9)
    assert said(desk) == [("hint", 4, "December 2026: Wissen has 1 of 10 posts, the plan wants 2 or more")]


def test_the_past_is_past(desk: Desk) -> None:
    """Months before this one are the report's matter; this month is not over."""
    month(desk, ["produkt"] * 9 + ["wissen"] * 3, "2026-10")
    assert said(desk) == []
    assert len(desk.check("pillar-mix", now=datetime(2026, 10, 31, tzinfo=UTC))) == 1


def test_an_unknown_pillar_is_told_at_the_post(desk: Desk) -> None:
    """With the one that was probably meant; without a plan every pillar may be."""
    desk.post("---\npillar: produckt\n---\nText\n")
    [problem] = desk.check("pillar-mix")
    assert (problem.path, problem.span.line, problem.severity) == ("content/posts/post.md", 2, Severity.WARNING)
    assert "produkt" in problem.message
    desk.write("guidelines/strategy.md", "---\ntitle: Strategie\n---\n")
    assert desk.check("pillar-mix") == []


def test_the_page_of_the_rule_is_true(desk: Desk) -> None:
    """Its example has a problem, what it says instead has none."""
    blocks = dict.fromkeys(re.findall(r"```(\w+)\n(.*?)```", RULES["pillar-mix"].docs, re.DOTALL))
    example, instead = (text for kind, text in blocks if kind == "markdown")
    [plan] = (text for kind, text in blocks if kind == "yaml")
    desk.write("guidelines/strategy.md", f"---\n{plan}---\n")
    for text, count in ((example, 1), (instead, 0)):
        desk.post(text)
        assert len(desk.check("pillar-mix")) == count
