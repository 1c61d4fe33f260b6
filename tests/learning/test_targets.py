"""Targets that a month could not be are proposed anew; those that one can steer by are left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from toolkit.errors import LeitstandError
from toolkit.learning.question import judge
from toolkit.learning.targets import ask_goals, goal_change
from toolkit.metrics import Store, open_store
from toolkit.model import Observation
from toolkit.source import FolderTree
from toolkit.workspace import Goal

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
STRATEGY = """---
title: Strategie
goals:
  - {metric: visits, target: 9000} # weil
  - metric: interactions
    channel: mastodon
    target: 500
---
# Strategie
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Twenty months of some 100 visits a day."""
    chance = Random(2)
    rows = []
    for number in range(1, 600):
        at = NOW - timedelta(days=number)
        visits = round(100 * exp(chance.gauss(0, 0.3)))
        rows.append(Observation("site", "", "visits", visits, at, None, "csv", "one"))
    found = open_store(tmp_path / "state")
    found.append(rows, imported_at=NOW)
    return found


@pytest.mark.parametrize(("target", "wanted"), [(9000.0, True), (3100.0, False), (500.0, True)])
def test_only_what_a_month_could_not_be_is_proposed(store: Store, target: float, wanted: bool) -> None:
    """Three times the usual and a sixth of it are told with a target that half of the months reach; the usual is fine."""
    [answer] = judge(ask_goals([Goal("visits", target)], store, ZONE, NOW))
    assert answer.id == "goal-visits"
    assert answer.worth is wanted
    assert 2700 < float(answer.remedy) < 3700
    assert answer.low < answer.value < answer.high


def test_too_few_months_and_unknown_kpis_are_not_asked(tmp_path: Path, store: Store) -> None:
    """An empty store and a KPI that nobody knows give no answer."""
    assert ask_goals([Goal("visits", 9000.0)], open_store(tmp_path / "empty"), ZONE, NOW) == []
    assert ask_goals([Goal("applause", 9000.0)], store, ZONE, NOW) == []


@pytest.mark.parametrize(
    ("group", "old", "new"), [("visits", "target: 9000}", "target: 3100}"), ("interactions mastodon", "500", "3100")]
)
def test_the_strategy_changes_by_the_number_alone(tmp_path: Path, group: str, old: str, new: str) -> None:
    """Remarks, order and the other goals stay byte for byte."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines/strategy.md").write_text(STRATEGY)
    assert goal_change(FolderTree(tmp_path), group, "3100").after == STRATEGY.replace(old, new)


def test_a_goal_that_is_gone_is_an_error(tmp_path: Path) -> None:
    """Nothing is written where somebody took the goal out meanwhile."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines/strategy.md").write_text("---\ntitle: Strategie\n---\n")
    with pytest.raises(LeitstandError, match="visits"):
        goal_change(FolderTree(tmp_path), "visits", "1")
