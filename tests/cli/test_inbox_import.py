"""`leitstand inbox import`: into the inbox, once, all of it or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.cli import execute

SETTINGS = """\
format = 1
[workspace]
id = "import-probe"
timezone = "Europe/Berlin"
[state]
dir = "state"
[accounts.instagram]
network = "instagram"
id = "1784"
"""
CSV = "date,author,text,id,kind\n2026-11-21 10:02,@eva,Wann?,17,comment\n2026-11-21 10:05,@max,Wo?,18,direct\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one account and an export of two messages, told in English."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "content" / "posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "export.csv").write_text(CSV, encoding="utf-8")
    return tmp_path


def run(house: Path, *args: str) -> int:
    places = ["--workspace", str(house), "--now", "2026-11-22T12:00:00Z"]
    return execute(["inbox", *args, *places], {"XDG_STATE_HOME": str(house / "state")})


def test_a_file_is_taken_once(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time everything is known; what was asked waits in the inbox."""
    command = ("import", str(house / "export.csv"), "--account", "instagram")
    assert run(house, *command) == 0
    assert "2 messages read: 2 new, 0 changed, 0 known" in capsys.readouterr().out
    assert run(house, *command) == 0
    assert "2 messages read: 0 new, 0 changed, 2 known" in capsys.readouterr().out
    assert run(house, "list", "--json") == 0
    found = json.loads(capsys.readouterr().out)["conversations"]
    assert {one["last"] for one in found} == {"Wann?", "Wo?"}


def test_one_bad_row_stores_nothing(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two files the good one waits for the other."""
    bad = house / "bad.csv"
    bad.write_text("date,author,text\ngestern,@eva,Wann?\n", encoding="utf-8")
    assert run(house, "import", str(house / "export.csv"), str(bad), "--account", "instagram") == 1
    out, err = capsys.readouterr()
    assert "bad.csv:2:1: " in err
    assert "nothing is stored" in out
    assert run(house, "list", "--all", "--json") == 0
    assert json.loads(capsys.readouterr().out)["conversations"] == []


def test_a_dry_run_stores_nothing(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Read and checked, as JSON."""
    assert run(house, "import", str(house / "export.csv"), "--account", "instagram", "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"messages": 2, "new": 0, "changed": 0, "conversations": [], "problems": []}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nirgends.csv",), "cannot be read"),
        (("export.csv", "--account", "instagrm"), "did you mean 'instagram'"),
        (("export.csv", "--map", "words=Text"), "--map needs FIELD=COLUMN"),
    ],
)
def test_usage_is_told(house: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], said: str) -> None:
    """Exit 2 with the remedy."""
    name, *rest = args
    assert run(house, "import", str(house / name), *rest) == 2
    assert said in capsys.readouterr().err
