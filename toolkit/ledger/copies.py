"""Backups of the ledger, and the way back, which must not send anything twice.

A backup is always an SQLite file, wherever the ledger is: one file that any tool opens and either kind restores from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from toolkit.database import SET_META, Store, sqlite, to_text
from toolkit.database.copies import fill_from, hold_alone, is_copy, open_copy, replace_file, write_copy
from toolkit.database.sqlite import SqliteStore
from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.book import Ledger, may_be_out_since_restore
from toolkit.ledger.identity import id_path, read_id, write_note
from toolkit.ledger.opening import open_ledger
from toolkit.ledger.place import LedgerPlace, as_place
from toolkit.ledger.schema import LEDGER, TABLES
from toolkit.messages import _

# Tables that grow with every post.
GROWING: Final = ("ledger", "events")


def backup_ledger(place: LedgerPlace | Path, target: Path, *, now: datetime) -> None:
    """Copy the ledger at `place` to `target` while others may use it; `target` is whole or not there.

    An older backup is replaced; any other file, and the ledger itself, is refused.
    """
    place = as_place(place)
    if not place.exists():
        raise LedgerError(_("there is no ledger at {path} yet").format(path=place))
    refuse_other(place, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _to_copy(place, now) as source:
        write_copy(source, target, LedgerError)


@contextmanager
def _to_copy(place: LedgerPlace, now: datetime) -> Iterator[sqlite3.Connection]:
    """The ledger as an SQLite database that can be copied page by page, of whatever version."""
    if place.shared:
        with closing(_copy_in_memory(place, now)) as copy:
            yield copy.connection
    else:
        with closing(sqlite.connect(place.file, LEDGER, mode="ro")) as source:
            yield source


def refuse_other(place: LedgerPlace, target: Path) -> None:
    """Raise `LedgerError` where `target` is neither free nor a backup."""
    if target.is_file() and (not is_copy(target) or (place.file.exists() and target.samefile(place.file))):
        message = _("{path} is there and is no backup of a ledger; name another file, nothing was written")
        raise LedgerError(message.format(path=target))


def kept_path(place: LedgerPlace | Path, now: datetime) -> Path:
    """Where a restore at `now` keeps the ledger that was at `place`."""
    path = as_place(place).file
    return path.with_name(f"{path.stem}-before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")


def rehearsal_copy(place: LedgerPlace | Path, *, now: datetime) -> Ledger:
    """The ledger in memory, to see what would happen; the real one is only read, and need not exist."""
    place = as_place(place)
    return Ledger(_copy_in_memory(place, now), place)


def _copy_in_memory(place: LedgerPlace, now: datetime) -> SqliteStore:
    copy = sqlite.open_in_memory(LEDGER, now)
    with open_ledger(place, now=now, read_only=True) as ledger:
        if isinstance(ledger.store, SqliteStore):
            ledger.store.connection.backup(copy.connection)
        else:
            with ledger.store.snapshot():
                fill_from(ledger.store, copy, TABLES, GROWING)
    return copy


def restore_ledger(place: LedgerPlace | Path, backup: Path, *, now: datetime) -> int:
    """Put `backup` in the place of the ledger, in one transaction; returns how many rows a person must look at.

    Between backup and now posts may have gone out that the backup does not know. So whatever was due until `now`
    becomes `held`, also posts that the backup has never seen. The ledger that was there is kept at `kept_path`, for it
    may have been the right one. Raises `LedgerError` while another has the ledger open.
    """
    place = as_place(place)
    if not backup.is_file():
        raise LedgerError(_("there is no backup at {path}").format(path=backup))
    with open_backup(backup, now) as (copy, held):
        identity = read_id(copy)
        if place.shared:
            _restore_shared(place, copy, now)
        else:
            _restore_file(place, copy, now)
    write_note(place, identity)
    return held


def _restore_file(place: LedgerPlace, copy: SqliteStore, now: datetime) -> None:
    existed = place.file.exists()
    if not existed:
        id_path(place.file).unlink(missing_ok=True)
        open_ledger(place, now=now).close()
    with closing(sqlite.connect(place.file, LEDGER)) as target:
        hold_alone(target, place, LEDGER, _in_use())
        if existed:
            write_copy(target, kept_path(place, now), LedgerError)
        replace_file(target, copy, LedgerError)


def _restore_shared(place: LedgerPlace, copy: SqliteStore, now: datetime) -> None:
    from toolkit.database import postgres

    place.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _to_copy(place, now) as before:
        write_copy(before, kept_path(place, now), LedgerError)
    with closing(postgres.open_to_write(place, LEDGER, now)) as target:
        if not target.try_alone():
            raise LEDGER.refusal(_in_use(), path=place)
        fill_from(copy, target, TABLES, GROWING)
        target.count_on(TABLES)


@contextmanager
def open_backup(backup: Path, now: datetime) -> Iterator[tuple[SqliteStore, int]]:
    """A copy of the backup, brought up to date and with everything due until `now` held; and how many rows that is."""
    with open_copy(backup, LEDGER, _("{path} is not a ledger ({error})")) as store:
        yield store, _distrust(store, now)


def _distrust(store: Store, now: datetime) -> int:
    params = {"now": to_text(now), "reason": may_be_out_since_restore()}
    with store.transaction() as transaction:
        held = len(transaction.change(sql.DISTRUST, params))
        transaction.run(SET_META, {"name": "restored_at", "value": to_text(now)})
    return held


def _in_use() -> str:
    return _("another process has the ledger {path} open; stop it first (leitstand run), then restore")
