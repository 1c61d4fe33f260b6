"""The first import of a store, seen by somebody else meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from toolkit.metrics import open_store


def test_a_store_that_somebody_is_making_reads_as_an_empty_one(tmp_path: Path) -> None:
    """The file is there before its tables are: whoever looks in between finds nothing, and no error."""
    folder = tmp_path / "metrics"
    folder.mkdir()
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    store = open_store(tmp_path)
    assert (store.imports(), store.files(), store.latest(), store.subjects()) == ((), (), (), {})
