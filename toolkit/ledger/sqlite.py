"""The ledger in an SQLite file: made in one piece, brought up to date, and one writer at a time."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from toolkit.errors import LedgerError
from toolkit.ledger.birth import birth_meta
from toolkit.ledger.schema import MIGRATIONS, VERSION
from toolkit.ledger.statements import SET_META, Change
from toolkit.ledger.store import NOTHING, Record, Values, storable
from toolkit.messages import _

WAIT_SECONDS = 30.0
NAP_SECONDS = 0.0005  # between two tries to become the writer


class SqliteStore:
    """An open file; also the transaction in it, for there is one at a time."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.name = name

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
        # SQLite's own waiting sleeps longer and longer, up to 100 ms, while the others commit in 3: two dispatchers on
        # one ledger would be slower than one.
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

    def take(self, change: Change, values: Values) -> Sequence[Record]:
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

    def change(self, change: Change, values: Values) -> Sequence[Record]:
        events = self.read(change.event, values)
        for event in events:
            self.read(change.update, {**values, "row_id": event["row_id"]})
        return events

    def clock(self) -> str:
        return ""

    def close(self) -> None:
        self.connection.close()

    def _error(self, error: sqlite3.Error) -> LedgerError:
        return LedgerError(_("the ledger {path}: {error}").format(path=self.name, error=error))


def open_to_write(path: Path) -> SqliteStore:
    """The ledger in the file at `path`, brought up to date; the file must exist."""
    connection = connect(path)
    try:
        _migrate(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise cannot_open(path, error) from error
    except BaseException:
        connection.close()
        raise
    return SqliteStore(connection, str(path))


def open_to_read(path: Path, now: datetime) -> SqliteStore:
    """The ledger in the file at `path`, only to read; one that is missing reads as an empty one."""
    if not path.exists():
        return open_in_memory(now)
    connection = _connect_to_read(path)
    try:
        version = _version(connection, path)
        if version < VERSION:
            message = _("the ledger {path} is of an older version; any command that writes to it brings it up to date")
            raise LedgerError(message.format(path=path))
    except BaseException:
        connection.close()
        raise
    return SqliteStore(connection, str(path))


def open_in_memory(now: datetime) -> SqliteStore:
    """An empty ledger that lasts as long as it is open."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    fill(connection, now)
    return SqliteStore(connection, ":memory:")


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also for people who may not write into the state directory."""
    try:
        return connect(path, mode="ro")
    except LedgerError:
        # WAL needs a file beside the ledger that readers write, too. Without one nobody writes at the moment, and
        # the ledger holds everything.
        if os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists():
            raise
    return connect(path, mode="ro&immutable=1")


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection that commits to the disk and waits for others; the file must exist."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=WAIT_SECONDS)
        # FULL: a committed intent survives a power cut, or a post could go out twice.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.OperationalError as error:
        if not os.access(path, os.R_OK) or not os.access(path.parent, os.W_OK):
            message = _(
                "no permission to use the ledger {path}: its folder must be writable; change the owner, or name another"
                " folder with [state] dir or LEITSTAND_STATE_DIR"
            )
            raise LedgerError(message.format(path=path)) from error
        raise cannot_open(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _no_ledger(path, error) from error
    return connection


def cannot_open(path: Path, error: sqlite3.Error) -> LedgerError:
    """The sentence about a file that SQLite does not open."""
    return LedgerError(_("cannot open the ledger {path}: {error}").format(path=path, error=error))


def _no_ledger(path: Path, error: sqlite3.Error) -> LedgerError:
    message = _("{path} is not a ledger ({error}); move it away or name the right state directory")
    return LedgerError(message.format(path=path, error=error))


def create(path: Path, now: datetime) -> None:
    """Make a new ledger in a temporary file and put it in its place; whoever comes second takes the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite puts files of its own beside the draft, so the draft has a folder.
    with tempfile.TemporaryDirectory(prefix=".ledger-", suffix=".tmp", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        try:
            with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
                fill(connection, now)
                # Only now: closing a log says nothing when the disk is full, and the draft would lack what is in it.
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            raise cannot_open(path, error) from error
        _clear_log(path)
        _place(draft, path)


def _clear_log(path: Path) -> None:
    """Remove the log that a killed process left of a ledger that is gone: SQLite would play it into the new one."""
    for log in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        # Looked at in this order: a log that is in use lies beside its ledger.
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


def fill(connection: sqlite3.Connection, now: datetime) -> None:
    """The tables of a new ledger in an empty file."""
    connection.execute("BEGIN IMMEDIATE")
    for version in MIGRATIONS:
        _step(connection, version)
    connection.executemany(SET_META, birth_meta(now))
    connection.execute("COMMIT")


def _step(connection: sqlite3.Connection, version: int) -> None:
    for statement in MIGRATIONS[version]:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        known = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('ledger', 'meta')").fetchone()[0]
    except sqlite3.Error as error:
        raise _no_ledger(path, error) from error
    if known != 2:
        raise LedgerError(_("{path} is not a ledger; move it away or name the right state directory").format(path=path))
    if version > VERSION:
        message = _("the ledger {path} has version {found}, this Leitstand knows up to {known}; update Leitstand")
        raise LedgerError(message.format(path=path, found=version, known=VERSION))
    return version


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection, path) == VERSION:
        return
    try:
        connection.execute("BEGIN EXCLUSIVE")
        # Read again under the lock: another process may have done the work.
        for version in range(_version(connection, path) + 1, VERSION + 1):
            _step(connection, version)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        message = _("the ledger {path} could not be brought up to date, nothing was changed: {error}")
        raise LedgerError(message.format(path=path, error=error)) from error
