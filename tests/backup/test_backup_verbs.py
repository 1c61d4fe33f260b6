"""`leitstand ledger backup` and `restore`: what they say about all parts, in a workspace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.backup.states import LATER, fill, state_at
from tests.cli.test_publishing_verbs import TOML
from toolkit.cli import execute


@pytest.fixture(autouse=True)
def _brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "leitstand.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "brand")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    fill(state_at(tmp_path / "state"))


def leitstand(*args: str) -> int:
    return execute(["ledger", *args], os.environ)


def test_every_part_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written and what was not; after a restore who has to be forgotten again, and what is kept where."""
    assert leitstand("backup", str(tmp_path / "copy.db")) == 0
    said = capsys.readouterr().out.replace("\n", "")
    for name in ("copy.db", "copy.inbox.db", "copy.files.tar", "vault.key"):
        assert name in said
    assert leitstand("restore", str(tmp_path / "copy.db"), "--now", LATER.isoformat()) == 0
    said = capsys.readouterr().out.replace("\n", " ")
    assert "who was forgotten since" in said
    assert "leitstand inbox forget" in said
    for name in ("ledger-before-20261203T090000Z.sqlite", "inbox-before-", "metrics-before-", "sentiment-before-"):
        assert name in said


def test_no_part_of_an_older_backup_is_replaced_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 names the part that is there; --force replaces it."""
    part = tmp_path / "copy.inbox.db"
    assert leitstand("backup", str(tmp_path / "copy.db")) == 0
    (tmp_path / "copy.db").unlink()
    before = part.read_bytes()
    assert leitstand("backup", str(tmp_path / "copy.db")) == 2
    assert "copy.inbox.db is there already" in capsys.readouterr().err.replace("\n", " ")
    assert (part.read_bytes() == before, (tmp_path / "copy.db").exists()) == (True, False)
    assert leitstand("backup", str(tmp_path / "copy.db"), "--force") == 0


def test_a_backup_without_an_inbox_says_that_this_one_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As those of before had none."""
    assert leitstand("backup", str(tmp_path / "copy.db")) == 0
    (tmp_path / "copy.inbox.db").unlink()
    assert leitstand("restore", str(tmp_path / "copy.db"), "--now", LATER.isoformat()) == 0
    assert "the one that is here stays" in capsys.readouterr().out.replace("\n", " ")
