from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, connection_of, planned
from toolkit.errors import LedgerError
from toolkit.ledger import (
    Ledger,
    LedgerPlace,
    State,
    adopt_ledger,
    backup_ledger,
    note_progress,
    open_ledger,
    restore_ledger,
    seal,
    verify,
)
from toolkit.ledger.identity import write_note
from toolkit.ledger.schema import TABLES, VERSION


def test_a_missing_ledger_reads_as_an_empty_one(path: Path) -> None:
    """Reading makes no file and no folder."""
    with open_ledger(path, now=START, read_only=True) as ledger:
        assert ledger.rows() == []
        assert ledger.summary(START).counts[State.PLANNED] == 0
    assert not path.parent.exists()


def test_a_ledger_is_made_for_power_cuts(path: Path) -> None:
    """Write-ahead log, commits that reach the disk, nothing left of the temporary file."""
    with open_ledger(path, now=START) as ledger:
        assert connection_of(ledger).execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection_of(ledger).execute("PRAGMA synchronous").fetchone()[0] == 2
        assert sorted(file.name for file in path.parent.iterdir() if "tmp" in file.name) == []


def test_reading_cannot_write(path: Path) -> None:
    """A read-only ledger refuses changes with a sentence, not a database error."""
    open_ledger(path, now=START).close()
    with open_ledger(path, now=START, read_only=True) as ledger, pytest.raises(LedgerError, match="readonly"):
        ledger.plan([planned("A")], START)


def test_a_newer_schema_is_refused(path: Path) -> None:
    """An older Leitstand does not touch a ledger from a newer one, and says what to do."""
    open_ledger(path, now=START).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(LedgerError, match="update Leitstand"):
            open_ledger(path, now=START, read_only=read_only)


@pytest.mark.parametrize("content", [b"", b"not a database at all, just text" * 100])
def test_a_file_that_is_no_ledger_is_refused(path: Path, content: bytes) -> None:
    """It is neither used nor overwritten."""
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="not a ledger"):
        open_ledger(path, now=START)
    assert path.read_bytes() == content


def test_a_lost_ledger_is_not_replaced_silently(path: Path) -> None:
    """What it knew is gone with it; a fresh one needs a person's word."""
    open_ledger(path, now=START).close()
    path.unlink()
    with pytest.raises(LedgerError, match="is gone"):
        open_ledger(path, now=START)
    adopt_ledger(path, now=START)
    open_ledger(path, now=START).close()


def test_another_ledger_is_refused_until_adopted(path: Path, tmp_path: Path) -> None:
    """A ledger that was copied over the right one does not send."""
    open_ledger(path, now=START).close()
    other = tmp_path / "other" / "ledger.sqlite"
    open_ledger(other, now=DUE).close()
    path.write_bytes(other.read_bytes())
    with pytest.raises(LedgerError, match="another one"):
        open_ledger(path, now=START)
    adopted = adopt_ledger(path, now=START)
    with open_ledger(path, now=START) as ledger:
        assert ledger.summary(START).ledger_id == adopted


def test_the_log_of_a_lost_ledger_is_not_played_into_the_new_one(path: Path) -> None:
    """What a killed process left beside a ledger that is gone reaches neither the new ledger's rows nor its id."""
    code = (
        "import os, sys, datetime, pathlib; from toolkit.ledger import open_ledger; "
        "ledger = open_ledger(pathlib.Path(sys.argv[1]), now=datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)); "
        "ledger.set_meta(last_commit='old' * 9999); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    lost = path.with_name("ledger.sqlite-wal")
    assert lost.exists()
    path.unlink()
    adopted = adopt_ledger(path, now=START)
    with open_ledger(path, now=START) as ledger:
        assert (ledger.meta()["ledger_id"], ledger.summary(START).last_commit) == (adopted, "")


def test_an_older_ledger_is_refused(path: Path, tmp_path: Path) -> None:
    """A backup that was copied into place by hand would send again what went out since; restoring it holds that."""
    backup = tmp_path / "backup.sqlite"
    with open_ledger(path, now=START) as ledger:
        backup_ledger(path, backup, now=START)
        ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
        ledger.plan([planned("A")], START)
        note_progress(ledger)
    for file in path.parent.glob("ledger.sqlite*"):
        file.unlink()
    shutil.copy(backup, path)
    with pytest.raises(LedgerError, match="ledger restore FILE"):
        open_ledger(path, now=DUE)
    path.unlink()
    restore_ledger(path, backup, now=DUE)
    open_ledger(path, now=DUE).close()


def test_a_copy_beside_the_living_original_is_refused_until_adopted(path: Path, tmp_path: Path) -> None:
    """Two copies of one ledger would both send; the original goes on, and one that was only moved is no copy."""
    open_ledger(path, now=START).close()
    copy = tmp_path / "copy" / path.name
    shutil.copytree(path.parent, copy.parent)
    with pytest.raises(LedgerError, match="is a copy of"):
        open_ledger(copy, now=START)
    open_ledger(path, now=START).close()
    moved = tmp_path / "moved" / path.name
    path.parent.rename(moved.parent)
    open_ledger(moved, now=START).close()
    adopt_ledger(copy, now=START)
    open_ledger(copy, now=START).close()


def test_a_note_of_an_earlier_leitstand_is_understood(path: Path) -> None:
    """A note that holds nothing but the ledger's id is completed at the next tick."""
    with open_ledger(path, now=START) as ledger:
        note = path.with_suffix(".id")
        note.write_text(ledger.meta()["ledger_id"] + "\n")
        with open_ledger(path, now=START) as other:
            note_progress(other)
        assert note.read_text().splitlines()[2] == str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("size", [0, 8192, 1_000_000])
def test_a_full_disk_leaves_no_half_a_ledger(path: Path, size: int) -> None:
    """A ledger that does not fit is refused in one sentence, leaves nothing behind, and can be made later."""
    code = (
        "import resource, sys, datetime, pathlib; from toolkit.errors import LedgerError; "
        "from toolkit.ledger import open_ledger; resource.setrlimit(resource.RLIMIT_FSIZE, 2 * (int(sys.argv[2]),))\n"
        "try: open_ledger(pathlib.Path(sys.argv[1]), now=datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))\n"
        "except LedgerError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(size)], check=True, capture_output=True, text=True
    )
    refused = f"cannot open the ledger {path}" in done.stdout
    assert refused or size > 65_536
    assert not refused or not path.exists()
    assert [file for file in path.parent.iterdir() if "tmp" in file.name] == []
    with open_ledger(path, now=START) as ledger:
        assert ledger.rows() == []


def test_two_processes_make_one_ledger(path: Path) -> None:
    """Four processes that start at once on an empty folder all open the same ledger."""
    code = (
        "import sys, datetime, pathlib; from toolkit.ledger import open_ledger; "
        "now = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC); "
        "print(open_ledger(pathlib.Path(sys.argv[1]), now=now).summary(now).ledger_id)"
    )
    command = [sys.executable, "-c", code, str(path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    identities = {process.communicate(timeout=60)[0].strip() for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert len(identities) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX's here")
def test_who_may_only_read_the_state_directory_reads_the_ledger(tmp_path: Path) -> None:
    """In a folder without write permission the ledger can be read; writing names the folder and the remedy."""
    path = tmp_path / "state" / "ledger.sqlite"
    with open_ledger(path, now=START):
        pass
    # Root may do everything, so the reader is a process without root's capabilities that owns nothing.
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from toolkit.errors import LedgerError; from toolkit.ledger import open_ledger\n"
        "path, now = Path(sys.argv[1]), datetime(2026, 11, 21, tzinfo=UTC)\n"
        "with open_ledger(path, now=now, read_only=True) as ledger: print(len(ledger.rows()))\n"
        "try: open_ledger(path, now=now)\n"
        "except LedgerError as error: print(error)\n"
    )
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is None:
        pytest.skip("setpriv is missing, and root may write everywhere")
    if os.geteuid() == 0:
        os.chown(path.parent, 65534, 65534)
        os.chown(path, 65534, 65534)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    command = [setpriv, "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 and setpriv else []
    try:
        done = subprocess.run([*command, sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    finally:
        path.parent.chmod(0o755)
    rows, said = done.stdout.splitlines()
    assert rows == "0"
    assert "its folder must be writable" in said
    assert [file.name for file in path.parent.iterdir() if file.suffix.endswith(("-wal", "-shm"))] == []


def test_a_ledger_of_version_1_is_brought_up_to_date(path: Path) -> None:
    """A file as the first release wrote it keeps its rows and events, and can do all that a new one can."""
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "version1.sql").read_text())
    connection.executescript("""
        INSERT INTO meta VALUES ('ledger_id', '01OLD'), ('created_at', '2026-11-01T00:00:00.000000Z');
        INSERT INTO accounts VALUES ('mastodon:@nordlicht@social.example', 'mastodon', 'mastodon', '2026-11-01');
        INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path, state, due, wall,
          zone, tzdata, updated_at) VALUES ('old', '', 'mastodon:@nordlicht@social.example', 'mastodon', 'mastodon',
          'post', 0, 1, 'content/posts/old.md', 'planned', '2026-12-01T07:00:00.000000Z', '2026-12-01 07:00', 'UTC',
          '2026f', '2026-11-01T00:00:00.000000Z');
        INSERT INTO events (at, row_id, uid, occurrence, account_id, account, action, part, path, old, state, detail,
          url) SELECT updated_at, id, uid, occurrence, account_id, account, action, part, path, '', state, '', ''
          FROM ledger;
    """)
    connection.close()
    with pytest.raises(LedgerError, match="older version"):
        open_ledger(path, now=START, read_only=True)
    with open_ledger(path, now=START) as ledger:
        assert ledger.meta()["ledger_id"] == "01OLD"
        assert seal(ledger) == 1
        assert begin(ledger, ledger.rows()[0]) is not None
        seal(ledger)
        assert verify(ledger) is None
        fresh = path.with_name("fresh.sqlite")
        with open_ledger(fresh, now=START) as new:
            assert _schema(ledger) == _schema(new)
            assert _columns(ledger) == _columns(new)


def _schema(ledger: Ledger) -> set[tuple[str, str]]:
    raw = connection_of(ledger).execute("SELECT type, name FROM sqlite_master").fetchall()
    return {(row["type"], row["name"]) for row in raw}


def _columns(ledger: Ledger) -> dict[str, list[str]]:
    connection = connection_of(ledger)
    return {table: [row["name"] for row in connection.execute(f"PRAGMA table_info({table})")] for table in TABLES}


@pytest.mark.parametrize("left", [True, False])
def test_after_a_move_to_a_database_the_file_says_where_the_ledger_is(path: Path, *, left: bool) -> None:
    """Without the address set, neither the old file nor a new one sends, and the refusal names the way to the database."""
    with open_ledger(path, now=START) as ledger:
        identity = ledger.summary(START).ledger_id
    address = "postgresql://leitstand@db.example.com/ledgers"
    write_note(LedgerPlace(path, address, "nordlicht"), identity)
    if not left:
        path.unlink()
    for _again in range(2):
        with pytest.raises(LedgerError, match=rf"LEITSTAND_LEDGER={re.escape(address)} or") as refused:
            open_ledger(path, now=START)
        assert "restore" not in str(refused.value)
    assert path.exists() is left
    adopt_ledger(path, now=START)
    open_ledger(path, now=START).close()
