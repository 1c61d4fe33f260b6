"""State in an SQLite file: made in one piece, brought up to date, and one writer at a time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from toolkit.database.schema import SET_META, Schema
from toolkit.database.store import NOTHING, Arrow, Record, Values, storable
from toolkit.errors import StateError
from toolkit.messages import _

WAIT_SECONDS = 30.0
_NOT_NOW = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
LITTLE = 1_000_000  # bytes: with less on the disk it is full for a database
NAP_SECONDS = 0.0005  # between two tries to become the writer


class SqliteStore:
    """An open file; also the transaction in it, for there is one at a time."""

    def __init__(self, connection: sqlite3.Connection, name: str, schema: Schema) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.name = name
        self.schema = schema

    def read(self, statement: str, values: Values = NOTHING) -> Sequence[Record]:
        try:
            return self.connection.execute(statement, storable(values)).fetchall()
        except sqlite3.Error as error:
            raise self._error(error) from error

    @contextmanager
    def transaction(self, lock: str = "", *, shared: bool = False) -> Iterator[SqliteStore]:  # noqa: ARG002  # one writer: nothing to lock
        try:
            self._begin()
            yield self
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise self._error(error) from error
            raise

    def _begin(self) -> None:
        """Become the one writer, or raise what SQLite says when that takes too long."""
        (patience,) = self.connection.execute("PRAGMA busy_timeout").fetchone()
        end = time.monotonic() + patience / 1000
        # SQLite's own waiting sleeps longer and longer, up to 100 ms, while the others commit in 3: two processes at
        # one file would be slower than one.
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while not self._try_begin(last=time.monotonic() >= end):
                time.sleep(NAP_SECONDS)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {patience}")

    def _try_begin(self, *, last: bool) -> bool:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def take(self, change: Arrow, values: Values) -> Sequence[Record]:
        with self.transaction() as transaction:
            return transaction.change(change, values)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    def lock(self, lock: str) -> None:
        """Nothing: there is one writer."""

    def run(self, statement: str, values: Values = NOTHING) -> Sequence[Record]:
        return self.read(statement, values)

    def run_many(self, statement: str, many: Iterable[Values]) -> None:
        try:
            self.connection.executemany(statement, map(storable, many))
        except sqlite3.Error as error:
            raise self._error(error) from error

    def change(self, change: Arrow, values: Values) -> Sequence[Record]:
        events = self.read(change.event, values)
        for event in events:
            self.read(change.update, {**values, "row_id": event["row_id"]})
        return events

    def clock(self) -> str:
        return ""

    def scrub(self) -> bool:
        """Write the file anew without what was deleted, and empty its log; nothing is left of it outside of memory."""
        try:
            self.connection.execute("PRAGMA temp_store = MEMORY")
            self.connection.execute("VACUUM")
            (busy, _in_log, _moved) = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            # Somebody reads or writes, and what they have in their hands cannot be taken away; or there is no room for it.
            if error.sqlite_errorcode & 0xFF in _NOT_NOW:
                return False
            raise self._error(error) from error
        return not busy

    def close(self) -> None:
        self.connection.close()

    def _error(self, error: sqlite3.Error) -> StateError:
        return self.schema.refusal(self.schema.words().said, path=self.name, error=cause_of(Path(self.name), error))


def open_to_write(path: Path, schema: Schema) -> SqliteStore:
    """The database in the file at `path`, brought up to date; the file must exist."""
    connection = connect(path, schema)
    try:
        _migrate(connection, path, schema)
    except sqlite3.Error as error:
        connection.close()
        raise cannot_open(path, schema, error) from error
    except BaseException:
        connection.close()
        raise
    return SqliteStore(connection, str(path), schema)


def open_to_read(path: Path, schema: Schema, now: datetime) -> SqliteStore:
    """The database in the file at `path`, only to read; one that is missing reads as an empty one."""
    if not path.exists():
        return open_in_memory(schema, now)
    connection = _connect_to_read(path, schema)
    try:
        if _version(connection, path, schema) < schema.version:
            raise schema.refusal(schema.words().older, path=path)
    except BaseException:
        connection.close()
        raise
    return SqliteStore(connection, str(path), schema)


def open_in_memory(schema: Schema, now: datetime) -> SqliteStore:
    """An empty database that lasts as long as it is open."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    fill(connection, schema, now)
    return SqliteStore(connection, ":memory:", schema)


def _connect_to_read(path: Path, schema: Schema) -> sqlite3.Connection:
    """A connection that only reads, also for people who may not write into the state directory."""
    try:
        return connect(path, schema, mode="ro")
    except StateError:
        # WAL needs a file beside the database that readers write, too. Without one nobody writes at the moment, and
        # the file holds everything.
        if os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists():
            raise
    return connect(path, schema, mode="ro&immutable=1")


def connect(path: Path, schema: Schema, mode: str = "rw") -> sqlite3.Connection:
    """A connection that commits to the disk and waits for others; the file must exist."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=WAIT_SECONDS)
        # FULL: a committed intent survives a power cut, or a post could go out twice.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        for pragma in schema.pragmas:
            connection.execute(pragma)
    except sqlite3.OperationalError as error:
        if not os.access(path, os.R_OK) or not os.access(path.parent, os.W_OK):
            raise schema.refusal(schema.words().no_permission, path=path) from error
        raise cannot_open(path, schema, error) from error
    except sqlite3.DatabaseError as error:
        raise _no_database(path, schema, error) from error
    return connection


def cannot_open(path: Path, schema: Schema, error: sqlite3.Error) -> StateError:
    """The sentence about a file that SQLite does not open."""
    return schema.refusal(schema.words().cannot_open, path=path, error=cause_of(path, error))


def cause_of(path: Path, error: sqlite3.Error) -> str:
    """What SQLite says; of a full disk it often says no more than that reading or writing went wrong."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR} or not path.parent.is_dir():
        return str(error)
    if shutil.disk_usage(path.parent).free >= LITTLE:
        return str(error)
    return _("the disk is full ({error}); make room there and try again").format(error=error)


def _no_database(path: Path, schema: Schema, error: sqlite3.Error) -> StateError:
    return schema.refusal(schema.words().no_database, path=path, error=error)


def create(path: Path, schema: Schema, now: datetime) -> None:
    """Make a new file in a temporary one and put it in its place; whoever comes second takes the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite puts files of its own beside the draft, so the draft has a folder.
    with tempfile.TemporaryDirectory(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        try:
            with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
                fill(connection, schema, now)
                # Only now: closing a log says nothing when the disk is full, and the draft would lack what is in it.
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            raise cannot_open(path, schema, error) from error
        if schema.private:
            draft.chmod(0o600)  # the log and its index take over what the file allows
        _clear_log(path)
        _place(draft, path)


def _clear_log(path: Path) -> None:
    """Remove the log that a killed process left of a file that is gone: SQLite would play it into the new one."""
    for log in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        # Looked at in this order: a log that is in use lies beside its file.
        if log.exists() and not path.exists():
            log.unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    try:
        if os.name == "nt":
            draft.rename(path)  # on Windows this refuses to overwrite
        else:
            os.link(draft, path)
    except FileExistsError:
        return


def fill(connection: sqlite3.Connection, schema: Schema, now: datetime) -> None:
    """The tables of a new database in an empty file."""
    connection.execute("BEGIN IMMEDIATE")
    for version in schema.migrations:
        _step(connection, schema, version)
    connection.executemany(SET_META, schema.birth(now))
    connection.execute("COMMIT")


def _step(connection: sqlite3.Connection, schema: Schema, version: int) -> None:
    for statement in schema.migrations[version]:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")


def _version(connection: sqlite3.Connection, path: Path, schema: Schema) -> int:
    told_by = ", ".join(f"'{table}'" for table in schema.told_by)
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = f"SELECT count(*) FROM sqlite_master WHERE name IN ({told_by})"  # noqa: S608  # our own tables
        known = connection.execute(tables).fetchone()[0]
    except sqlite3.Error as error:
        raise _no_database(path, schema, error) from error
    if known != len(schema.told_by):
        raise schema.refusal(schema.words().another, path=path)
    if version > schema.version:
        raise schema.refusal(schema.words().newer, path=path, found=version, known=schema.version)
    return version


def _migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    if _version(connection, path, schema) == schema.version:
        return
    try:
        connection.execute("BEGIN EXCLUSIVE")
        # Read again under the lock: another process may have done the work.
        for version in range(_version(connection, path, schema) + 1, schema.version + 1):
            _step(connection, schema, version)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise schema.refusal(schema.words().stuck, path=path, error=cause_of(path, error)) from error
