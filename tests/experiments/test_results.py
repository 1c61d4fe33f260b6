"""What an experiment brought is said once: on the planned posts, as they went out, and it stays what it was."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments.trial import (
    BEFORE,
    SETTINGS,
    Out,
    day,
    design,
    earlier,
    keep,
    likes,
    make,
    pairs,
    registered,
    write,
    write_post,
)
from toolkit.experiments.counted import Numbers
from toolkit.experiments.fingerprint import Standing
from toolkit.experiments.ranks import compare_ranks
from toolkit.experiments.reading import read_experiments
from toolkit.experiments.results import Outcome, read_outcomes
from toolkit.experiments.saying import say_next, say_verdict
from toolkit.experiments.verdicts import Finding, decide
from toolkit.kpis import compare, known_subjects
from toolkit.learning.tried import ask_experiments
from toolkit.metrics import open_store
from toolkit.pages.results.trying import read_tried
from toolkit.reports.experiment import open_report
from toolkit.reports.wording import Wording
from toolkit.workspace import load_workspace

WILD = [5, 60, 12, 25, 90, 8, 33, 18, 50, 14]
ZONE = ZoneInfo("Europe/Berlin")
END = "2026-11-20T12:00:00+01:00"


def look(root: Path, now: str = END) -> Outcome:
    workspace, store = load_workspace(root), open_store(root / "state")
    numbers = Numbers(store, known_subjects({}, workspace.posts), ZONE, datetime.fromisoformat(now))
    (outcome,) = read_outcomes(workspace, numbers, read_experiments(workspace.tree)[0])
    return outcome


def said(outcome: Outcome) -> str:
    return say_verdict(outcome, Wording("en"))


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


def test_the_first_planned_posts_decide_for_ever(tmp_path: Path) -> None:
    """Ten posts each decide; thirty more that say the opposite are surplus and change no figure of the verdict."""
    more = design(stop="2026-12-15")
    first = pairs([value * 4 for value in WILD], WILD)
    root = make(tmp_path, [*earlier(), *first], registered(more))
    before = look(root, "2026-10-17T12:00:00+02:00")
    later = pairs([1] * 30, [900] * 30, "2026-10-11", 300)
    for one in later:
        write_post(root, one)
    keep(root, map(likes, later), "two")
    after = look(root, "2026-12-24T12:00:00+01:00")
    assert said(before) == said(after)
    assert said(after).startswith("“question” does better: ")
    assert after.counts == (10, 10)
    assert [len(arm.surplus) for arm in after.arms] == [30, 30]
    assert say_next(after, Wording("en"))[0] == "60 posts more were out when their arm was full, and are not counted."


def test_each_day_after_the_planned_posts_says_the_same(tmp_path: Path) -> None:
    """Looked at every day for two months while posts go on: from the day on which it is decided there is one sentence."""
    chance = Random(5)
    ask, tell = ([round(50 * exp(chance.gauss(0, 0.6))) for _post in range(30)] for _arm in range(2))
    root = make(tmp_path, [*earlier(), *pairs(ask, tell)])
    sentences = [said(look(root, f"{day(at, '2026-10-16')}T12:00:00+02:00")) for at in range(0, 40, 4)]
    assert sentences[0].startswith("running on 16 October 2026; 9 and 9 of 10")
    assert len(set(sentences[1:])) == 1


def test_later_counts_of_the_same_posts_change_nothing(tmp_path: Path) -> None:
    """A like of the eighth day is no like of the seventh: collected again after a month, the result is the same."""
    posts = pairs([value * 4 for value in WILD], WILD)
    root = make(tmp_path, [*earlier(), *posts])
    before = look(root)
    keep(root, [likes(one, 30, 5000) for one in posts if one.labels == "tell"], "two")
    assert look(root, "2026-12-24T12:00:00+01:00").arms == before.arms


def test_a_post_counts_at_seven_days_and_not_at_six(tmp_path: Path) -> None:
    """Measured after six days and three hours it is near its age, and its value may grow still: it waits."""
    posts = pairs(WILD[:1], WILD[:1])
    root = make(tmp_path, earlier(), registered(design()))
    for one in posts:
        write_post(root, one)
    keep(root, [likes(one, 6.2) for one in posts], "two")
    assert look(root, "2026-10-07T23:00:00+02:00").counts == (0, 0)
    assert look(root, "2026-10-08T12:00:00+02:00").counts == (1, 1)


def test_an_experiment_with_formats_finds_what_the_format_brings(tmp_path: Path) -> None:
    """Films bring three times what photos bring: held against the usual of films each would be as good as the other."""
    film, photo = (
        f"media:\n  - {{file: media/a.{end}, kind: {kind}, alt: A}}\n"
        for kind, end in (("video", "mp4"), ("photo", "jpg"))
    )
    before = [
        replace(one, media=film if at % 2 else photo, likes=one.likes * (3 if at % 2 else 1))
        for at, one in enumerate(earlier())
    ]
    posts = pairs(
        [value * 3 for value in (40, 50, 45, 60, 38, 52, 47, 41, 55, 49)], [44, 51, 39, 58, 40, 49, 46, 43, 57, 50]
    )
    root = make(tmp_path, [*before, *(replace(one, media=film if one.labels == "ask" else photo) for one in posts)])
    verdict = decide(look(root))
    assert verdict.winner == 0
    assert verdict.gap is not None
    assert 2.5 < exp(verdict.gap.difference) < 3.5


@pytest.mark.parametrize(
    ("signed", "standing"),
    [
        (None, Standing.OPEN),
        (replace(BEFORE, at=datetime.fromisoformat("2026-10-05T09:00:00+02:00")), Standing.LATE),
    ],
)
def test_who_looks_afterwards_names_no_winner(tmp_path: Path, signed: object, standing: Standing) -> None:
    """Not registered before the first post: the figures are shown, and nobody is called a winner."""
    text = design()
    if signed is not None:
        text = registered(text, signed=signed)  # type: ignore[arg-type]  # a signature
    root = make(tmp_path, [*earlier(), *pairs(range(60, 70), range(20, 30))], text)
    outcome = look(root)
    assert outcome.standing is standing
    assert decide(outcome).finding is Finding.AFTERWARDS
    assert decide(outcome).winner is None
    assert said(outcome).startswith("looked at afterwards, so nobody is called a winner: “question” brought ")


def test_a_post_in_both_arms_counts_for_nothing(tmp_path: Path) -> None:
    """It is in neither, and nobody is given it twice."""
    posts = [*pairs(WILD, WILD[::-1]), Out(900, "2026-10-15", 5000, "ask, tell")]
    assert look(make(tmp_path, [*earlier(), *posts])).counts == (10, 10)


def test_what_may_be_looked_at_stays_decided(tmp_path: Path) -> None:
    """The first look that finds a winner is the verdict, with its n; later posts, however they are, do not take it back."""
    text = registered(design(planned="20", analysis="always-valid", least="8"))
    ask, tell = [value * 10 for value in WILD] + [3] * 10, WILD + [900] * 10
    root = make(tmp_path, [*earlier(), *pairs(ask, tell)], text)
    early, late = decide(look(root, "2026-10-19T12:00:00+02:00")), decide(look(root))
    assert early.winner == 0
    assert early == late
    assert late.gap is not None
    assert late.gap.n in {(8, 8), (9, 8), (9, 9), (8, 9), (10, 9), (10, 10)}


def test_channels_of_a_post_are_waited_for(tmp_path: Path) -> None:
    """A post that went out on a second channel two days later counts when both have their age, once, with the mean."""
    more = SETTINGS + '\n[accounts.bluesky]\nnetwork = "bluesky"\nid = "probe.example.com"\n'
    both = [*earlier(), *(replace(one, channel="bluesky") for one in earlier(numbers=50))]
    root = make(tmp_path, [*both, Out(200, "2026-10-01", 50, "ask")])
    write(root, "leitstand.toml", more)
    second = Out(200, "2026-10-03", 500, "ask", "bluesky")
    keep(root, [likes(second, 1, 400), likes(second)], "two")
    assert look(root, "2026-10-09T12:00:00+02:00").counts == (0, 0)
    (post,) = look(root, "2026-10-11T12:00:00+02:00").arms[0].counted
    assert 4 < post.brought.lift < 7


def git(root: Path, *args: str, at: str) -> None:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    dates = {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
    subprocess.run(["git", *who, *args], cwd=root, check=True, capture_output=True, env={**os.environ, **dates})


def commit(root: Path, at: str) -> None:
    git(root, "add", "leitstand.toml", "content", at=at)
    git(root, "commit", "-qm", "a version", at=at)


def test_labels_bind_as_they_were_when_posts_went_out(tmp_path: Path) -> None:
    """Moved to the other arm, taken out or given an arm once the results are known: the history says where posts were."""
    posts = pairs([value * 2 for value in WILD], WILD)
    root = make(tmp_path, [*earlier(), *posts, Out(900, "2026-10-12", 4000, "other")])
    git(root, "init", "-q", "-b", "main", at="2026-09-30T12:00:00+02:00")
    commit(root, "2026-09-30T12:00:00+02:00")
    before = look(root)
    assert before.proven
    low = min((one for one in posts if one.labels == "ask"), key=lambda one: one.likes)
    write_post(root, replace(low, labels="other"))
    write_post(root, Out(900, "2026-10-12", 4000, "ask"))
    high = max((one for one in posts if one.labels == "tell"), key=lambda one: one.likes)
    (root / f"content/posts/p{high.number:03}.md").unlink()
    write(root, "content/posts/moved.md", "")
    write_post(root, high).rename(root / "content/posts/moved.md")
    (root / "content/posts/moved.md").write_text(
        (root / "content/posts/moved.md").read_text().replace("[tell]", "[ask]")
    )
    assert look(root).arms == before.arms
    commit(root, "2026-11-15T12:00:00+01:00")
    assert look(root).arms == before.arms


def test_who_sorts_afterwards_is_not_bound(tmp_path: Path) -> None:
    """Nobody registered it, so posts get their labels when they are looked at; and nobody wins."""
    root = make(tmp_path, [replace(one, labels="") for one in pairs(range(60, 70), range(20, 30))], design())
    git(root, "init", "-q", "-b", "main", at="2026-09-20T12:00:00+02:00")
    commit(root, "2026-09-20T12:00:00+02:00")
    for one in pairs(range(60, 70), range(20, 30)):
        write_post(root, one)
    assert look(root).counts == (10, 10)
    assert decide(look(root)).finding is Finding.AFTERWARDS


def test_days_that_are_past_wait_for_nobody(tmp_path: Path) -> None:
    """Once the last day is over and every post has its age there is nothing to wait for, whatever is missing."""
    root = make(tmp_path, [*earlier(), *pairs(WILD[:9], WILD[:9])])
    assert decide(look(root, "2026-10-30T12:00:00+01:00")).finding is Finding.RUNNING
    assert decide(look(root, "2026-11-02T12:00:00+01:00")).finding is Finding.SHORT


def test_before_a_post_is_out_its_label_may_change(tmp_path: Path) -> None:
    """The version of the moment of publication counts, not the first one."""
    root = make(tmp_path, [*earlier(), *pairs(WILD, WILD)])
    git(root, "init", "-q", "-b", "main", at="2026-09-20T12:00:00+02:00")
    commit(root, "2026-09-20T12:00:00+02:00")
    write_post(root, Out(100, "2026-10-01", WILD[0], "tell"))
    commit(root, "2026-09-28T12:00:00+02:00")
    assert look(root).counts == (9, 10)
    assert [len(arm.surplus) for arm in look(root).arms] == [0, 1]


def test_without_a_history_it_is_said(tmp_path: Path) -> None:
    """The labels of today count, and whoever reads the result is told."""
    outcome = look(make(tmp_path, [*earlier(), *pairs(WILD, WILD)]))
    assert not outcome.proven
    assert "the labels are those of today" in say_next(outcome, Wording("en"))[-1]


def test_everybody_says_the_same_verdict(tmp_path: Path) -> None:
    """Page, report and what learning takes up have one sentence and one interval."""
    root = make(tmp_path, [*earlier(), *pairs([value * 4 for value in WILD], WILD)])
    workspace, store, now = load_workspace(root), open_store(root / "state"), datetime.fromisoformat(END)
    outcome = look(root)
    (page,) = read_tried(workspace, root / "state", now).experiences
    assert page.outcome is not None
    assert (page.outcome.arms, decide(page.outcome)) == (outcome.arms, decide(outcome))
    (again,) = read_tried(workspace, root / "state", now).experiences  # from what was kept
    assert again.outcome is not None
    assert (again.outcome.arms, decide(again.outcome)) == (outcome.arms, decide(outcome))
    for channels, age in (([], 168.0), (["mastodon"], 24.0)):
        report = open_report(
            str(root),
            str(root / "state"),
            "2026-11",
            now=END,
            language="en",
            channels=channels,
            age=age,
            experiment="question",
        )
        assert [say_verdict(one, Wording("en")) for one in report.outcomes] == [said(outcome)]
    (answer,) = ask_experiments(workspace, store, known_subjects({}, workspace.posts), now)
    gap = decide(outcome).gap
    assert gap is not None
    assert (answer.value, answer.low, answer.high) == pytest.approx([exp(gap.difference), exp(gap.low), exp(gap.high)])


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """While it runs: the posts of each arm that are missing, and the day by which it is decided."""
    root = make(tmp_path, [*earlier(), *pairs(WILD[:9], WILD[:7])])
    assert say_next(look(root, "2026-10-20T12:00:00+02:00"), Wording("en"))[:2] == [
        "Missing still: 1 post of “question” and 3 posts of “statement”.",
        "It is decided when both arms have 10 posts that are seven days old, at the latest on 8 November 2026.",
    ]


values = st.lists(st.integers(0, 30).map(float), min_size=8, max_size=14)


@given(values, values)
def test_interval_and_test_of_the_one_look_agree(first: list[float], second: list[float]) -> None:
    """The interval leaves out no difference exactly when the ranks call it one; turned around it is turned around."""
    found, other = compare_ranks(first, second), compare_ranks(second, first)
    assert found is not None
    assert other is not None
    assert found.p == compare(first, second).p
    assert found.low <= found.difference <= found.high
    assert (found.low, found.high) == pytest.approx((-other.high, -other.low))
    if found.p < 0.05:
        assert found.low >= 0 or found.high <= 0
    else:
        assert found.low <= 0 <= found.high


def test_the_interval_of_the_one_look_holds() -> None:
    """Of 400 experiments with a factor of two between counts, at most seven per cent lose it."""
    chance, lost = Random(2), 0
    for _run in range(400):
        first, second = ([chance.gauss(shift, 1.0) for _post in range(15)] for shift in (0.7, 0.0))
        found = compare_ranks(first, second)
        assert found is not None
        lost += not found.low <= 0.7 <= found.high
    assert lost <= 28


def test_the_days_of_the_experiment_bound_it(tmp_path: Path) -> None:
    """Posts of the day before and of the day after carry the label and count for nothing; the last day's do."""
    outer = [
        Out(500, "2026-09-30", 9000, "ask"),
        Out(501, "2026-11-01", 9000, "ask"),
        Out(502, "2026-10-31", 60, "ask"),
    ]
    outcome = look(make(tmp_path, [*earlier(), *outer]))
    assert [post.at.astimezone(ZONE).date().isoformat() for post in outcome.arms[0].counted] == ["2026-10-31"]
    assert [post.ripe - post.at for post in outcome.arms[0].counted] == [timedelta(days=7)]
