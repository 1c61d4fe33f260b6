"""`leitstand import` on a real workspace folder with real files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.metrics import open_store

TOML = 'format = 1\n[workspace]\nid = "x"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
HEADER = "subject;channel;metric;value;observed_at\n"
NOW = ("--now", "2026-11-21T12:00+01:00")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def leitstand(*args: str) -> int:
    return execute([*args, *NOW], {"LEITSTAND_LANG": "en"})


def stored(folder: Path) -> list[float]:
    return [value.value for value in open_store(folder / "state").latest()]


def test_a_clean_file_is_stored_and_recognised_the_second_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second import stores nothing and is no failure, so a script may repeat it; --undo takes the first back."""
    (folder / "a.csv").write_text(HEADER + "01A;mastodon;likes;12;2026-10-31\n")
    assert leitstand("import", "a.csv") == 0
    assert re.search(r"a\.csv +csv +mastodon +- +1 +new *$", capsys.readouterr().out, re.MULTILINE)
    assert leitstand("import", "a.csv") == 0
    assert re.search(r"a\.csv +csv +mastodon +- +1 +known since 2026-11-21 *$", capsys.readouterr().out, re.MULTILINE)
    assert leitstand("import", "a.csv", "--json") == 0
    undo = json.loads(capsys.readouterr().out)["duplicate"].split("leitstand import --undo ")[1].strip()
    assert stored(folder) == [12]
    assert leitstand("import", "--undo", undo) == 0
    assert stored(folder) == []


def test_one_bad_row_holds_the_file_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of a file with a bad row is stored, unless --skip-bad asks for the good ones."""
    (folder / "a.csv").write_text(HEADER + "01A;mastodon;likes;12;2026-10-31\n01B;mastodon;likes;1.234;2026-10-31\n")
    assert leitstand("import", "a.csv") == 1
    shown = capsys.readouterr()
    assert "a.csv:2:13" not in shown.err
    assert "a.csv:3:20: 1.234 can be 1234 or a fraction" in shown.err
    assert "--skip-bad" in shown.err
    assert "not imported: 1 problem" in shown.out
    assert stored(folder) == []
    assert leitstand("import", "a.csv", "--skip-bad") == 0
    assert stored(folder) == [12]


def test_a_dry_run_stores_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run counts and reports in stable JSON keys, and the store stays empty."""
    (folder / "a.csv").write_text(HEADER + "01A;mastodon;likes;12;2026-10-31\n")
    assert leitstand("import", "a.csv", "--dry-run", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["importer"], answer["observations"], answer["stored"], answer["problems"]) == ("csv", 1, 0, [])
    assert not (folder / "state").exists()


def test_a_folder_means_all_its_exports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file of a folder that can be an export is imported, others are left alone."""
    exports = folder / "exports"
    exports.mkdir()
    (exports / "a.csv").write_text(HEADER + "01A;mastodon;likes;1;2026-10-31\n")
    (exports / "b.csv").write_text(HEADER + "01B;mastodon;likes;2;2026-10-31\n")
    (exports / "notes.md").write_text("Oktober")
    assert leitstand("import", "exports") == 0
    assert stored(folder) == [1, 2]
    capsys.readouterr()
    assert leitstand("import", "--list", "--json") == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == ["a.csv", "b.csv"]


def test_a_strange_file_in_a_folder_keeps_no_other_one_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that nobody recognises is named with the columns it would need; the others are stored and shown."""
    (folder / "a.csv").write_text("x,y\n1,2\n")
    (folder / "b.csv").write_text(HEADER + "01B;mastodon;likes;2;2026-10-31\n")
    assert leitstand("import", ".") == 1
    shown = capsys.readouterr()
    assert "a.csv:1:1: no importer recognises this file; leitstand importer list" in shown.err
    assert re.search(r"b\.csv +csv +mastodon +- +1 +new *$", shown.out, re.MULTILINE)
    assert "--skip-bad" not in shown.err
    assert stored(folder) == [2]


def test_a_file_that_is_not_there_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong name exits 1 with the name."""
    assert leitstand("import", "gone.csv") == 1
    assert "gone.csv" in capsys.readouterr().err
