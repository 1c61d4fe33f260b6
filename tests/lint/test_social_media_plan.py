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
        ("- {name: produkt}", "- {name: produkt, owner: jemand}", "7:28 "),
    ],
)
def test_unknown_names_and_wrong_shares_are_errors(desk: Desk, old: str, new: str, start: str) -> None:
    """Where they stand, with the nearest name."""
    slips = said(desk, WHOLE.replace(old, new))
    assert len(slips) == 1
    assert slips[0].startswith(start)


ORDERS = "{metric: orders, target: 9}"


@pytest.mark.parametrize(
    ("goal", "start"),
    [
        ("{metric: orders, target: 0}", "2:30 target must be above 0"),
        ("{metric: orders, target: -4}", "2:30 target must be above 0"),
        ("{metric: orders, target: 1.400}", "2:30 target must be a whole number, not 1.4; write thousands"),
        ("{metric: click_rate, target: 4}", "2:34 target must be a share from 0 to 1, not 4"),
        ("{metric: sentiment, target: 4}", "2:33 target must be from -1 to 1"),
        ("{metric: orders, target: 9, baseline: -1}", "2:43 baseline must be 0 or more"),
        ("{metric: orders, target: 9, baseline: 9}", "2:43 9 before is as good as 9 already"),
        ("{metric: response_time, target: 900, baseline: 600}", "2:52 600 before is as good as 900 already"),
        ("{metric: orders, target: 9, deadline: 2026-11-20}", "2:43 the deadline was 2026-11-20"),
        (f"{ORDERS}\n  - {ORDERS}", "3:14 orders has a goal already"),
    ],
)
def test_goals_that_say_nothing(desk: Desk, goal: str, start: str) -> None:
    """A target that no figure can have, one that was reached before, a day that is over: each where it stands."""
    [slip] = said(desk, WHOLE.replace(ORDERS, goal).replace("goals:", "goals:", 1))
    line, rest = slip.split(":", 1)
    assert f"{int(line) - 1}:{rest}".startswith(start)


@pytest.mark.parametrize(
    "goal",
    [
        "{metric: orders, target: 9, baseline: 0, deadline: 2026-12-31}",
        "{metric: click_rate, target: 0.04}",
        "{metric: sentiment, target: 0, baseline: -0.2}",
        "{metric: response_time, target: 900, baseline: 1200}",
        f"{ORDERS}\n  - {{metric: orders, target: 4, channel: mastodon}}",
        f"{ORDERS}\n  - {{metric: orders, target: 90, deadline: 2026-12-31}}",
    ],
)
def test_goals_that_say_something(desk: Desk, goal: str) -> None:
    """Shares, balances, figures that shall fall, one figure for all and for a channel, by month and by a day."""
    assert said(desk, WHOLE.replace(ORDERS, goal)) == []


@pytest.mark.parametrize("goal", ["abc", "10 %", "1e99", "nan", "'1 400'"])
def test_a_target_that_is_no_number_is_told_once(desk: Desk, goal: str) -> None:
    """At the target, with a number as it should be."""
    desk.write("guidelines/strategy.md", "---\n" + WHOLE.replace("target: 9", f"target: {goal}") + "---\n")
    [problem] = desk.check("front-matter")
    assert (problem.span.line, problem.span.col) == (3, 30)
    assert "a number such as 2400" in problem.message


def test_an_unknown_figure_is_told_where_it_stands(desk: Desk) -> None:
    """Also behind a goal that cannot be used."""
    goals = f"goals:\n  - {{metric: orders}}\n  - {ORDERS.replace('orders', 'ordres')}"
    desk.write("guidelines/strategy.md", "---\n" + WHOLE.replace(f"goals:\n  - {ORDERS}", goals) + "---\n")
    [problem] = desk.check("names")
    assert (problem.span.line, problem.span.col) == (4, 14)


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ("goals:", "reviewed: 2026-11-22\ngoals:", "2:11 2026-11-22 is still to come"),
        ("goals:", "currency: Euro\ngoals:", "2:11 currency must be a code of three letters"),
        (
            "goals:",
            "budget:\n  - {for: x, amount: 2.400, year: 2026}\ngoals:",
            "3:22 amount must be a number such as 2400",
        ),
        ("goals:", "budget:\n  - {for: x, amount: 5, year: 26}\ngoals:", "3:31 year must be a year such as 2026"),
        ("goals:", "values:\n  - {name: Leise}\n  - {name: Leise}\ngoals:", "4:12 Leise stands here twice"),
    ],
)
def test_what_a_plan_cannot_be(desk: Desk, old: str, new: str, start: str) -> None:
    """Days, money and names that were typed in haste are told where they stand, with what is right."""
    [slip] = said(desk, WHOLE.replace(old, new, 1))
    assert slip.startswith(start)


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
