"""`leitstand experiment` from the first number to the last word, on real files and a real store."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable
from datetime import datetime
from math import exp
from pathlib import Path
from random import Random

import pytest

from tests.experiments.trial import SETTINGS, Out, day, design, keep, likes, write, write_post
from toolkit.cli import execute

NOW = "2026-10-01T12:00+02:00"
NEW = (
    "experiment",
    "new",
    "Question or statement",
    "--arm",
    "question",
    "--arm",
    "statement",
    "--hypothesis",
    "A question brings more.",
    "--decision",
    "Then we ask.",
    "--factor",
    "2",
    "--start",
    "2026-10-05",
    "--pool",
    "tuesday",
)
PATH = "content/experiments/question-or-statement.md"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with sixty posts of the last months and what they brought, a spread of 0.5 on the logarithm."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "leitstand.toml", SETTINGS)
    chance = Random(1)
    publish(tmp_path, [Out(n, day(2 * n, "2026-05-01"), round(100 * exp(chance.gauss(0, 0.5)))) for n in range(60)])
    return tmp_path


def publish(root: Path, posts: Iterable[Out]) -> None:
    """Posts with what they brought, in an import of their own."""
    known = list(posts)
    for one in known:
        write_post(root, one)
    keep(root, map(likes, known), f"from{known[0].number}")


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in it; → exit code, stdout, stderr."""

    def call(*args: str, now: str = NOW) -> tuple[int, str, str]:
        capsys.readouterr()
        code = execute([*args, "--now", now], {"LEITSTAND_LANG": "en"})
        said = capsys.readouterr()
        return code, said.out, said.err

    assert root.is_dir()
    return call


def test_the_number_comes_from_the_own_history(run: Run) -> None:
    """Sixty posts with a spread of 0.5 need far fewer than a page with 1.2, and the weeks follow from their pace."""
    code, out, _err = run("experiment", "plan", "--factor", "2", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["history"] > 50
    assert 0.4 < found["spread"] < 0.6
    assert 8 <= found["posts"] <= 16
    assert found["power"] >= 0.8
    code, out, _err = run("experiment", "plan")
    assert out.startswith("drawn from n = ")
    assert out.count("posts of each arm") == 3


def test_a_thin_history_is_named(run: Run, root: Path) -> None:
    """Eleven of the posts have their age at the end of May: that many are told, and what is assumed instead."""
    code, out, _err = run("experiment", "plan", "--factor", "2", now="2026-05-28T12:00+02:00")
    assert code == 0
    assert out.startswith("too few posts with results (n = 11, and it takes 30): a spread of 1.20 ")


def test_the_same_results_again_and_again_plan_nothing(run: Run, root: Path) -> None:
    """Nobody has a like: how many posts there are and how many are alike, instead of a number that means nothing."""
    publish(root, [Out(300 + n, day(n, "2025-12-01"), 0) for n in range(140)])
    code, _out, err = run("experiment", "plan", "--factor", "2", now="2026-04-29T12:00+02:00")
    assert code == 2
    assert "too uneven to plan with: of n = 140 posts of the last year 140 brought the same" in err


def test_a_new_one_is_registered_with_that_number(run: Run, root: Path) -> None:
    """The file has the planned posts and a registration; the same title again is refused and the file stays."""
    planned = json.loads(run("experiment", "plan", "--factor", "2", "--json")[1])["posts"]
    code, out, _err = run(*NEW)
    assert (code, out.strip()) == (0, PATH)
    text = (root / PATH).read_text()
    assert f"planned: {planned}\n" in text
    assert f"registered: {{at: 2026-10-01T12:00:00+02:00, by: ines, needed: {planned}, chance: 0.8" in text
    code, _out, err = run(*NEW)
    assert code == 2
    assert "is there already" in err
    assert (root / PATH).read_text() == text
    assert json.loads(run("experiment", "status", "--json")[1])["standing"] == "registered"


def test_without_a_decision_it_is_not_registered(run: Run) -> None:
    """What is to be done with the result is asked for first; then register does it, once."""
    args = [arg for arg in NEW if arg not in {"--decision", "Then we ask."}]
    code, _out, err = run(*args)
    assert code == 0
    assert "not registered yet" in err
    code, _out, err = run("experiment", "register", "question-or-statement")
    assert code == 2
    assert "says nothing about decision" in err
    path = Path(PATH)
    path.write_text(path.read_text().replace("decision:\n", "decision: We ask.\n"))
    code, out, _err = run("experiment", "register", "question-or-statement")
    assert code == 0
    assert "registered: sha256:" in out
    assert "registered as it is" in run("experiment", "register", "question-or-statement")[1]


def test_posts_are_dealt_out_and_written(run: Run, root: Path) -> None:
    """Four Tuesdays and four Fridays: two of each arm on each weekday; shown first, written with --write, then kept."""
    assert run(*NEW)[0] == 0
    days = [f"2026-10-{day:02}" for day in (6, 9, 13, 16, 20, 23, 27, 30)]
    paths = [write_post(root, Out(100 + number, day, 0, "tuesday")) for number, day in enumerate(days)]
    before = [path.read_text() for path in paths]
    code, out, _err = run("experiment", "assign", "question-or-statement", "--json")
    dealt = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [path.read_text() for path in paths] == before
    for weekday in (1, 4):
        arms = [one["arm"] for one in dealt if datetime.fromisoformat(one["at"]).weekday() == weekday]
        assert arms in (["question", "statement"] * 2, ["statement", "question"] * 2)
    code, out, _err = run("experiment", "assign", "question-or-statement", "--write")
    assert "question: 4, statement: 4" in out
    for one in dealt:
        assert f"labels: [tuesday, {one['label']}]" in (root / one["path"]).read_text()
    again = [
        json.loads(line) for line in run("experiment", "assign", "question-or-statement", "--json")[1].splitlines()
    ]
    assert [one["arm"] for one in again] == [one["arm"] for one in dealt]
    assert not any(one["new"] for one in again)


def fill(root: Path, days: range, *, factor: float) -> None:
    """Posts of both arms, one a day each, that brought so many times as much."""
    chance, posts = Random(days.start), []
    for number in days:
        for arm, times in (("question", factor), ("statement", 1.0)):
            value, own = round(100 * times * exp(chance.gauss(0, 0.4))), 200 + 2 * number + (arm == "question")
            posts.append(Out(own, day(number, "2026-10-05"), value, f"question-or-statement-{arm}"))
    publish(root, posts)


def test_nobody_wins_before_the_planned_posts(run: Run, root: Path) -> None:
    """With all but one of the planned posts and a factor of ten between them there is an interval and no winner."""
    assert run(*NEW)[0] == 0
    planned = int(next(line for line in (root / PATH).read_text().split("\n") if "planned" in line).split()[1])
    fill(root, range(planned - 1), factor=10)
    code, out, _err = run("experiment", "status", "--json", now="2026-11-12T12:00+01:00")
    found = json.loads(out)
    assert code == 0
    assert (found["finding"], found["winner"], found["p"]) == ("running", None, None)
    assert found["low"] > 1
    text = run("experiment", "status", now="2026-11-12T12:00+01:00")[1]
    assert "nobody wins before" in text
    assert "So far “question” brings" in text
    assert "Missing still: 1 post of “question” and 1 post of “statement”." in text
    assert "at the latest on " in text
    fill(root, range(planned - 1, planned), factor=10)
    found = json.loads(run("experiment", "status", "--json", now="2026-11-30T12:00+01:00")[1])
    assert (found["finding"], found["winner"], found["always"]) == ("winner", "question", False)
    assert found["p"] < 0.05
    assert 5 < found["low"] < 10 < found["high"] < 20


def test_too_few_posts_are_told_before_they_go_out(run: Run, root: Path) -> None:
    """Eight posts for a factor of 1.5 are refused with their chance and the number it takes, and kept only --anyway."""
    text = design(start="2026-10-05", stop="2026-11-30", planned="8", factor="1.5")
    path = write(root, "content/experiments/question.md", text)
    code, _out, err = run("experiment", "register", "question")
    assert code == 2
    assert "8 posts of each arm find a factor of 1.50 in " in err
    assert "--anyway" in err
    assert path.read_text() == text
    code, _out, _err = run("experiment", "register", "question", "--anyway")
    assert code == 0
    assert "needed: " in path.read_text()
    assert "8 posts of each arm find the factor in " in run("check")[1]


def test_a_change_without_a_word_is_shown(run: Run, root: Path) -> None:
    """Fewer planned posts after the first one is out: exit 1 until the reason stands there, and the reason is shown."""
    assert run(*NEW)[0] == 0
    fill(root, range(3), factor=1)
    text = (root / PATH).read_text()
    (root / PATH).write_text(text.replace("decision: Then we ask.", "decision: Then we never ask."))
    late = "2026-10-20T12:00+02:00"
    code, out, _err = run("experiment", "status", now=late)
    assert code == 1
    assert "without a word" in out
    assert run("experiment", "register", "question-or-statement", now=late)[0] == 2
    assert run("experiment", "register", "question-or-statement", "--why", "A slip.", now=late)[0] == 0
    code, out, _err = run("experiment", "status", now=late)
    assert code == 0
    assert "A slip." in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("status", "question"), "unknown experiment"),
        (("plan", "--metric", "followers"), "no KPI of posts"),
        (("plan", "--least", "5"), "always-valid"),
        (("plan", "--factor", "1"), "a factor above 1"),
        (("plan", "--channel", "x"), "unknown channel"),
        (("new", "T", "--arm", "a"), "compares two things"),
        (("new", "T", "--arm", "a", "--arm", "A"), "compares two things"),
        (("new", " ", "--arm", "a", "--arm", "b"), "needs a title"),
        (("new", "T", "--arm", "a", "--arm", "b", "--owner", "ole"), "unknown person"),
        (("new", "T", "--arm", "a", "--arm", "b", "--stop", "soon"), "needs a day"),
        (("register", "question"), "unknown experiment"),
        (("new", "T", "--arm", "a", "--arm", "b", "--stop", "2026-01-01"), "is before"),
    ],
)
def test_slips_are_told(run: Run, root: Path, args: tuple[str, ...], said: str) -> None:
    """Exit code 2 with what to do, and no file."""
    code, _out, err = run("experiment", *args)
    assert code == 2
    assert said in err
    assert not (root / "content/experiments").exists()


def test_the_commands_of_the_guide_run_as_written(run: Run, root: Path) -> None:
    """From the number of posts to the verdict, in the order of the page."""
    page = Path(__file__).parents[2] / "guidelines/anleitung/versuche.md"
    write(root, "leitstand.toml", SETTINGS.replace("ines", "finja"))
    lines = [
        line for line in page.read_text(encoding="utf-8").split("\n") if line.startswith("$ leitstand experiment ")
    ]
    assert len(lines) > 6
    for line in lines:
        code, _out, err = run(*shlex.split(line)[2:])
        assert code == 0, f"{line}: {err}"


def test_without_experiments_the_way_to_one_is_told(run: Run) -> None:
    """An empty folder is no error."""
    assert run("experiment", "status") == (0, "There is no experiment; leitstand experiment new begins one.\n", "")
