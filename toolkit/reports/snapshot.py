"""The store as it is at one moment, in a folder that nobody writes into while a notebook reads it.

The files of observations are never changed, so links to them are enough, and one that is taken away meanwhile is still
there. The catalogue is copied, into a form that can be read where nothing may be written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from toolkit.reports.isolation.places import OF_STATE
from toolkit.source.held import held_folder

_DATABASE: Final = ".sqlite"
_DATA: Final = ".parquet"


@contextmanager
def frozen_state(state: Path) -> Iterator[Path]:
    """A state folder with all of `state` that a report may see; gone in the end."""
    with held_folder(state / "cache", "report-") as folder:
        for name in OF_STATE:
            _freeze(state / name, folder / name)
        yield folder


def _freeze(source: Path, target: Path) -> None:
    with ExitStack() as opened:
        databases = {path: opened.enter_context(_reading(path)) for path in source.glob(f"*{_DATABASE}")}
        # While a catalogue is being read, no writer takes away the files that it names.
        for path in source.rglob(f"*{_DATA}"):
            _link(path, target / path.relative_to(source))
        for path, connection in databases.items():
            _copy(connection, target / path.name)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield connection


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        # Readers of a write-ahead log must write beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _link(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:  # a file system without hard links
        target.symlink_to(path.resolve())
