"""`leitstand doctor`: what is well, what is not, and what to do; never a secret."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from importlib.metadata import distributions
from pathlib import Path

import pytest

import toolkit.messages
from tests.marking import Marking, unmarked
from tests.servers.matomo import TOKEN as WEB_TOKEN
from tests.servers.matomo import Matomo
from tests.servers.pretend import PretendServer
from toolkit.cli import execute
from toolkit.cli.doctor.checkups import check_rivals, check_tools
from toolkit.cli.health import Health
from toolkit.dispatch import publish_due
from toolkit.ledger import ledger_path, open_ledger
from toolkit.model import SetClock

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["en"]
[accounts.news]
network = "feed"
[accounts.mastodon]
network = "mastodon"
server = "https://social.example.com"
[state]
dir = "../state"
"""
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKEN = "canary-5f1c9a"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith("LEITSTAND_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    root = tmp_path / "brand"
    root.mkdir()
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    return root


def doctor(folder: Path, *args: str, now: datetime = AT) -> int:
    return execute(["doctor", "-w", str(folder), "--now", now.isoformat(), *args], {"LEITSTAND_LANG": "en"})


def findings(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str, str]]:
    checks = json.loads(capsys.readouterr().out)["checks"]
    return {check["name"]: (check["health"], check["text"], check["remedy"]) for check in checks}


def test_a_missing_token_must_be_mended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a token the account is named with the variable to set, and the exit code is 1."""
    assert doctor(folder, "--json") == 1
    found = findings(capsys)
    health, text, remedy = found["account mastodon"]
    assert (health, remedy) == ("wrong", "leitstand login mastodon, or set LEITSTAND_TOKEN_MASTODON")
    assert "class key" in text
    assert "verified: real server" in text
    assert found["account news"][0] == "ok"
    assert found["ledger"][0] == "note"


def test_everything_is_said_in_the_readers_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was looked at and how it is: nothing of it is left in English, but for names of programs and of accounts."""
    monkeypatch.setattr(toolkit.messages, "catalogue", lambda _language: Marking())
    doctor(folder)
    programs = {"leitstand", "python", "sqlite", "git"}
    for line in capsys.readouterr().out.splitlines():
        assert line.lstrip("✓·✗ ").startswith(("«", "→", *programs)), line
        if "«account» " in line:
            assert re.findall("[a-z]{3,}", unmarked(line).lower()) in (["mastodon"], ["news"]), line


def test_all_is_well_and_no_token_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the token set the exit code is 0, and the token stands nowhere, neither in text nor in JSON."""
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", TOKEN)
    publish_due(folder, clock=SetClock(AT), environ={})
    assert doctor(folder) == 0
    text = capsys.readouterr().out
    assert doctor(folder, "--json") == 0
    assert TOKEN not in text + capsys.readouterr().out
    assert "token set" in text
    assert "✗" not in text


def test_a_token_file_that_others_can_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A readable token file is wrong, with the command that mends it."""
    secrets = folder.parent / "secrets"
    secrets.mkdir()
    (secrets / "mastodon").write_text(TOKEN, encoding="utf-8")
    (secrets / "mastodon").chmod(0o644)
    monkeypatch.setenv("LEITSTAND_CREDENTIALS_DIR", str(secrets))
    assert doctor(folder, "--json") == 1
    health, text, _remedy = findings(capsys)["account mastodon"]
    assert health == "wrong"
    assert "chmod 600" in text
    assert TOKEN not in text


def test_a_folder_that_is_not_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An account that cannot be opened is found before a post is due; nobody ever signs in for a folder."""
    with (folder / "leitstand.toml").open("a", encoding="utf-8") as settings:
        settings.write('[accounts.archive]\nnetwork = "files"\nid = "archive"\n')
    assert doctor(folder, "--json") == 1
    health, text, _remedy = findings(capsys)["account archive"]
    assert health == "wrong"
    assert 'server = "/srv/posts"' in text


def test_outside_a_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a workspace the installation is looked at all the same, and the remedy for the rest is named."""
    assert doctor(tmp_path, "--json") == 1
    found = findings(capsys)
    assert found["python"][0] == "ok"
    assert "leitstand init" in found["workspace"][1]


def test_broken_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings that cannot be used are named with their place; nothing is guessed about the rest."""
    (folder / "leitstand.toml").write_text("format = 2\n", encoding="utf-8")
    assert doctor(folder, "--json") == 1
    assert "leitstand.toml:1:1: format must be 1" in findings(capsys)["workspace"][1]


def test_a_ledger_that_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no ledger is wrong, not a crash."""
    path = ledger_path(folder.parent / "state")
    path.parent.mkdir()
    path.write_bytes(b"no database at all, but long enough to look at" * 50)
    assert doctor(folder, "--json") == 1
    found = findings(capsys)
    assert found["ledger"][0] == "wrong"
    health, text, remedy = found["account mastodon"]
    assert (health, remedy) == ("note", "")
    assert "the ledger, where it may be, cannot be read" in text


def test_a_disk_that_is_full(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty file can still be made there, a ledger cannot be written any more."""
    monkeypatch.setattr("toolkit.cli.doctor.checkups.LEAST_FREE", 1 << 62)
    assert doctor(folder, "--json") == 1
    health, text, _remedy = findings(capsys)["state"]
    assert health == "wrong"
    assert "is full" in text


def test_a_clock_behind_the_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clock that was set back is found by the ledger's last tick."""
    publish_due(folder, clock=SetClock(AT), environ={})
    doctor(folder, "--json", now=AT - timedelta(hours=2))
    health, text, _remedy = findings(capsys)["clock"]
    assert health == "wrong"
    assert "2 h 0 min behind" in text


def test_state_inside_the_tree(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """State inside a git working tree is a note: `git clean` could take it."""
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "--allow-empty", "-m", "x"], cwd=folder, check=True)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(folder / ".leitstand"))
    doctor(folder, "--json")
    health, text, _remedy = findings(capsys)["state"]
    assert health == "note"
    assert "git clean" in text
    assert not (folder / ".leitstand").exists()


def test_state_that_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A state directory below a file cannot be made, and that is said."""
    (folder.parent / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(folder.parent / "file/state"))
    assert doctor(folder, "--json") == 1
    assert findings(capsys)["state"][0] == "wrong"


def test_a_ref_that_does_not_exist(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch that cannot be read would hold everything back."""
    (folder / "leitstand.toml").write_text(SETTINGS + '[publish]\nref = "main"\n', encoding="utf-8")
    assert doctor(folder, "--json") == 1
    assert findings(capsys)["publishes"][0] == "wrong"


def install(site: Path, name: str, files: str) -> None:
    """What an installer leaves behind of a distribution."""
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "RECORD").write_text(files, encoding="utf-8")


def test_another_toolkit(tmp_path: Path) -> None:
    """A second distribution that installs a package called toolkit is named with the way out."""
    install(tmp_path, "leitstand", "toolkit/__init__.py,,\n")
    install(tmp_path, "harmless", "harmless/toolkit/__init__.py,,\n")
    [fine] = check_rivals(distributions(path=[str(tmp_path)]))
    assert fine.health is Health.FINE
    install(tmp_path, "other-toolkit", "other.py,,\ntoolkit/__init__.py,,\n")
    [found] = check_rivals(distributions(path=[str(tmp_path)]))
    assert (found.health, found.remedy) == (Health.WRONG, "pip uninstall other-toolkit")


def test_missing_tools() -> None:
    """Without git and browser most verbs work: notes, not errors."""
    assert [found.health for found in check_tools(lambda _name: None)] == [Health.NOTE, Health.NOTE]


def test_health_is_about_ticking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--health is 1 before the first tick, 0 after it, and 1 again when no tick came for minutes."""
    assert doctor(folder, "--health") == 1
    publish_due(folder, clock=SetClock(AT), environ={})
    assert doctor(folder, "--health", now=AT + timedelta(minutes=4)) == 0
    assert "last tick 4 min ago" in capsys.readouterr().out
    assert doctor(folder, "--health", now=AT + timedelta(minutes=6)) == 1
    with open_ledger(ledger_path(folder.parent / "state"), now=AT) as ledger:
        ledger.set_meta(last_tick="")
    assert doctor(folder, "--health") == 1


@pytest.fixture
def counted(folder: Path, pretend: PretendServer) -> Path:
    """The workspace with a Matomo on the loopback."""
    Matomo().serve(pretend)
    settings = folder / "leitstand.toml"
    settings.write_text(f'{SETTINGS}[matomo]\nserver = "{pretend.address}"\nsite = 1\n', encoding="utf-8")
    return folder


def test_matomo_without_a_token_must_be_mended(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The variable to set is named; without [matomo] in the settings nothing is said about it."""
    doctor(counted, "--json")
    health, text, _remedy = findings(capsys)["matomo"]
    assert (health, "LEITSTAND_TOKEN_MATOMO" in text) == ("wrong", True)
    (counted / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    doctor(counted, "--json")
    assert "matomo" not in findings(capsys)


def test_matomo_is_asked_only_on_demand(
    counted: Path, pretend: PretendServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A set token is fine as far as anybody knows; with --ask Matomo judges it, and no output has it."""
    monkeypatch.setenv("LEITSTAND_TOKEN_MATOMO", WEB_TOKEN)
    doctor(counted, "--json")
    said = capsys.readouterr().out
    assert (pretend.requests, WEB_TOKEN in said) == ([], False)
    assert doctor(counted, "--ask", "--json") == 1  # Mastodon still has no token
    said = capsys.readouterr().out
    check = next(one for one in json.loads(said)["checks"] if one["name"] == "matomo")
    assert (check["health"], "Nordlicht Shop" in check["text"], WEB_TOKEN in said) == ("ok", True, False)
    monkeypatch.setenv("LEITSTAND_TOKEN_MATOMO", TOKEN)
    doctor(counted, "--ask", "--json")
    said = capsys.readouterr().out
    check = next(one for one in json.loads(said)["checks"] if one["name"] == "matomo")
    assert (check["health"], TOKEN in said) == ("wrong", False)
    assert "Unable to authenticate" in check["text"]
