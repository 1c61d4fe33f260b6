"""ledger bind and adopt, log --verify and --jsonl, on a workspace whose ledger is a file or a database."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.test_publishing_verbs import TOML
from tests.ledger.ledgers import START, planned
from tests.servers.postgres import Postgres
from toolkit.cli import execute
from toolkit.ledger import LedgerPlace, ledger_path, open_ledger, seal

NOW = ["--now", START.isoformat()]


@pytest.fixture(params=["sqlite", "postgres"])
def place(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LedgerPlace:
    """A workspace in the folder where the command is called, and its ledger with a sealed event."""
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "leitstand.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "brand")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    address = ""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        address = server.new_database()
        monkeypatch.setenv("LEITSTAND_LEDGER", address)
    found = LedgerPlace(ledger_path(tmp_path / "state"), address, "probe" if address else "")
    with open_ledger(found, now=START) as ledger:
        ledger.plan([planned("A"), planned("B")], START)
        seal(ledger)
    return found


def leitstand(*args: str) -> int:
    import os

    return execute([*args, *NOW], os.environ)


def test_the_log_is_verified_and_kept_elsewhere(
    place: LedgerPlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--verify says that it is whole; --jsonl appends what is new; a line that is changed is found without the ledger."""
    file = tmp_path / "log.jsonl"
    assert leitstand("log", "--verify", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"whole": True, "number": None, "reason": ""}
    assert leitstand("log", "--jsonl", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["appended"] == 2
    assert leitstand("log", "--jsonl", str(file)) == 0
    assert "0 events appended" in capsys.readouterr().out
    assert leitstand("log", "--verify", "--jsonl", str(file)) == 0
    file.write_text(file.read_text().replace('"uid": "B"', '"uid": "C"'))
    assert leitstand("log", "--verify", "--jsonl", str(file)) == 1
    assert "event 2 of the chain" in capsys.readouterr().out


def test_a_log_that_was_changed_is_a_problem(place: LedgerPlace, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, and the first event that is not as it was."""
    with open_ledger(place, now=START) as ledger, ledger.store.transaction() as transaction:
        transaction.run("UPDATE events SET uid = 'C' WHERE seal = 1")
    assert leitstand("log", "--verify") == 1
    assert "event 1 of the chain: it was changed" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_usage(place: LedgerPlace, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with its name."""
    assert leitstand("log", "--verify", "--jsonl", "nowhere.jsonl") == 2
    assert "nowhere.jsonl" in capsys.readouterr().err


def test_bind_writes_the_ledgers_id(place: LedgerPlace, capsys: pytest.CaptureFixture[str]) -> None:
    """One line in the table [state], and nothing else in the file changes; twice is once."""
    file = Path("leitstand.toml")
    for _time in range(2):
        assert leitstand("ledger", "bind") == 0
        with open_ledger(place, now=START) as ledger:
            identity = ledger.meta()["ledger_id"]
        assert tomllib.loads(file.read_text())["state"] == {"ledger_id": identity}
        assert file.read_text().startswith(TOML)
    assert identity in capsys.readouterr().out


def test_the_path_of_a_database_shows_no_password(
    place: LedgerPlace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ledger path` and `status` name the file, or server and schema."""
    if place.shared:
        monkeypatch.setenv("LEITSTAND_LEDGER", place.address.replace("leitstand@", "leitstand:canary@"))
    assert leitstand("status", "--json") == 0
    assert execute(["ledger", "path"], {}) == 0
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err
    assert said.out.count(str(place)) == 2
