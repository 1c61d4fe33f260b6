"""Experiments: no winner before the planned posts, a winner only against chance, and clear words about wrong files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.experiments import trial
from tests.experiments.trial import SETTINGS, design, earlier, pairs, registered
from toolkit.errors import UsageError
from toolkit.experiments.reading import read_experiments
from toolkit.experiments.saying import say_verdict
from toolkit.reports.experiment import ExperimentReport, open_report
from toolkit.source import FolderTree

TRIAL = design()
ANYTIME = design(planned="20", analysis="always-valid", least="8")
WILD = [5, 60, 12, 25, 90, 8, 33, 18, 50, 14]


def make(
    root: Path, ask: Sequence[float], tell: Sequence[float], until: str = "2026-11-20T12:00:00+00:00", text: str = TRIAL
) -> ExperimentReport:
    """A report on an experiment whose posts, one a day in each arm, had these likes."""
    trial.make(root, [*earlier(), *pairs(ask, tell)], registered(text))
    return open_report(str(root), str(root / "state"), "2026-10", now=until, language="en")


def said(report: ExperimentReport) -> str:
    (outcome,) = report.outcomes
    return say_verdict(outcome, report.scope.wording)


def test_nobody_wins_before_the_planned_posts(tmp_path: Path) -> None:
    """Eight posts of ten each, however far apart, while it runs: both counts and no winner."""
    report = make(tmp_path, [90] * 8, [10] * 8, until="2026-10-20T12:00:00+00:00")
    assert said(report) == "running on 20 October 2026; 8 and 8 of 10 posts are counted, and nobody wins before."


def test_a_clear_difference_has_a_winner(tmp_path: Path) -> None:
    """Ten posts each that never overlap: the better arm is named, with the factor and its interval."""
    report = make(tmp_path, list(range(60, 70)), list(range(20, 30)))
    assert said(report) == (
        "“question” does better: 2.57 times as much as “statement” "
        "(2.33 to 2.87, interval at 95%, one look; n = 10 and 10)."
    )


def test_equal_arms_have_none(tmp_path: Path) -> None:
    """The same values in both arms: what is possible still, and how many posts it would take."""
    values = [5, 9, 12, 20, 31, 8, 15, 40, 22, 11]
    words = said(make(tmp_path, values, values[::-1]))
    assert words.startswith("over without a decision: “question” brought 1.00 times as much as “statement”, but ")
    assert "To see a factor of 1.5 it takes about " in words


def test_few_posts_decide_nothing(tmp_path: Path) -> None:
    """When the time is over with four posts each, n is said and nothing else."""
    report = make(tmp_path, [90] * 4, [10] * 4)
    assert said(report) == "over, and not enough posts to decide (n = 4 and 4 of 10)."


def test_a_month_before_the_end_decides_nothing_later(tmp_path: Path) -> None:
    """An experiment until November in October's report: made again after its end, it knows no more than it did."""
    text = design(stop="2026-11-15")
    report = make(tmp_path, [90] * 8, [10] * 8, until="2026-12-24T12:00:00+00:00", text=text)
    assert said(report) == "running on 8 November 2026; 8 and 8 of 10 posts are counted, and nobody wins before."


def test_an_experiment_that_may_be_looked_at_wins_before_its_end(tmp_path: Path) -> None:
    """Ten of twenty posts each, a factor of ten apart, while it runs: a winner with its factor and interval."""
    report = make(
        tmp_path,
        [value * 10 for value in WILD],
        WILD,
        until="2026-10-25T12:00:00+00:00",
        text=ANYTIME,
    )
    words = said(report)
    assert words.startswith("“question” does better: ")
    assert words.endswith("interval at 95%, all looks together; n = 8 and 8).")
    (section,) = [report.experiments()]
    assert section is not None
    assert "arXiv:2210.08589" in section.blocks[-1].to_html()  # type: ignore[union-attr]  # a paragraph


@pytest.mark.parametrize(
    ("until", "begins"),
    [("2026-10-25T12:00:00+00:00", "undecided so far: "), ("2026-11-20T12:00:00+00:00", "over without a decision: ")],
)
def test_equal_arms_stay_undecided(until: str, begins: str, tmp_path: Path) -> None:
    """The same posts in both arms: what is possible still is said, while it runs and when it is over."""
    words = said(make(tmp_path, WILD, WILD[::-1], until=until, text=ANYTIME))
    assert words.startswith(begins)
    assert "is possible" in words


def test_three_posts_say_nothing_at_any_time(tmp_path: Path) -> None:
    """With three posts in each arm no interval is finite."""
    words = said(make(tmp_path, [90, 80, 70], [10, 20, 15], until="2026-10-25T12:00:00+00:00", text=ANYTIME))
    assert words == "not enough posts to say anything yet (n = 3 and 3); look again whenever you like."


def test_an_unknown_analysis_is_a_problem(tmp_path: Path) -> None:
    """A slip is told with what is known, at its place."""
    folder = tmp_path / "content/experiments"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(ANYTIME.replace("always-valid", "always"))
    trials, (problem,) = read_experiments(FolderTree(tmp_path))
    assert trials == []
    assert problem.message == "unknown analysis 'always'; did you mean 'always-valid'?"
    assert problem.span.line == 13


def test_an_unknown_experiment_is_named(tmp_path: Path) -> None:
    """The error lists those that there are."""
    report = make(tmp_path, [1], [2])
    with pytest.raises(UsageError, match="question"):
        assert ExperimentReport(report.scope, "qestion").outcomes


def test_a_wrong_file_is_a_problem_with_its_place(tmp_path: Path) -> None:
    """One arm, and a KPI that is none: both are said with path and line, and no experiment comes of them."""
    folder = tmp_path / "content/experiments"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(TRIAL.replace("  - {name: statement, label: tell}\n", ""))
    (folder / "b.md").write_text(TRIAL.replace("metric: interactions", "metric: likez"))
    trials, problems = read_experiments(FolderTree(tmp_path))
    assert trials == []
    assert [(one.path, one.span.line) for one in problems] == [
        ("content/experiments/a.md", 7),
        ("content/experiments/b.md", 5),
    ]


def test_a_month_without_experiments_says_how_to_begin(tmp_path: Path) -> None:
    """An empty folder gives a page with the way to a first experiment."""
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    report = open_report(str(tmp_path), str(tmp_path / "state"), "2026-10", now="2026-11-20T12:00:00+00:00")
    assert "An experiment is a file in content/experiments." in report.summary().blocks[0].to_html()  # type: ignore[union-attr]  # a paragraph
    assert report.experiments() is None
