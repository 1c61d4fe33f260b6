"""`leitstand approve`: shows, refuses, writes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.approval import content_hash
from toolkit.cli import execute
from toolkit.ledger import ApprovalRow, add_approval, ledger_path, open_ledger
from toolkit.workspace import load_workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["en"]
[people.redaktion]
roles = ["editor"]
[people.leitung]
roles = ["manager"]
[accounts.news]
network = "feed"
[policy]
approvals = 1
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: redaktion
status: ready
publish: 2026-12-01 07:30
channels: [news]
language: de
---
Hinter Tür 1: unser Winterröster. [Zum Shop](https://example.com/winter)
"""
NOW = ("--now", "2026-11-20T10:02:11+01:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/posts/tuer.md").write_text(POST, encoding="utf-8")
    return tmp_path


def approve(folder: Path, *args: str) -> int:
    return execute(["approve", *args, *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"})


def test_what_is_approved_is_shown_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text of every channel, its local moment and the hash stand on the screen; the yes stands in the file."""
    assert approve(folder, "tuer", "--by", "leitung") == 0
    shown = capsys.readouterr().out
    assert "news, 2026-12-01 07:30 CET" in shown
    assert "Hinter Tür 1: unser Winterröster." in shown
    assert "news: may be sent" in shown
    text = (folder / "content/posts/tuer.md").read_text(encoding="utf-8")
    assert "  - {by: leitung, at: 2026-11-20T10:02:11+01:00, hash: sha256:" in text


def test_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run shows the same and leaves the file alone."""
    assert approve(folder, "tuer", "--by", "leitung", "--dry-run") == 0
    assert "sha256:" in capsys.readouterr().out
    assert (folder / "content/posts/tuer.md").read_text(encoding="utf-8") == POST


def test_the_author_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An author cannot approve: exit 1, a sentence, and an unchanged file."""
    assert approve(folder, "tuer", "--by", "redaktion") == 1
    assert "redaktion is the author" in capsys.readouterr().err
    assert (folder / "content/posts/tuer.md").read_text(encoding="utf-8") == POST


def test_a_post_with_errors_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody approves what cannot be sent: the errors are named with their places."""
    broken = POST.replace("publish: 2026-12-01 07:30", "publish: tomorrow")
    (folder / "content/posts/tuer.md").write_text(broken, encoding="utf-8")
    assert approve(folder, "tuer", "--by", "leitung") == 1
    assert "content/posts/tuer.md:6:10:" in capsys.readouterr().err
    assert (folder / "content/posts/tuer.md").read_text(encoding="utf-8") == broken


def test_a_typo_gets_a_suggestion(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A post that does not exist exits 2 and names the one that was meant."""
    assert approve(folder, "tür", "--by", "leitung") == 2
    assert "did you mean content/posts/tuer.md?" in capsys.readouterr().err


def test_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json answers with the hash and one verdict per channel."""
    assert approve(folder, "01JDK3V7Q2M8X4T6R9A0B1C2D3", "--by", "leitung", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["written"] is True
    assert answer["hash"].startswith("sha256:")
    assert answer["channels"]["news"] == {
        "granted": True,
        "required": 1,
        "given": ["leitung"],
        "void": [],
        "reason": "",
    }
    assert approve(folder, "tuer", "--by", "nobody", "--json") == 1
    assert "nobody" in json.loads(capsys.readouterr().out)["refused"]


def test_the_list_says_what_waits_for_whom(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--list names post, moment, channels and who can say yes, exits 1 while one waits, and 0 when none does."""
    assert execute(["approve", "--list", *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"}) == 1
    shown = capsys.readouterr().out
    assert "2026-12-01 07:30  Tür 1 (content/posts/tuer.md) → news" in shown
    assert "needs 1 approval (manager), has 0" in shown
    assert "can say yes: leitung" in shown
    assert execute(["approve", "--list", "--json", *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"}) == 1
    (waiting,) = json.loads(capsys.readouterr().out)["waiting"]
    assert (waiting["path"], waiting["people"]) == ("content/posts/tuer.md", ["leitung"])
    approve(folder, "tuer", "--by", "leitung")
    capsys.readouterr()
    assert execute(["approve", "--list", *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"}) == 0
    assert "no post waits for an approval" in capsys.readouterr().out


def test_without_a_post_or_a_person_it_says_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither is guessed: exit 2 with the form of the command."""
    assert approve(folder, "tuer") == 2
    assert "leitstand approve POST --by NAME" in capsys.readouterr().err


def test_what_was_said_at_the_desk_is_known_to_the_verbs(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A yes in the ledger counts in `plan` and `approve --list`; a no is told with its note."""
    workspace = load_workspace(folder)
    digest = content_hash(workspace.posts[0], workspace)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(folder / "state"))
    environ = {"LEITSTAND_LANG": "en"}
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    said = ApprovalRow(workspace.posts[0].uid, "leitung", at, digest, granted=True)
    with open_ledger(ledger_path(folder / "state"), now=at) as ledger:
        add_approval(ledger, said)
    assert execute(["approve", "--list", *NOW, "-w", str(folder)], environ) == 0
    execute(["plan", "--json", *NOW, "-w", str(folder)], environ)
    plan = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert plan["slots"][0]["approval"]["given"] == ["leitung"]
    with open_ledger(ledger_path(folder / "state"), now=at) as ledger:
        add_approval(ledger, replace(said, granted=False, note="Datum falsch"))
    assert execute(["approve", "--list", *NOW, "-w", str(folder)], environ) == 1
    assert "leitung sent it back: Datum falsch" in capsys.readouterr().out


def test_a_post_without_its_slot_has_no_time_to_approve(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The approval is for the time, too: `publish: next` first gets its slot, and moving that later voids the yes."""
    path = folder / "content/posts/tuer.md"
    path.write_text(POST.replace("publish: 2026-12-01 07:30", "publish: next"), encoding="utf-8")
    assert approve(folder, "tuer", "--by", "leitung") == 1
    assert "it has no time yet; write the next free slot first: leitstand fix" in capsys.readouterr().err
    given = POST.replace("publish: 2026-12-01 07:30", "publish: next\nslots: {news: 2026-12-01 07:30}")
    path.write_text(given, encoding="utf-8")
    assert approve(folder, "tuer", "--by", "leitung") == 0
    workspace = load_workspace(folder)
    (approval,) = workspace.posts[0].approved
    assert approval.hash == content_hash(workspace.posts[0], workspace)
    path.write_text(path.read_text("utf-8").replace("12-01 07:30}", "12-01 07:31}"), encoding="utf-8")
    workspace = load_workspace(folder)
    assert approval.hash != content_hash(workspace.posts[0], workspace)
