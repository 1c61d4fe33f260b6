"""An experiment answers once its own rule lets it be decided, and not before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random

import pytest

from toolkit.kpis import known_subjects
from toolkit.learning.question import judge
from toolkit.learning.tried import ask_experiments
from toolkit.metrics import Store, open_store
from toolkit.model import Observation
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOML = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
TRIAL = """---
title: Frage
hypothesis: Fragen bringen mehr.
metric: interactions
arms: [{{name: Frage, label: try-a}}, {{name: Aussage, label: try-b}}]
start: 2026-09-01
stop: 2026-11-10
planned: {}
---
"""
POST = "---\nuid: {}\ntitle: Nummer {}\nstatus: ready\nchannels: [mastodon]\nlabels: [{}]\n---\nText {}.\n"


def make(root: Path, factor: float, planned: int = 15) -> tuple[Workspace, Store]:
    """Sixteen posts of each arm, the first worth so many times the second."""
    (root / "content/experiments").mkdir(parents=True)
    (root / "content/posts").mkdir()
    (root / "leitstand.toml").write_text(TOML)
    (root / "content/experiments/frage.md").write_text(TRIAL.format(planned))
    chance, rows = Random(3), []
    for number in range(32):
        uid, label = f"01JDK3V7Q2M8X4T6R9A0B1C{number:03}", "try-a" if number % 2 else "try-b"
        (root / f"content/posts/p{number}.md").write_text(POST.format(uid, number, label, number))
        at = NOW - timedelta(days=75 - 2 * number)
        value = round(60 * (factor if number % 2 else 1.0) * exp(chance.gauss(0, 0.4)))
        rows.append(Observation(uid, "mastodon", "likes", value, at + timedelta(days=7), at, "csv", "one"))
    store = open_store(root / "state")
    store.append(rows, imported_at=NOW)
    return load_workspace(root), store


def test_the_arm_that_is_ahead_is_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times as much: the leading arm over the other one, above one and sure, called by its name."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    workspace, store = make(tmp_path, 3.0)
    subjects = known_subjects({}, workspace.posts)
    [answer] = judge(ask_experiments(workspace, store, subjects, NOW))
    assert answer.id == "experiment-frage"
    assert answer.label == "“Frage” instead of “Aussage”"
    assert answer.low > 1
    assert answer.worth
    assert 2.0 < answer.value < 4.5


def test_the_order_of_the_arms_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second one leads it is named first, and the factor is above one all the same."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    workspace, store = make(tmp_path, 1 / 3)
    [answer] = judge(ask_experiments(workspace, store, known_subjects({}, workspace.posts), NOW))
    assert answer.label == "“Aussage” instead of “Frage”"
    assert answer.low > 1


def test_nobody_answers_before_the_planned_posts(tmp_path: Path) -> None:
    """Forty of each arm were registered and sixteen are there: it is no question yet, however large the difference."""
    workspace, store = make(tmp_path, 5.0, planned=40)
    assert ask_experiments(workspace, store, known_subjects({}, workspace.posts), NOW) == []


def test_chance_is_no_winner(tmp_path: Path) -> None:
    """Two arms that are alike answer, and nothing is proposed."""
    workspace, store = make(tmp_path, 1.0)
    [answer] = judge(ask_experiments(workspace, store, known_subjects({}, workspace.posts), NOW))
    assert not answer.worth
