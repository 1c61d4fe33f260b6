"""Backups of the ledger, and the way back, which must not send anything twice."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.book import Ledger, may_be_out_since_restore
from toolkit.ledger.moments import to_text
from toolkit.ledger.opening import connect, id_path, ledger_id, open_ledger, write_id
from toolkit.messages import _

SQLITE: Final = b"SQLite format 3\0"  # how every such file begins


def backup_ledger(path: Path, target: Path) -> None:
    """Copy the ledger at `path` to `target` while others may use it; `target` is whole or not there.

    An older backup is replaced; any other file, and the ledger itself, is refused.
    """
    if not path.exists():
        raise LedgerError(_("there is no ledger at {path} yet").format(path=path))
    _refuse_other(path, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(path, mode="ro")) as source:
        _write_copy(source, target)


def _write_copy(source: sqlite3.Connection, target: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".ledger-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        draft.replace(target)
    except sqlite3.Error as error:
        raise LedgerError(_("the backup failed, nothing was written: {error}").format(error=error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _refuse_other(path: Path, target: Path) -> None:
    if target.is_file():
        with target.open("rb") as file:
            backup = file.read(len(SQLITE)) == SQLITE
        if not backup or target.samefile(path):
            message = _("{path} is there and is no backup of a ledger; name another file, nothing was written")
            raise LedgerError(message.format(path=target))


def kept_path(path: Path, now: datetime) -> Path:
    """Where a restore at `now` keeps the ledger that was at `path`."""
    return path.with_name(f"{path.stem}-before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")


def rehearsal_copy(path: Path, *, now: datetime) -> Ledger:
    """The ledger in memory, to see what would happen; the file is only read, and need not exist."""
    with open_ledger(path, now=now, read_only=True) as ledger:
        memory = sqlite3.connect(":memory:", isolation_level=None)
        ledger.connection.backup(memory)
        return Ledger(memory, path, ledger.limits)


def restore_ledger(path: Path, backup: Path, *, now: datetime) -> int:
    """Put `backup` in the place of the ledger, in one transaction; returns how many rows a person must look at.

    Between backup and now posts may have gone out that the backup does not know. So whatever was due until `now`
    becomes `held`, also posts that the backup has never seen. The ledger that was there is kept at `kept_path`, for it
    may have been the right one. Raises `LedgerError` while another has the ledger open.
    """
    if not backup.is_file():
        raise LedgerError(_("there is no backup at {path}").format(path=backup))
    with open_copy(backup, now) as (copy, held):
        identity = ledger_id(copy)
        existed = path.exists()
        if not existed:
            id_path(path).unlink(missing_ok=True)
            open_ledger(path, now=now).close()
        with closing(connect(path)) as target:
            _hold_alone(target, path)
            if existed:
                _write_copy(target, kept_path(path, now))
            _copy_over(copy, target)
    write_id(path, identity)
    return held


@contextmanager
def open_copy(backup: Path, now: datetime) -> Iterator[tuple[sqlite3.Connection, int]]:
    """A copy of the backup, brought up to date and with everything due until `now` held; and how many rows that is."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "ledger.sqlite"
        try:
            uri = f"{backup.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(draft)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            raise LedgerError(_("{path} is not a ledger ({error})").format(path=backup, error=error)) from error
        open_ledger(draft, now=now).close()
        with closing(connect(draft)) as connection:
            yield connection, _distrust(connection, now)


def _distrust(connection: sqlite3.Connection, now: datetime) -> int:
    params = {"now": to_text(now), "reason": may_be_out_since_restore()}
    connection.execute("BEGIN IMMEDIATE")
    held = len(connection.execute(sql.DISTRUST.event, params).fetchall())
    connection.execute(sql.DISTRUST.update, params)
    connection.execute(sql.SET_META, {"name": "restored_at", "value": to_text(now)})
    connection.execute("COMMIT")
    return held


def _hold_alone(target: sqlite3.Connection, path: Path) -> None:
    """Get the ledger for this connection alone; every other open one keeps a shared lock on the file."""
    try:
        target.execute("PRAGMA busy_timeout = 0")
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
    except sqlite3.OperationalError as error:
        message = _("another process has the ledger {path} open; stop it first (leitstand run), then restore")
        raise LedgerError(message.format(path=path)) from error


def _copy_over(copy: sqlite3.Connection, target: sqlite3.Connection) -> None:
    try:
        copy.backup(target)  # one transaction of the target: all or nothing, also when the power fails
    except sqlite3.Error as error:
        raise LedgerError(_("the restore failed, the ledger is as it was: {error}").format(error=error)) from error


def adopt_ledger(path: Path, *, now: datetime) -> str:
    """Declare the ledger at `path` the right one, or make a new one where it is gone; returns its id."""
    id_path(path).unlink(missing_ok=True)
    with open_ledger(path, now=now) as ledger:
        return ledger_id(ledger.connection)
