"""Few files a month: small ones are merged. Every row keeps its import, so each can still be taken back alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from toolkit.metrics.catalogue import OBSERVATIONS, Catalogue, StoredFile
from toolkit.metrics.columns import ORDER
from toolkit.metrics.parquet import is_whole, rows_of, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FEWEST: Final = 8  # files of one month and alike in size, below which nothing is done
SMALL: Final = 20_000  # rows; smaller files are alike


def merge_small(engine: DuckDBPyConnection, catalogue: Catalogue) -> int:
    """Merge the small files of months that have many; returns how many went into others.

    A file is merged with those that are together at least half as large, so a row is written anew a few times only,
    however many imports follow.
    """
    alike = [_alike(files) for files in _by_month(catalogue)]
    return sum(_merge(engine, catalogue, files) for files in alike if len(files) >= FEWEST)


def merge_all(engine: DuckDBPyConnection, catalogue: Catalogue) -> int:
    """Merge every month into one file; returns how many went into others."""
    return sum(_merge(engine, catalogue, files) for files in list(_by_month(catalogue)) if len(files) > 1)


def _by_month(catalogue: Catalogue) -> Iterator[list[StoredFile]]:
    """The files of each month that can be read."""
    for _month, files in groupby(catalogue.files(), key=lambda file: file.month):
        yield [file for file in files if is_whole(catalogue.folder, file)]


def _alike(files: Iterable[StoredFile]) -> list[StoredFile]:
    chosen: list[StoredFile] = []
    together = 0
    for file in sorted(files, key=lambda file: file.rows):
        if file.rows > max(SMALL, 2 * together):
            break
        chosen.append(file)
        together += file.rows
    return chosen


def _merge(engine: DuckDBPyConnection, catalogue: Catalogue, files: list[StoredFile]) -> int:
    month = files[0].month
    contents: dict[str, int] = {}
    for file in files:
        for import_id, rows in catalogue.contents(file.path).items():
            contents[import_id] = contents.get(import_id, 0) + rows
    path = f"{OBSERVATIONS}/{month}/{catalogue.meta('revision'):08}-merged.parquet"
    sql = f"SELECT * FROM {rows_of([catalogue.folder / file.path for file in files])} ORDER BY {ORDER}"  # noqa: S608  # paths of ours, quoted
    made = write_rows(engine, catalogue.folder, StoredFile(path, OBSERVATIONS, month, 0, 0), sql)
    for file in files:
        catalogue.drop_file(file.path)
    catalogue.add_file(made, contents)
    return len(files)
