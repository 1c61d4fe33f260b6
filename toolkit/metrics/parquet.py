"""Writing and reading Parquet files of the store. A file is complete and on disk before the catalogue names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.metrics.catalogue import Catalogue, StoredFile
from toolkit.metrics.engine import quote, quote_all
from toolkit.source.writing import sync_folder, write_whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Rows that are read or skipped together: small enough that one month of posts is a small part of a file.
GROUP: Final = 30_720


class DamagedStoreError(LeitstandError):
    """A data file is missing or not as long as it was when it was written."""


def write_rows(engine: DuckDBPyConnection, folder: Path, file: StoredFile, sql: str) -> StoredFile:
    """Write the answer of `sql`, in its order, as the file; returns it with its rows and size."""
    path = folder / file.path
    counts = []

    def fill(temporary: Path) -> None:
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP}, USE_TMP_FILE false"
        answer = engine.execute(f"COPY ({sql}) TO {quote(temporary)} ({options})").fetchone()
        counts.append(int(answer[0]) if answer else 0)

    write_whole(path, fill)
    sync_folder(path.parent)
    return replace(file, rows=counts[0], size=path.stat().st_size)


def is_whole(folder: Path, file: StoredFile) -> bool:
    """Whether the file is there, as long as it was written."""
    try:
        return (folder / file.path).stat().st_size == file.size
    except OSError:
        return False


def require_whole(catalogue: Catalogue) -> list[Path]:
    """The files of all observations; raises `DamagedStoreError` when one is not whole: half an answer looks like one."""
    files = catalogue.files()
    for file in files:
        if not is_whole(catalogue.folder, file):
            message = _(
                "{path} is missing or damaged; restore it from a backup, or take back the imports that lie in it "
                "and import them again; their names: leitstand metrics check"
            )
            raise DamagedStoreError(message.format(path=catalogue.folder / file.path))
    return [catalogue.folder / file.path for file in files]


def rows_of(paths: Sequence[Path]) -> str:
    """The rows of the files, as SQL after FROM; an empty table where there are none."""
    return f"read_parquet({quote_all(paths)})" if paths else _NOTHING


_NOTHING: Final = """(SELECT ''::VARCHAR AS subject, ''::VARCHAR AS channel, ''::VARCHAR AS metric, 0::DOUBLE AS value,
    TIMESTAMP 'epoch' AS observed_at, TIMESTAMP 'epoch' AS published_at, ''::VARCHAR AS source,
    ''::VARCHAR AS import_id, TIMESTAMP 'epoch' AS imported_at WHERE false)"""
