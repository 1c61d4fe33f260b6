"""`leitstand new --briefing`: a page that the check takes as it is, and that never replaces another."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.workspace import load_workspace
from toolkit.workspace.briefings import read_briefings

TOML = 'format = 1\n\n[workspace]\nid = "probe"\n\n[people.mai]\nname = "Mai"\n\n[people.ole]\nname = "Ole"\n'
CAMPAIGN = "---\ntitle: Advent\nowner: mai\nstart: 2026-11-24\nend: 2026-12-24\n---\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "content/campaigns").mkdir(parents=True)
    (tmp_path / "content/campaigns/advent.md").write_text(CAMPAIGN)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return tmp_path


def run(root: Path, *words: str) -> int:
    told = ["new", *words, "-w", str(root), "--now", "2026-11-21T12:00+01:00"]
    return execute(told, {"LEITSTAND_LANG": "en"})


def test_it_counts_as_long_as_its_campaign(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And reads back without a problem, whatever its title."""
    assert run(root, 'Advent: "Türen" #1', "--briefing", "--campaign", "advent", "--author", "mai", "--json") == 0
    path = json.loads(capsys.readouterr().out)["path"]
    [one], problems = read_briefings(load_workspace(root).handbook)
    assert (problems, one.path, one.title) == ((), path, 'Advent: "Türen" #1')
    assert (one.first, one.last, one.owner) == (date(2026, 11, 24), date(2026, 12, 24), "mai")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--author", "may"), "may"),
        ((), "--author"),
        (("--author", "mai", "--campaign", "advend"), "advent"),
        (("--author", "mai", "--until", "Christmas"), "2026-12-24"),
        (("--author", "mai", "--until", "2026-11-01"), "is before"),
    ],
)
def test_slips_write_nothing(root: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is told with its remedy."""
    assert run(root, "Advent", "--briefing", *words) == 2
    assert said in capsys.readouterr().err
    assert not (root / "guidelines").exists() or not list((root / "guidelines/briefings").glob("*.md"))


def test_a_second_one_of_that_name_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody wrote stays."""
    assert run(root, "Advent", "--briefing", "--author", "mai") == 0
    [page] = (root / "guidelines/briefings").glob("*.md")
    page.write_text("mine")
    assert run(root, "Advent", "--briefing", "--author", "mai") == 2
    assert page.read_text() == "mine"
    assert run(root, "Advent", "--until", "2026-12-01") == 2
    assert "--briefing" in capsys.readouterr().err
