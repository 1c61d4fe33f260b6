"""What the rule says about guidelines/strategy.md."""

from __future__ import annotations

import re

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.lint import RULES
from toolkit.model import Severity

WHOLE = """goals:
  - {metric: orders, target: 9}
audiences:
  - {name: alle}
pillars:
  - {name: produkt}
channels:
  - {channel: mastodon, purpose: reden, audiences: [alle]}
"""


def said(desk: Desk, front: str) -> list[str]:
    """What the rule says about a plan with this front matter."""
    desk.write("guidelines/strategy.md", f"---\n{front}---\n# Strategie\n")
    return [f"{one.span.line}:{one.span.col} {one.message}" for one in desk.check("social-media-plan")]


def test_a_whole_plan_is_a_plan(desk: Desk) -> None:
    """Goals, audiences, pillars and channels are enough."""
    assert said(desk, WHOLE) == []


@pytest.mark.parametrize("key", ["goals", "audiences", "pillars", "channels"])
def test_each_missing_piece_is_a_warning(desk: Desk, key: str) -> None:
    """One warning for each piece that nobody wrote."""
    front = re.sub(rf"{key}:\n.*\n", "", WHOLE).replace(", audiences: [alle]", "")
    [slip] = said(desk, front)
    assert slip.startswith(f"1:1 no {key}; ")
    assert [one.severity for one in desk.check("social-media-plan")] == [Severity.WARNING]


def test_a_house_with_a_handbook_is_told_to_write_the_plan(desk: Desk) -> None:
    """Without any page of the handbook nothing is said."""
    assert desk.check("social-media-plan") == []
    desk.write("guidelines/index.md", "---\nowner: leitung\n---\n# Handbuch\n")
    [problem] = desk.check("social-media-plan")
    assert (problem.path, problem.severity) == ("guidelines/strategy.md", Severity.WARNING)


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ("channel: mastodon", "channel: mastodn", "9:15 "),
        ("audiences: [alle]", "audiences: [ale]", "9:53 "),
        ("goals:", "competitors:\n  - {name: Elb}\ngoals:", "3:12 "),
        ("goals:", "budget:\n  - {for: x, amount: 1, year: 2026, owner: y}\ngoals:", "3:44 "),
        ("- {name: produkt}", "- {name: produkt, most: 900}", "7:27 "),
    ],
)
def test_unknown_names_and_wrong_shares_are_errors(desk: Desk, old: str, new: str, start: str) -> None:
    """Where they stand, with the nearest name."""
    slips = said(desk, WHOLE.replace(old, new))
    assert len(slips) == 1
    assert slips[0].startswith(start)


def test_competitors_are_those_of_the_settings(desk: Desk) -> None:
    """Their accounts stand in leitstand.toml, and nowhere else."""
    desk.settings(SETTINGS + '\n[competitors.Elb]\naccounts = { mastodon = "@elb@social.example" }\n')
    assert said(desk, f"competitors:\n  - {{name: Elb, why: Fotos}}\n{WHOLE}") == []


def test_campaigns_keep_the_budget_of_their_year(desk: Desk) -> None:
    """Two campaigns of one year count together; a year without a budget has no limit."""
    for name, cost in (("a", 60), ("b", 50)):
        desk.write(f"content/campaigns/{name}.md", f"---\nstart: 2026-11-01\nbudget: {cost}\n---\n")
    budget = "budget:\n  - {{for: alles, amount: {amount}, year: {year}}}\n"
    assert said(desk, WHOLE + budget.format(amount=110, year=2026)) == []
    assert said(desk, WHOLE + budget.format(amount=100, year=2027)) == []
    [slip] = said(desk, WHOLE + budget.format(amount=100, year=2026))
    assert slip.endswith("the campaigns of 2026 cost 110, the budget of the year is 100")


def test_the_page_of_the_rule_is_true(desk: Desk) -> None:
    """Its example has problems, what it says instead has none."""
    example, instead = re.findall(r"```yaml\n(.*?)```", RULES["social-media-plan"].docs, re.DOTALL)
    assert said(desk, example)
    assert said(desk, instead) == []
