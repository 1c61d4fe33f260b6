"""`leitstand pause` and `leitstand resume`: the file and the ledger together."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.ledger import ledger_path, open_ledger

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["en"]
[people.leitung]
roles = ["manager"]
[accounts.news]
network = "feed"
[accounts.mastodon]
network = "mastodon"
[state]
dir = "state"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
status: ready
publish: 2026-11-22 07:30
channels: [news, mastodon]
campaign: advent
labels: [gewinnspiel]
---
Hallo
"""
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOW = ("--now", AT.isoformat())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LEITSTAND_STATE_DIR", raising=False)
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/posts/tuer.md").write_text(POST, encoding="utf-8")
    return tmp_path


def turn(folder: Path, verb: str, *args: str) -> int:
    return execute([verb, *args, *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"})


def pause(folder: Path, *args: str) -> int:
    return turn(folder, "pause", "--reason", "Rückruf", "--by", "leitung", *args)


def make_ledger(folder: Path) -> Path:
    path = ledger_path(folder / "state")
    open_ledger(path, now=AT).close()
    return path


def test_a_pause_is_written_and_says_what_it_stops(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a ledger the file is the pause; the command says how much of the coming week it stops."""
    assert pause(folder) == 0
    shown = capsys.readouterr().out
    assert "stops 2 sends of the coming 7 days" in shown
    text = (folder / "content/pause.yml").read_text(encoding="utf-8")
    assert "- scope: all\n  reason: Rückruf\n  owner: leitung\n" in text
    assert not ledger_path(folder / "state").exists()


def test_a_pause_stands_in_the_ledger_too(folder: Path) -> None:
    """Where a ledger exists the pause is a row in it as well, and `resume` ends both."""
    path = make_ledger(folder)
    assert pause(folder, "--scope", "channel:mastodon", "--allow", "crisis", "--until", "2026-12-02 08:00") == 0
    with open_ledger(path, now=AT, read_only=True) as ledger:
        [row] = ledger.pauses(AT)
    assert (row.scope, row.value, row.owner, row.allow) == ("channel", "mastodon", "leitung", ("crisis",))
    assert row.until == datetime(2026, 12, 2, 7, tzinfo=UTC)
    assert turn(folder, "resume") == 0
    with open_ledger(path, now=AT, read_only=True) as ledger:
        assert ledger.pauses(AT) == []
    assert "scope" not in (folder / "content/pause.yml").read_text(encoding="utf-8").replace("`leitstand", "")


def test_a_broken_file_does_not_keep_the_pause_from_working(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While the file cannot be read the ledger's row is written all the same; exit 1 says that the file needs mending."""
    path = make_ledger(folder)
    (folder / "content/pause.yml").write_text("- scope: [\n", encoding="utf-8")
    assert pause(folder) == 1
    assert "content/pause.yml:" in capsys.readouterr().err
    with open_ledger(path, now=AT, read_only=True) as ledger:
        assert len(ledger.pauses(AT)) == 1


def test_names_that_do_not_exist_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pause that would stop nothing exits 2 with the nearest name, and writes nothing."""
    for scope, meant in (
        ("channel:mastodn", "mastodon"),
        ("label:gewinspiel", "gewinnspiel"),
        ("campaign:adven", "advent"),
    ):
        assert pause(folder, "--scope", scope) == 2
        assert f"did you mean '{meant}'?" in capsys.readouterr().err
    assert pause(folder, "--scope", "everything") == 2
    assert turn(folder, "pause", "--reason", "r", "--by", "leitng") == 2
    assert pause(folder, "--until", "2026-12-02") == 2
    assert pause(folder, "--until", "9999-12-31 23:59-12:00") == 2
    assert pause(folder, "--until", "2026-11-20 08:00") == 2
    assert not (folder / "content/pause.yml").exists()


def test_resume_asks_which(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With two pauses `resume` wants to know which one, and says afterwards what is still paused."""
    assert turn(folder, "resume") == 2
    assert "nothing is paused" in capsys.readouterr().err
    pause(folder)
    pause(folder, "--scope", "post:01JDK3V7Q2M8X4T6R9A0B1C2D3")
    assert turn(folder, "resume") == 2
    assert turn(folder, "resume", "--scope", "channel:news") == 2
    capsys.readouterr()
    assert turn(folder, "resume", "--scope", "all", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"scope": "all", "file": 1, "ledger": 0, "still_paused": ["post:01JDK3V7Q2M8X4T6R9A0B1C2D3"]}


def test_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json says what is paused, where it was written and what it stops."""
    assert pause(folder, "--scope", "label:gewinnspiel", "--until", "2026-12-02T08:00+01:00", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["scope"] == "label:gewinnspiel"
    assert (answer["written"], answer["ledger"], answer["stopped_next_7_days"]) == (True, False, 2)
