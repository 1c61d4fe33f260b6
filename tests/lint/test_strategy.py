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
    assert sorted(problem.message for problem in desk.check("strategy")) == wanted


@pytest.mark.parametrize("sample", [HEAD.replace("ready", "draft"), HEAD.replace("2026-12-01", "2026-11-01")])
def test_drafts_and_the_past_are_left_alone(desk: Desk, sample: str) -> None:
    """Only a ready post that is still to go out has to say what it is for."""
    assert desk.messages("strategy", f"{sample}---\n") == []


def test_nothing_is_demanded_by_default(desk: Desk) -> None:
    """Without the switch a post may be just a post."""
    desk.settings(SETTINGS)
    assert desk.messages("strategy", f"{HEAD}---\n") == []
