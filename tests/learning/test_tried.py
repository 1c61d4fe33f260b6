"""An experiment answers once its own rule lets it be decided, and not before; what it says is what its page says."""

from __future__ import annotations

from datetime import UTC, datetime
from math import exp
from pathlib import Path
from random import Random

import pytest

from tests.experiments.trial import design, earlier, make, pairs, registered
from toolkit.kpis import known_subjects
from toolkit.learning.question import Answer, judge
from toolkit.learning.tried import ask_experiments
from toolkit.metrics import open_store
from toolkit.workspace import load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def answers(root: Path, factor: float, text: str = "") -> list[Answer]:
    """Fifteen posts of each arm, those that ask worth so many times those that tell."""
    chance = Random(5)
    ask, tell = ([round(60 * worth * exp(chance.gauss(0, 0.4))) for _at in range(15)] for worth in (factor, 1.0))
    make(root, [*earlier(), *pairs(ask, tell)], text)
    workspace = load_workspace(root)
    subjects = known_subjects({}, workspace.posts)
    return judge(ask_experiments(workspace, open_store(root / "state"), subjects, NOW))


def test_the_arm_that_is_ahead_is_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times as much: the leading arm over the other one, above one and sure, called by its name."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    [answer] = answers(tmp_path, 3.0)
    assert answer.id == "experiment-question"
    assert answer.label == "“question” instead of “statement”"
    assert answer.low > 1
    assert answer.worth
    assert answer.q is None
    assert 2.0 < answer.value < 4.5


def test_the_order_of_the_arms_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second one leads it is named first, and the factor is above one all the same."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    [answer] = answers(tmp_path, 1 / 3)
    assert answer.label == "“statement” instead of “question”"
    assert answer.low > 1


def test_nobody_answers_before_the_planned_posts(tmp_path: Path) -> None:
    """Forty of each arm were registered and fifteen are there: it is no question yet, however large the difference."""
    assert answers(tmp_path, 5.0, registered(design(planned="40"))) == []


def test_who_chose_the_question_afterwards_proposes_nothing(tmp_path: Path) -> None:
    """An experiment that nobody registered is looked at, and changes no page."""
    assert answers(tmp_path, 5.0, design()) == []


def test_chance_is_no_winner(tmp_path: Path) -> None:
    """Two arms that are alike answer, and nothing is proposed."""
    [answer] = answers(tmp_path, 1.0)
    assert not answer.worth
