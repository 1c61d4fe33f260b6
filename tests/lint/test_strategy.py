from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk

HEAD = "---\nstatus: ready\nchannels: [mastodon]\npublish: 2026-12-01 07:30\n"


@pytest.fixture(autouse=True)
def _required(desk: Desk) -> None:
    desk.settings(SETTINGS + '\n[check.strategy]\nrequired = ["pillar", "goal", "campaign"]\n')
    desk.write("content/campaigns/advent.md", "---\ngoals:\n  - {metric: orders, target: 9}\n---\n")
    desk.write("content/campaigns/leise.md", "---\ntitle: Leise\n---\n")


@pytest.mark.parametrize(
    ("keys", "missing"),
    [
        ("", ["campaign", "goal", "pillar"]),
        ("pillar: produkt\n", ["campaign", "goal"]),
        ("pillar: produkt\ngoal: orders\ncampaign: leise\n", []),
        ("pillar: produkt\ncampaign: advent\n", []),
        ("pillar: produkt\ncampaign: leise\n", ["goal"]),
    ],
)
def test_each_missing_answer_is_a_warning(desk: Desk, keys: str, missing: list[str]) -> None:
    """The campaign's goals are its posts' goals; a campaign without any gives none."""
    desk.post(f"{HEAD}{keys}---\n")
    wanted = [f"no {key}; the strategy asks it of every ready post" for key in missing]
    assert sorted(problem.message.removesuffix(": advent, leise") for problem in desk.check("strategy")) == wanted


@pytest.mark.parametrize("sample", [HEAD.replace("ready", "draft"), HEAD.replace("2026-12-01", "2026-11-01")])
def test_drafts_and_the_past_are_left_alone(desk: Desk, sample: str) -> None:
    """Only a ready post that is still to go out has to say what it is for."""
    assert desk.messages("strategy", f"{sample}---\n") == []


PLAN = "---\ngoals:\n  - {metric: orders, target: 9}\npillars:\n  - {name: produkt}\n  - {name: wissen}\n---\n"


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        ("", []),
        ("---\ntitle: Strategie\n---\n", []),
        ("---\ngoals: []\npillars: []\n---\n", []),
        (PLAN, ["goal: orders", "pillar: produkt, wissen"]),
        (PLAN.replace("goals:", "x:"), ["pillar: produkt, wissen"]),
    ],
)
def test_what_the_strategy_has_is_asked_of_posts(desk: Desk, plan: str, asked: list[str]) -> None:
    """Without a word in the settings a post names a pillar where there are any, a goal where there are any."""
    desk.settings(SETTINGS)
    if plan:
        desk.write("guidelines/strategy.md", plan)
    desk.post(f"{HEAD}---\n")
    found = [problem.message for problem in desk.check("strategy")]
    wanted = [
        f"no {one.partition(':')[0]}; the strategy asks it of every ready post:{one.partition(':')[2]}" for one in asked
    ]
    assert sorted(found) == wanted


def test_a_house_may_ask_nothing(desk: Desk) -> None:
    """An empty list is an answer: then a post may be just a post, whatever the strategy has."""
    desk.settings(SETTINGS + "\n[check.strategy]\nrequired = []\n")
    desk.write("guidelines/strategy.md", PLAN)
    assert desk.messages("strategy", f"{HEAD}---\n") == []
