"""`leitstand new --strategy`: a plan to fill in, once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.strategy import read_strategy
from toolkit.workspace import load_workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
interface = "en"
languages = ["de"]
[people.leitung]
roles = ["manager"]
[accounts.mastodon]
network = "mastodon"
[competitors."Röstwerk Süd"]
accounts = { mastodon = "@r@example.org" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def new(folder: Path, *args: str) -> int:
    arguments = ["new", *args, "--strategy", "--now", "2026-11-21T12:00+01:00", "-w", str(folder)]
    return execute(arguments, {"LEITSTAND_LANG": "en"})


def test_a_new_plan_says_what_is_still_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its owner is the only person there is, it is to be read again in half a year, and check asks for each list."""
    assert new(folder, "Plan: 2027") == 0
    assert capsys.readouterr().out.strip() == str(folder / "guidelines/strategy.md")
    plan = read_strategy(load_workspace(folder))
    assert (plan.written, plan.problems, plan.owner, str(plan.next_review)) == (True, (), "leitung", "2027-05-23")
    assert execute(["check", "--now", "2026-11-21T12:00+01:00", "-w", str(folder), "--format", "json"], {}) == 0
    missing = re.findall(r"no (\w+);", capsys.readouterr().out)
    assert sorted(missing) == ["audiences", "channels", "goals", "pillars"]


def test_every_sample_can_be_used(folder: Path) -> None:
    """Without the # the lists are a plan, and nothing in it is wrong."""
    new(folder, "Plan")
    path = folder / "guidelines/strategy.md"
    text = re.sub(r"(?m)^# (\w+:)$", r"\1", path.read_text("utf-8"))
    path.write_text(re.sub(r"(?m)^#   - ", "  - ", text), "utf-8")
    workspace = load_workspace(folder)
    plan = read_strategy(workspace)
    assert (workspace.problems, plan.problems) == ((), ())
    assert plan.goals
    assert all((plan.products, plan.values, plan.audiences, plan.pillars, plan.channels, plan.competitors, plan.budget))


def test_a_plan_is_never_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time is refused and the file stays; as are no title and an unknown person."""
    assert new(folder, "Plan", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"path": "guidelines/strategy.md"}
    before = (folder / "guidelines/strategy.md").read_bytes()
    assert new(folder, "Anderer Plan") == 2
    assert (folder / "guidelines/strategy.md").read_bytes() == before
    (folder / "guidelines/strategy.md").unlink()
    assert new(folder, " ") == 2
    assert new(folder, "Plan", "--author", "leitng") == 2
    assert "leitung" in capsys.readouterr().err
    assert not (folder / "guidelines/strategy.md").exists()
