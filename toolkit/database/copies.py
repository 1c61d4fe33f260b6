"""Copies of a database, and the way back: one SQLite file, whole or not there, from either kind and into either kind."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from toolkit.database import sqlite
from toolkit.database.place import Place
from toolkit.database.schema import Schema
from toolkit.database.sqlite import SqliteStore
from toolkit.database.store import Record, Store
from toolkit.errors import StateError
from toolkit.messages import _

HEADER: Final = b"SQLite format 3\0"  # how every such file begins
PORTION: Final = 5000
# What a database says about itself and a file says otherwise.
OWN_META: Final = "version"


def write_copy(source: sqlite3.Connection, target: Path, error: type[StateError]) -> None:
    """Copy the database behind `source` page by page while others use it; nobody but its owner reads the file."""
    handle, name = tempfile.mkstemp(prefix=".copy-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        draft.replace(target)
    except sqlite3.Error as wrong:
        message = _("the backup failed, {path} was not written: {error}")
        raise error(message.format(path=target, error=sqlite.cause_of(target, wrong))) from wrong
    finally:
        draft.unlink(missing_ok=True)


def is_copy(path: Path) -> bool:
    """Whether the file is an SQLite database, as copies are."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def fill_from(source: Store, target: Store, tables: Sequence[str], growing: Collection[str] = ()) -> None:
    """Every row of every table, in place of what the target has; `growing` ones have an id and are read in portions."""
    with target.transaction() as transaction:
        for table in reversed(tables):
            kept = f" WHERE name <> '{OWN_META}'" if table == "meta" else ""
            transaction.run(f"DELETE FROM {table}{kept}")  # noqa: S608  # our own tables
        for table in tables:
            for rows in _in_portions(source, table, growing):
                transaction.run_many(_insert(table, list(rows[0].keys())), _plain(rows))


def _in_portions(source: Store, table: str, growing: Collection[str]) -> Iterator[Sequence[Record]]:
    if table not in growing:
        rows = source.read(f"SELECT * FROM {table}")  # noqa: S608  # our own tables
        found = [row for row in rows if table != "meta" or row["name"] != OWN_META]
        yield from [found] if found else []
        return
    after = 0
    portion = f"SELECT * FROM {table} WHERE id > :after ORDER BY id LIMIT {PORTION}"  # noqa: S608  # our own tables
    while rows := source.read(portion, {"after": after}):
        after = int(rows[-1]["id"])
        yield rows


def _insert(table: str, names: Sequence[str]) -> str:
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"  # noqa: S608  # our own tables


def _plain(rows: Sequence[Record]) -> Iterator[dict[str, str | int]]:
    return ({name: row[name] for name in row.keys()} for row in rows)  # noqa: SIM118  # iterating an sqlite3.Row gives values, not names


@contextmanager
def open_copy(backup: Path, schema: Schema, what: str) -> Iterator[SqliteStore]:
    """A copy of the backup that may be changed, brought up to date. `what`: the sentence when it is none, with its {path} and {error}."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "copy.sqlite"
        try:
            uri = f"{backup.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(draft)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            raise schema.error(what.format(path=backup, error=error)) from error
        with closing(sqlite.open_to_write(draft, schema)) as store:
            yield store


def replace_file(target: sqlite3.Connection, copy: SqliteStore, error: type[StateError]) -> None:
    """Put the copy in the target's place, in one transaction of the target: all or nothing, also when the power fails."""
    try:
        copy.connection.backup(target)
    except sqlite3.Error as wrong:
        raise error(_("the restore failed, all is as it was: {error}").format(error=wrong)) from wrong


def hold_alone(target: sqlite3.Connection, place: Place, schema: Schema, in_use: str) -> None:
    """Get the file for this connection alone; every other open one keeps a shared lock on it, which is said as `in_use`."""
    try:
        target.execute("PRAGMA busy_timeout = 0")
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise schema.refusal(in_use, path=place) from error
    except sqlite3.DatabaseError as error:
        raise schema.refusal(schema.words().no_database, path=place, error=error) from error
