"""The catalogue: which imports count and which files hold their rows, in one small SQLite database.

Data files are written once and never changed. A file counts from the commit that names it until the commit that no
longer does, so that an import, an undo or a compaction happens wholly or not at all, whatever dies in between, and a
reader sees one state however long it reads. Writers wait for one another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.source.writing import sync_folder
from toolkit.values import dataclass

PATIENCE: Final = 60.0  # seconds that a writer waits for another
FORMAT: Final = 2  # since 2 there are `series` beside the other tables; what is there of 1 stays as it is
OBSERVATIONS: Final = "observations"

_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES ('revision', 0), ('changed', 0), ('tables_as_of', -1);
CREATE TABLE imports (id TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, imported_at INTEGER NOT NULL UNIQUE,
  rows INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
CREATE TABLE subjects (import_id TEXT NOT NULL REFERENCES imports ON DELETE CASCADE, uid TEXT NOT NULL,
  about TEXT NOT NULL, PRIMARY KEY (import_id, uid)) STRICT, WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, kind TEXT NOT NULL, month TEXT NOT NULL, rows INTEGER NOT NULL,
  size INTEGER NOT NULL) STRICT;
CREATE TABLE contents (path TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
  import_id TEXT NOT NULL REFERENCES imports ON DELETE CASCADE, rows INTEGER NOT NULL,
  PRIMARY KEY (path, import_id)) STRICT, WITHOUT ROWID;
CREATE INDEX contents_import ON contents (import_id);
"""


class NewerStoreError(LeitstandError):
    """The store was written by a newer Leitstand."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One Parquet file. `kind` is ``observations`` or the name of a table's part; only the former have a month."""

    path: str  # relative to the store, with slashes
    kind: str
    month: str
    rows: int
    size: int  # bytes


class Catalogue:
    """One opened catalogue, inside a transaction; made by `reading` and `writing`."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection

    def meta(self, key: str) -> int:
        """One of the numbers ``revision``, ``changed`` and ``tables_as_of``."""
        return int(self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0])

    def set_meta(self, key: str, value: int) -> None:
        self.connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))

    def files(self, kind: str = OBSERVATIONS) -> tuple[StoredFile, ...]:
        """The files of one kind, by month and age."""
        rows = self.connection.execute(
            "SELECT path, kind, month, rows, size FROM files WHERE kind = ? ORDER BY month, path", (kind,)
        )
        return tuple(StoredFile(*row) for row in rows)

    def every_path(self) -> set[str]:
        """The files of every kind that count."""
        return {path for (path,) in self.connection.execute("SELECT path FROM files")}

    def contents(self, path: str) -> dict[str, int]:
        """Import id → rows, of one file."""
        return dict(self.connection.execute("SELECT import_id, rows FROM contents WHERE path = ?", (path,)))

    def files_of(self, import_id: str) -> tuple[StoredFile, ...]:
        """The files that hold rows of an import."""
        rows = self.connection.execute(
            "SELECT path, kind, month, files.rows, size FROM files JOIN contents USING (path) WHERE import_id = ?"
            " ORDER BY month, path",
            (import_id,),
        )
        return tuple(StoredFile(*row) for row in rows)

    def add_file(self, file: StoredFile, contents: dict[str, int] | None = None) -> None:
        """Let a file count that is complete and on disk."""
        self.connection.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?)", (file.path, file.kind, file.month, file.rows, file.size)
        )
        rows = [(file.path, import_id, count) for import_id, count in (contents or {}).items()]
        self.connection.executemany("INSERT INTO contents VALUES (?, ?, ?)", rows)

    def drop_file(self, path: str) -> None:
        self.connection.execute("DELETE FROM files WHERE path = ?", (path,))


@contextmanager
def reading(folder: Path) -> Iterator[Catalogue | None]:
    """The catalogue as it is now, the same until the end; None before the first import."""
    path = _path(folder)
    if not path.exists():
        yield None
        return
    with closing(_connect(path)) as connection:
        connection.execute("BEGIN")
        # Whoever makes the first import has made the file, and its tables only when that import is committed.
        yield Catalogue(folder, connection) if _check_format(connection, path) else None


@contextmanager
def writing(folder: Path) -> Iterator[Catalogue]:
    """The catalogue for one change, which is committed at the end, or forgotten when an exception leaves.

    Files that count no longer are deleted once no reader needs them: at the latest after the next change.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _path(folder)
    with closing(_connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        catalogue = Catalogue(folder, connection)
        try:
            _make_tables(connection, path)
            catalogue.set_meta("revision", catalogue.meta("revision") + 1)
            yield catalogue
            garbage = sorted(_garbage(catalogue))
            sync_folder(folder)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        _sweep(connection, garbage)


def _sweep(connection: sqlite3.Connection, garbage: list[Path]) -> None:
    """Delete what no commit names, unless a reader still holds an older state: then the next writer does.

    A checkpoint that empties the log succeeds only when every reader sees the newest commit.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    for path in () if busy else garbage:
        path.unlink(missing_ok=True)


def _garbage(catalogue: Catalogue) -> Iterator[Path]:
    """Files without a name in the catalogue: replaced ones, and what a crash has left. Only a writer may ask."""
    named = catalogue.every_path()
    for below in (OBSERVATIONS, "tables"):
        for path in (catalogue.folder / below).rglob("*"):
            if path.is_file() and path.relative_to(catalogue.folder).as_posix() not in named:
                yield path


def _make_tables(connection: sqlite3.Connection, path: Path) -> None:
    _check_format(connection, path)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found == FORMAT:
        return
    for statement in () if found else _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _check_format(connection: sqlite3.Connection, path: Path) -> int:
    """The format that was written; 0 before the first commit."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > FORMAT:
        message = _("{path} was written by a newer version of Leitstand; update this installation")
        raise NewerStoreError(message.format(path=path))
    return found


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _path(folder: Path) -> Path:
    return folder / "catalogue.sqlite"
