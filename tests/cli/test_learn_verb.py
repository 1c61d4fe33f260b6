"""`leitstand learn`: from the list of proposals to a decision on a page, on a branch, or in a patch."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random

import pytest

from tests.probe import move_in
from toolkit.cli import execute
from toolkit.metrics import open_store
from toolkit.model import Observation, Subject

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAGE = "guidelines/zeiten.md"
TOML = """format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
[people.tarek]
name = "Tarek"
email = "tarek@example.com"
[accounts.mastodon]
network = "mastodon"
"""
HEAD = "---\ntitle: Zeiten\nowner: tarek\nlearns: [pillars]\n---\n# Zeiten\n"


def leitstand(*args: str, now: datetime = NOW) -> int:
    return execute(["learn", *args, "--now", now.isoformat()], {"LEITSTAND_LANG": "en"})


def fill(state: Path, factor: float = 2.0, days: tuple[int, int] = (10, 370), seed: int = 1) -> None:
    """A post a day on which the pillar `wissen` is worth so many times the others."""
    chance, rows, subjects = Random(seed), list[Observation](), list[Subject]()
    for number in range(*days):
        good = chance.random() < 0.5
        uid, at = f"{seed}-{number}", NOW - timedelta(days=number, hours=chance.randrange(12))
        value = round(60 * (factor if good else 1.0) * exp(chance.gauss(0, 0.5)))
        rows.append(Observation(uid, "mastodon", "likes", value, at + timedelta(days=7), at, "csv", f"import-{seed}"))
        subjects.append(Subject(uid, pillar="wissen" if good else "produkt", format="photo"))
    store = open_store(state)
    store.append(rows, imported_at=NOW, subjects=subjects)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose page takes up findings about pillars, and a year of posts."""
    folder = move_in(tmp_path, monkeypatch, {"leitstand.toml": TOML, PAGE: HEAD})
    fill(tmp_path / "state")
    return folder


def record(capsys: pytest.CaptureFixture[str], *args: str, now: datetime = NOW) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert leitstand(*args, "--json", now=now) == 0
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return found


def test_the_list_names_page_numbers_and_next_step(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A proposal stands with its id, its page and its evidence; what chance explains stands in one line below."""
    assert leitstand() == 0
    said = capsys.readouterr().out
    assert f"pillar-wissen  ({PAGE})" in said
    assert "more interactions than other posts" in said
    assert "accept ID --by NAME" in said
    assert "  weekday: Friday, Monday" in said


def test_accepting_changes_the_page_and_leaves_who_when_and_why(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence stands on the page, the decision in its head; the question is no longer proposed, nor acceptable."""
    assert (
        leitstand("accept", "pillar-wissen", "--by", "tarek", "--reason", "Passt.", "--report", "reports/2026-10") == 0
    )
    text = (root / PAGE).read_text()
    assert "<!-- pillar-wissen -->" in text
    assert "    by: tarek\n" in text
    found = record(capsys)
    [decision] = found["decisions"]
    assert decision["id"] == "pillar-wissen"
    assert decision["status"] == "accepted"
    assert decision["at"] == "2026-11-21T13:00:00+01:00"
    assert (decision["reason"], decision["report"]) == ("Passt.", "reports/2026-10")
    assert decision["page"] == PAGE
    assert "pillar-wissen" not in {one["id"] for one in found["answers"] if one["proposed"]}
    assert leitstand("accept", "pillar-wissen", "--by", "tarek") == 2
    assert f"pillar-wissen was accepted on 2026-11-21: {PAGE};" in capsys.readouterr().err


def test_rejecting_keeps_the_reason_and_changes_no_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a reason nothing happens; with one the page's head says no, and its text stays."""
    assert leitstand("reject", "pillar-wissen", "--by", "tarek", "--reason", " ") == 2
    assert (root / PAGE).read_text() == HEAD
    assert leitstand("reject", "pillar-wissen", "--by", "tarek", "--reason", "Produkte zahlen die Miete.") == 0
    text = (root / PAGE).read_text()
    assert text.endswith("---\n# Zeiten\n")
    [decision] = record(capsys)["decisions"]
    assert (decision["status"], decision["reason"]) == ("rejected", "Produkte zahlen die Miete.")


def test_later_posts_speak_against_a_decision_and_it_is_given_up(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a year on the effect has turned: that is told, and `withdraw` takes the sentence out with the new numbers."""
    then = NOW - timedelta(days=5)
    assert leitstand("accept", "pillar-wissen", "--by", "tarek", now=then) == 0
    assert leitstand("reject", "pillar-wissen", "--by", "tarek", "--reason", "Doch nicht.", now=then) == 2
    assert "leitstand learn withdraw pillar-wissen" in capsys.readouterr().err
    fill(tmp_path / "state", 0.5, (-190, 0), seed=2)
    later = NOW + timedelta(days=200)
    [decision] = record(capsys, now=later)["decisions"]
    assert decision["against"] is True
    assert leitstand(now=later) == 0
    said = capsys.readouterr().out
    assert "later posts speak against it: " in said
    assert "leitstand learn withdraw pillar-wissen --by NAME" in said
    assert leitstand("withdraw", "pillar-wissen", "--by", "tarek", "--reason", "Hat sich gedreht.", now=later) == 0
    assert "<!-- pillar-wissen -->" not in (root / PAGE).read_text()
    first, last = record(capsys, now=later)["decisions"]
    assert (first["id"], first["status"]) == ("pillar-wissen", "accepted")
    assert (last["id"], last["question"], last["status"]) == ("pillar-wissen-2", "pillar-wissen", "withdrawn")
    assert "n = " in str(last["evidence"])


def test_only_who_may_decide_decides(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where somebody has the role, nobody else says yes, no or enough, and is told who could."""
    people = '[people.ines]\nroles = ["analyst"]\n[people.wiebke]\nroles = ["manager"]\n'
    (root / "leitstand.toml").write_text(TOML + people)
    for words in (("accept",), ("reject", "--reason", "x")):
        assert leitstand(words[0], "pillar-wissen", "--by", "ines", *words[1:]) == 2
        assert "ines may not change the handbook; who may: wiebke" in capsys.readouterr().err
    assert (root / PAGE).read_text() == HEAD
    assert leitstand("accept", "pillar-wissen", "--by", "wiebke") == 0
    assert leitstand("withdraw", "pillar-wissen", "--by", "ines", "--reason", "x") == 2
    assert "who may: wiebke" in capsys.readouterr().err


def test_a_patch_that_is_merged_leaves_its_decision_to_be_signed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Git takes the patch, the page has the decision without a name, the question is closed; then somebody signs."""
    assert leitstand("patch", "pillar-wissen", "--into", "patches") == 0
    subprocess.run(["git", "apply", "patches/pillar-wissen.patch"], check=True)
    text = (root / PAGE).read_text()
    assert "  - id: pillar-wissen\n" in text
    assert "    by:" not in text
    found = record(capsys)
    assert "pillar-wissen" not in {one["id"] for one in found["answers"] if one["proposed"]}
    assert leitstand() == 0
    assert "To sign it: leitstand learn accept pillar-wissen --by NAME" in capsys.readouterr().out
    assert execute(["check", "--now", NOW.isoformat()], {"LEITSTAND_LANG": "en"}) == 0
    assert "pillar-wissen was merged and nobody has signed it" in capsys.readouterr().out
    assert leitstand("accept", "pillar-wissen", "--by", "tarek") == 0
    assert (root / PAGE).read_text() == text.replace("    status: accepted\n", "    by: tarek\n    status: accepted\n")
    [decision] = record(capsys)["decisions"]
    assert (decision["by"], decision["status"]) == ("tarek", "accepted")


def test_the_numbers_of_a_decision_are_found_again(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The decision names a command; a year later, with other posts there, it says the same numbers."""
    [before] = [one for one in record(capsys)["answers"] if one["id"] == "pillar-wissen"]
    assert leitstand("accept", "pillar-wissen", "--by", "tarek") == 0
    [decision] = record(capsys)["decisions"]
    assert decision["report"] == before["source"]
    assert decision["evidence"] == before["evidence"]
    fill(tmp_path / "state", 0.5, (-190, 0), seed=2)
    words = str(decision["report"]).split()
    assert words[:3] == ["leitstand", "learn", "show"]
    assert execute(words[1:], {"LEITSTAND_LANG": "en"}) == 0
    assert str(before["evidence"]) in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [("accept", "--by", "tarek"), ("reject", "--by", "tarek", "--reason", "no"), ("patch",), ("patch", "--into", "x")],
)
def test_what_chance_explains_nobody_can_write(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """Neither as a decision nor as a patch: the refusal has the numbers, and nothing is written."""
    assert leitstand(words[0], "weekday-1", *words[1:]) == 1
    assert not (root / "x").exists()
    assert "weekday-1 is not proposed: chance explains it" in capsys.readouterr().err
    assert (root / PAGE).read_text() == HEAD


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("accept", "pillar-wisen", "--by", "tarek"), "did you mean 'pillar-wissen'?"),
        (("accept", "pillar-wissen", "--by", "tarec"), "did you mean 'tarek'?"),
        (("show", "weekday-11"), "did you mean 'weekday-1'?"),
        (("withdraw", "pillar-wissen", "--by", "tarek", "--reason", "x"), "unknown decision 'pillar-wissen'"),
    ],
)
def test_names_that_do_not_exist(root: Path, capsys: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    """A slip of the pen in a proposal or a person is answered with the name that is meant, and writes nothing."""
    assert leitstand(*args) == 2
    assert said in capsys.readouterr().err
    assert (root / PAGE).read_text() == HEAD


def test_patches_apply_and_branches_leave_the_work_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A patch in a folder is one that git applies; a branch has the change, the folder has not."""
    for args in (
        ["init", "-q", "."],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", *args], check=True)
    assert leitstand("patch", "pillar-wissen", "--into", "patches") == 0
    subprocess.run(["git", "apply", "--check", "patches/pillar-wissen.patch"], check=True)
    assert leitstand("accept", "pillar-wissen", "--by", "tarek", "--branch", "learn/wissen") == 0
    assert (root / PAGE).read_text() == HEAD
    shown = subprocess.run(["git", "show", "learn/wissen"], check=True, capture_output=True, text=True).stdout
    assert "Author: Tarek <tarek@example.com>" in shown
    assert "+  - id: pillar-wissen" in shown


def test_a_dry_run_shows_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The patch with the decision is printed."""
    assert leitstand("accept", "pillar-wissen", "--by", "tarek", "--dry-run") == 0
    assert "+  - id: pillar-wissen" in capsys.readouterr().out
    assert (root / PAGE).read_text() == HEAD


def test_one_question_is_shown_with_all_that_is_known(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers, the family it was judged in, and the change; of what chance explains the numbers alone."""
    assert leitstand("show", "pillar-wissen") == 0
    said = capsys.readouterr().out
    assert "q: among 12 open questions, at any look within a year." in said
    assert "+- The pillar wissen: more interactions" in said
    assert leitstand("show", "weekday-1") == 0
    said = capsys.readouterr().out
    assert "No reliable difference, or too small to matter." in said
    assert "+" not in said.replace("+01:00", "")
    capsys.readouterr()
    assert leitstand("show", "pillar-wissen", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["asked"], found["decision"]) == (12, None)


def test_decisions_that_cannot_be_read_are_told_and_hide_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The place and the remedy go to stderr; the proposals are listed all the same."""
    (root / PAGE).write_text(HEAD.replace("learns:", "decisions: [{id: x}]\nlearns:"))
    assert leitstand() == 0
    said = capsys.readouterr()
    assert f"{PAGE}:4:" in said.err
    assert "pillar-wissen" in said.out
