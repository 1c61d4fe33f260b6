"""Opening a ledger: made in one piece, never silently a second one, never one from the future."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from ulid import ULID

from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.book import Ledger, Limits
from toolkit.ledger.moments import to_text
from toolkit.messages import _

WAIT_SECONDS = 30.0


def ledger_path(state: Path) -> Path:
    """Where the ledger lies in a state directory."""
    return state / "ledger.sqlite"


def id_path(path: Path) -> Path:
    """The note beside a ledger that says which ledger belongs here."""
    return path.with_suffix(".id")


def is_lost(path: Path) -> bool:
    """Whether there was a ledger at `path` and is none any more."""
    return id_path(path).exists() and not path.exists()


def open_ledger(path: Path, *, now: datetime, read_only: bool = False, limits: Limits | None = None) -> Ledger:
    """The ledger at `path`, made when there is none and never was.

    Read-only, a missing ledger reads as an empty one and nothing is written. Raises `LedgerError` when the file is
    no ledger, has a newer schema, or is another than the one that belongs here.
    """
    if read_only:
        return _open_to_read(path, now, limits)
    if not path.exists():
        _create(path, now)
    connection = connect(path)
    try:
        _migrate(connection, path)
        _check_id(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise _cannot_open(path, error) from error
    except BaseException:
        connection.close()
        raise
    return Ledger(connection, path, limits)


def _open_to_read(path: Path, now: datetime, limits: Limits | None) -> Ledger:
    if not path.exists():
        connection = sqlite3.connect(":memory:", isolation_level=None)
        _fill(connection, now)
        return Ledger(connection, path, limits)
    connection = _connect_to_read(path)
    try:
        version = _version(connection, path)
        if version < sql.VERSION:
            message = _("the ledger {path} is of an older version; any command that writes to it brings it up to date")
            raise LedgerError(message.format(path=path))
    except BaseException:
        connection.close()
        raise
    return Ledger(connection, path, limits)


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
        raise _cannot_open(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _no_ledger(path, error) from error
    return connection


def _cannot_open(path: Path, error: sqlite3.Error) -> LedgerError:
    return LedgerError(_("cannot open the ledger {path}: {error}").format(path=path, error=error))


def _no_ledger(path: Path, error: sqlite3.Error) -> LedgerError:
    message = _("{path} is not a ledger ({error}); move it away or name the right state directory")
    return LedgerError(message.format(path=path, error=error))


def _create(path: Path, now: datetime) -> None:
    """Make a new ledger in a temporary file and put it in its place; whoever comes second takes the first one's."""
    if is_lost(path):
        message = _(
            "the ledger {path} is gone. It knows what was sent, so no new one is made silently: bring it back with"
            " `leitstand ledger restore FILE`, or start anew with `leitstand ledger adopt`"
        )
        raise LedgerError(message.format(path=path))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite puts files of its own beside the draft, so the draft has a folder.
    with tempfile.TemporaryDirectory(prefix=".ledger-", suffix=".tmp", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        try:
            with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
                _fill(connection, now)
                # Only now: closing a log says nothing when the disk is full, and the draft would lack what is in it.
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            raise _cannot_open(path, error) from error
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


def _fill(connection: sqlite3.Connection, now: datetime) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in sql.SCHEMA:
        connection.execute(statement)
    meta = {"ledger_id": str(ULID.from_datetime(now)), "created_at": to_text(now)}
    connection.executemany(sql.SET_META, [{"name": name, "value": value} for name, value in meta.items()])
    connection.execute(f"PRAGMA user_version = {sql.VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        known = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('ledger', 'meta')").fetchone()[0]
    except sqlite3.Error as error:
        raise _no_ledger(path, error) from error
    if known != 2:
        raise LedgerError(_("{path} is not a ledger; move it away or name the right state directory").format(path=path))
    if version > sql.VERSION:
        message = _("the ledger {path} has version {found}, this Leitstand knows up to {known}; update Leitstand")
        raise LedgerError(message.format(path=path, found=version, known=sql.VERSION))
    return version


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection, path) == sql.VERSION:
        return
    try:
        connection.execute("BEGIN EXCLUSIVE")
        # Read again under the lock: another process may have done the work.
        for version in range(_version(connection, path) + 1, sql.VERSION + 1):
            for statement in sql.MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        message = _("the ledger {path} could not be brought up to date, nothing was changed: {error}")
        raise LedgerError(message.format(path=path, error=error)) from error


def ledger_id(connection: sqlite3.Connection) -> str:
    """The id that the ledger was born with."""
    return str(connection.execute("SELECT value FROM meta WHERE name = 'ledger_id'").fetchone()[0])


def _check_id(connection: sqlite3.Connection, path: Path) -> None:
    found = ledger_id(connection)
    try:
        expected, newest, home = _read_note(path)
    except FileNotFoundError:
        write_id(path, found)
        return
    if expected != found:
        message = _(
            "the ledger {path} is another one ({found}) than the one that sends for this workspace ({expected});"
            " if this is right, run: leitstand ledger adopt"
        )
        raise LedgerError(message.format(path=path, found=found, expected=expected))
    if _newest_event(connection) < newest:
        message = _(
            "the ledger {path} is older than what was sent with it; it would send that again. Move it away and put it"
            " back with: leitstand ledger restore FILE"
        )
        raise LedgerError(message.format(path=path))
    if _is_copy(path, home, found):
        message = _(
            "the ledger {path} is a copy of {other}, and both would send; if only this one shall send from now on,"
            " run: leitstand ledger adopt"
        )
        raise LedgerError(message.format(path=path, other=home))


def write_id(path: Path, identity: str, newest: int = 0) -> None:
    """Note which ledger belongs at `path`, where it lies, and the `newest` event that it has."""
    handle, name = tempfile.mkstemp(prefix=".ledger-", suffix=".tmp", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as note:
            note.write(f"{identity}\n{newest}\n{path.resolve()}\n")
            note.flush()
            os.fsync(note.fileno())  # an empty note after a power cut would stop everything
        draft.replace(id_path(path))
    finally:
        draft.unlink(missing_ok=True)


def note_progress(ledger: Ledger) -> None:
    """Note how far the ledger has come, so that an older copy put in its place is recognised as one.

    A note that cannot be written now is written the next time; what was sent stands in the ledger.
    """
    with suppress(OSError, sqlite3.Error):
        identity, newest = ledger_id(ledger.connection), _newest_event(ledger.connection)
        if _read_note(ledger.path) != (identity, newest, str(ledger.path.resolve())):
            write_id(ledger.path, identity, newest)


def _read_note(path: Path) -> tuple[str, int, str]:
    """Ledger id, newest event and place as noted; 0 and "" in notes that do not say."""
    lines = id_path(path).read_text("utf-8", "surrogateescape").split("\n", 2)
    identity, newest, home = (*lines, "", "")[:3]
    return identity.strip(), int(newest) if newest.isdecimal() else 0, home.removesuffix("\n")


def _newest_event(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])


def _is_copy(path: Path, home: str, identity: str) -> bool:
    """Whether the ledger was noted at another place, and still lies there; one that was moved is no copy."""
    original = Path(home)
    try:
        if not home or original.samefile(path):
            return False
        return _read_note(original)[0] == identity
    except (OSError, ValueError):
        return False
