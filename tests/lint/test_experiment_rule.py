"""An experiment that nobody could believe is told where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.experiments.trial import PATH, SETTINGS, Out, design, post_file, registered, write
from toolkit.experiments.experiment import EXPERIMENTS
from toolkit.lint import check_workspace
from toolkit.lint.rules import experiment as rule
from toolkit.workspace import load_workspace

GOOD = design(start="2026-11-01", stop="2026-11-30")
POST = post_file(Out(1, "2026-11-10", 0, "ask"))


def complaints(root: Path, text: str, post: str = POST, day: int = 20) -> list[tuple[str, int, str, str]]:
    for path, content in ((PATH, text), ("content/posts/a.md", post), ("leitstand.toml", SETTINGS)):
        write(root, path, content)
    found = check_workspace(load_workspace(root), now=datetime(2026, 11, day, 12, tzinfo=UTC))
    return [
        (one.path.rpartition("/")[2], one.span.line, one.severity.value, one.message)
        for one in found
        if one.rule == "experiment"
    ]


def test_a_registered_one_is_silent(tmp_path: Path) -> None:
    """And so is a workspace without experiments; the rule looks where they are."""
    assert complaints(tmp_path, registered(GOOD)) == []
    (tmp_path / PATH).unlink()
    assert check_workspace(load_workspace(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC)) is not None
    assert rule.FOLDER == EXPERIMENTS


def test_one_that_runs_unregistered_is_warned_about(tmp_path: Path) -> None:
    """Before its first post it is a hint, afterwards a warning, and nothing when it is over."""
    (found,) = complaints(tmp_path, GOOD)
    assert found[:3] == ("question.md", 2, "warning")
    assert "leitstand experiment register question" in found[3]
    (found,) = complaints(tmp_path, GOOD, day=5)
    assert found[2] == "hint"
    assert complaints(tmp_path, GOOD.replace("2026-11-30", "2026-11-15")) == []


def test_a_silent_change_is_an_error(tmp_path: Path) -> None:
    """Another number of posts while posts are out; before that it only has to be registered again."""
    text = registered(GOOD).replace("planned: 10", "planned: 4")
    (found,) = complaints(tmp_path, text)
    assert found[1:3] == (13, "error")
    assert "--why" in found[3]
    (found,) = complaints(tmp_path, text, day=5)
    assert found[2] == "warning"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("owner: ines", "owner: inez", 3, "inez"),
        ("decision: We ask.\n", "", 1, "decision is missing"),
        ("metric: interactions", "metric: likez", 5, "no KPI of posts"),
        ("label: tell", "label: ask", 7, "two arms"),
        ("stop: 2026-11-30", "stop: 2026-10-30", 9, "a later stop"),
        ("planned: 10", "planned: 0", 11, "above 0"),
        ("planned: 10", "planed: 10", 11, "planed"),
        ("planned: 10", "planned: 10\nleast: 5", 12, "one look"),
        ("planned: 10", "planned: 10\npower: 2", 12, "between 0 and 1"),
        ("planned: 10", "planned: 10\nfactor: nan", 12, "above 0"),
        ("planned: 10", "planned: 10\nunit: view", 12, "post"),
        ("planned: 10", "planned: 10\nchanges: [{at: 2026-11-02T09:00:00+01:00, by: ines}]", 12, "why is missing"),
    ],
)
def test_each_slip_is_told_where_it_stands(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    """By its line, with what to do."""
    found = complaints(tmp_path, GOOD.replace(old, new))
    assert any(at == line and said in message for _path, at, _severity, message in found), found


def test_posts_are_in_one_arm_and_in_time(tmp_path: Path) -> None:
    """A post in both arms counts for nothing, and one outside the days is not counted."""
    (both,) = complaints(tmp_path, registered(GOOD), POST.replace("[ask]", "[ask, tell]"))
    assert both[:3] == ("a.md", 8, "error")
    assert "both arms of question" in both[3]
    (late,) = complaints(tmp_path, registered(GOOD), POST.replace("2026-11-10", "2026-12-10"))
    assert late[:3] == ("a.md", 8, "warning")
    assert "is not counted" in late[3]


def test_one_that_finds_too_seldom_stays_in_sight(tmp_path: Path) -> None:
    """What was calculated when it was registered anyway is told where the number stands, until it is over."""
    text = registered(GOOD).replace("hash:", "needed: 34, chance: 0.24, hash:")
    (found,) = complaints(tmp_path, text)
    assert found[1:3] == (11, "warning")
    assert found[3] == "10 posts of each arm find the factor in 24 of 100 experiments; it takes 34"
    assert complaints(tmp_path, text, day=30)
    assert complaints(tmp_path, text.replace("chance: 0.24", "chance: 0.80")) == []
