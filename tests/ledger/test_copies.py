from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, only, planned, sending
from toolkit.errors import LedgerError
from toolkit.ledger import (
    Ledger,
    LedgerPlace,
    PauseRow,
    State,
    backup_ledger,
    kept_path,
    notes_of,
    open_ledger,
    rehearsal_copy,
    restore_ledger,
    seal,
    verify,
)


def test_a_backup_is_whole_while_the_ledger_is_open(ledger: Ledger, place: LedgerPlace, tmp_path: Path) -> None:
    """One file without a log beside it, with everything committed so far."""
    ledger.plan([planned("A")], START)
    copy = tmp_path / "copies" / "monday.sqlite"
    backup_ledger(place, copy, now=START)
    assert [file.name for file in copy.parent.iterdir()] == ["monday.sqlite"]
    with open_ledger(copy, now=START, read_only=True) as restored:
        assert restored.rows() == ledger.rows()


def test_a_restored_ledger_sends_nothing_that_may_be_out(ledger: Ledger, place: LedgerPlace, tmp_path: Path) -> None:
    """Whatever fell due until the restore is held, known to the backup or not; what is due later is planned."""
    copy = tmp_path / "copy.sqlite"
    later = DUE + timedelta(days=1)
    ledger.plan([planned("old"), planned("future", later)], START)
    backup_ledger(place, copy, now=START)
    ledger.confirm(sending(ledger, "new"), DUE, "1", "u")
    ledger.close()

    assert restore_ledger(place, copy, now=DUE) == 1
    with open_ledger(place, now=DUE) as restored:
        assert (only(restored, "old").state, only(restored, "future").state) == (State.HELD, State.PLANNED)
        assert restored.rows(uid="new") == []
        restored.plan([planned("new")], DUE)
        assert only(restored, "new").state is State.HELD
        assert only(restored, "new").reason == only(restored, "old").reason != ""


def test_a_restore_waits_for_nobody(ledger: Ledger, place: LedgerPlace, tmp_path: Path) -> None:
    """While another process has the ledger open, even idle, nothing is restored and nothing changes."""
    copy = tmp_path / "copy.sqlite"
    backup_ledger(place, copy, now=START)
    ledger.plan([planned("A")], START)
    ledger.close()
    code = (
        "import sys, datetime, pathlib; from toolkit.ledger import LedgerPlace, open_ledger; "
        "place = LedgerPlace(pathlib.Path(sys.argv[1]), *sys.argv[2:]); "
        "ledger = open_ledger(place, now=datetime.datetime.now(datetime.UTC)); "
        "print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(place.file), place.address, place.schema]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LedgerError, match="another process"):
            restore_ledger(place, copy, now=DUE)
        other.communicate(timeout=30)
    with open_ledger(place, now=START) as same:
        assert only(same).state is State.PLANNED
    restore_ledger(place, copy, now=DUE)


def test_a_lost_ledger_is_restored(path: Path, tmp_path: Path) -> None:
    """A restore is the way out when the file is gone."""
    copy = tmp_path / "copy.sqlite"
    with open_ledger(path, now=START) as ledger:
        ledger.plan([planned("A", DUE + timedelta(days=1))], START)
    backup_ledger(path, copy, now=START)
    path.unlink()
    restore_ledger(path, copy, now=DUE)
    with open_ledger(path, now=DUE) as restored:
        assert only(restored).state is State.PLANNED


@pytest.mark.parametrize("content", [b"", b"x" * 5000])
def test_what_is_no_backup_is_refused(ledger: Ledger, place: LedgerPlace, tmp_path: Path, content: bytes) -> None:
    """The ledger stays as it is."""
    ledger.plan([planned("A")], START)
    ledger.close()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(content)
    with pytest.raises(LedgerError, match="not a ledger"):
        restore_ledger(place, copy, now=DUE)
    with open_ledger(place, now=START) as same:
        assert only(same).state is State.PLANNED


def test_a_restore_keeps_the_ledger_that_was_there(ledger: Ledger, place: LedgerPlace, tmp_path: Path) -> None:
    """The wrong backup is no disaster: the ledger of before lies beside it and can be restored in turn."""
    copy, later = tmp_path / "copy.sqlite", DUE + timedelta(days=1)
    backup_ledger(place, copy, now=START)
    ledger.plan([planned("A", later)], START)
    ledger.close()
    restore_ledger(place, copy, now=START)
    with open_ledger(place, now=START) as emptied:
        assert emptied.rows() == []
    restore_ledger(place, kept_path(place, START), now=DUE)
    with open_ledger(place, now=DUE) as again:
        assert only(again).state is State.PLANNED


def test_a_backup_replaces_nothing_but_backups(ledger: Ledger, place: LedgerPlace, tmp_path: Path) -> None:
    """A slip in the file's name costs neither the settings nor the ledger itself; an older backup is replaced."""
    settings, copy = tmp_path / "leitstand.toml", tmp_path / "copy.sqlite"
    settings.write_text("format = 1")
    for target in (settings, *([] if place.shared else [place.file])):
        with pytest.raises(LedgerError, match="is no backup of a ledger"):
            backup_ledger(place, target, now=START)
    assert settings.read_text() == "format = 1"
    backup_ledger(place, copy, now=START)
    ledger.plan([planned("A")], START)
    backup_ledger(place, copy, now=START)
    with open_ledger(copy, now=START, read_only=True) as read:
        assert only(read).state is State.PLANNED


def test_a_ledger_moves_from_a_file_to_a_database_and_back(path: Path, shared: LedgerPlace, tmp_path: Path) -> None:
    """Backup and restore carry every row, event, pause, note and the chain over; new rows are numbered behind them."""
    first, second = tmp_path / "file.sqlite", tmp_path / "database.sqlite"
    with open_ledger(path, now=START) as ledger:
        ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
        ledger.confirm(sending(ledger, "A", parts=2), DUE, "1", "u")
        ledger.add_pause(PauseRow(0, "post", "B", "", "anna", START, None))
        notes_of(ledger, ACCOUNT, lambda: START).write("upload", "17")
        seal(ledger)
    backup_ledger(path, first, now=START)
    restore_ledger(shared, first, now=START)
    with open_ledger(shared, now=START) as ledger:
        assert verify(ledger) is None
        assert notes_of(ledger, ACCOUNT, lambda: START).read("upload") == "17"
        ledger.plan([planned("C")], START)
        assert [pause.value for pause in ledger.pauses(START)] == ["B"]
        kept = (ledger.rows(), ledger.events())
    backup_ledger(shared, second, now=START)
    with open_ledger(second, now=START, read_only=True) as ledger:
        assert (ledger.rows(), ledger.events()) == kept
    path.unlink()
    restore_ledger(path, second, now=START)
    with open_ledger(path, now=START) as ledger:
        assert (ledger.rows(), ledger.events()) == kept


def test_a_rehearsal_copies_either_kind(ledger: Ledger, place: LedgerPlace) -> None:
    """What is done to the copy in memory does not reach the ledger."""
    ledger.plan([planned("A")], START)
    with rehearsal_copy(place, now=START) as copy:
        assert copy.rows() == ledger.rows()
        copy.confirm(sending(copy, "B"), DUE, "1", "u")
    assert [row.uid for row in ledger.rows()] == ["A"]
