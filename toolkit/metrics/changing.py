"""Changing the store: an import, an undo. Each is one commit of the catalogue, with its rows and tables complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from toolkit.metrics import tables
from toolkit.metrics.catalogue import OBSERVATIONS, Catalogue, StoredFile
from toolkit.metrics.columns import COLUMNS, KEY, ORDER, micros_of, moment_of
from toolkit.metrics.compaction import merge_small
from toolkit.metrics.engine import Limits, open_engine
from toolkit.metrics.imports import add_import, drop_import, next_free, refuse_duplicate, require_import
from toolkit.metrics.parquet import is_whole, rows_of, write_rows
from toolkit.metrics.record import Import
from toolkit.model import Subject
from toolkit.values import dataclass

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

# Rows of a store whose tables can be made anew on the way; a larger one waits for `leitstand metrics rebuild`.
CHEAP: Final = 2_000_000

_MONTH: Final = "strftime(observed_at, '%Y-%m')"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of an import beside its rows."""

    name: str
    imported_at: datetime  # aware
    subjects: Iterable[Subject] = ()


def add_rows(catalogue: Catalogue, limits: Limits, rows: pa.Table, delivery: Delivery) -> int:
    """Take one import over, of rows that have all `COLUMNS` but `imported_at`; returns how many were stored."""
    import_id = str(rows.column("import_id")[0])
    refuse_duplicate(catalogue, import_id)
    moment = moment_of(next_free(catalogue, micros_of(delivery.imported_at)))
    current = tables.are_current(catalogue)
    with open_engine(limits, folders=[catalogue.folder]) as engine:
        if current:
            tables.make_views(engine, catalogue)
        _take_in(engine, rows, moment)
        record = _record(engine, import_id, delivery.name, moment)
        add_import(catalogue, record, delivery.subjects)
        for month in record.months:
            _write_month(engine, catalogue, month, record)
        catalogue.set_meta("changed", catalogue.meta("revision"))
        if current:
            _try(catalogue, lambda: tables.add_rows(engine, catalogue, "incoming"))
        else:
            rebuild_cheaply(engine, catalogue, fresh=record.rows)
        merge_small(engine, catalogue)
    return record.rows


def undo_import(catalogue: Catalogue, limits: Limits, import_id: str) -> Import:
    """Take one import back: its rows are in no file afterwards. Raises `UnknownImportError`."""
    record = require_import(catalogue, import_id)
    files = catalogue.files_of(record.id)
    whole = [file for file in files if is_whole(catalogue.folder, file)]
    current = tables.are_current(catalogue) and len(whole) == len(files)
    with open_engine(limits, folders=[catalogue.folder]) as engine:
        old = rows_of([catalogue.folder / file.path for file in whole])
        engine.execute(
            f"CREATE TEMP TABLE fresh AS SELECT DISTINCT subject, channel FROM {old} WHERE import_id = ?",  # noqa: S608  # paths of ours, quoted
            [record.id],
        )
        for file in files:
            _leave_out(engine, catalogue, file, record.id)
        drop_import(catalogue, record.id)
        catalogue.set_meta("changed", catalogue.meta("revision"))
        if current:
            _try(catalogue, lambda: tables.read_again(engine, catalogue, _all_rows(catalogue)))
        else:
            rebuild_cheaply(engine, catalogue)
    return record


def rebuild_tables(catalogue: Catalogue, limits: Limits) -> None:
    """Make the tables anew from the observations, whatever they were."""
    with open_engine(limits, folders=[catalogue.folder]) as engine:
        tables.rebuild(engine, catalogue, _all_rows(catalogue))


def rebuild_cheaply(engine: DuckDBPyConnection, catalogue: Catalogue, fresh: int = 0) -> None:
    """Make missing tables anew where that is little work, also beside the `fresh` rows that come in."""
    files = catalogue.files()
    total = sum(file.rows for file in files)
    if total <= max(CHEAP, 2 * fresh) and all(is_whole(catalogue.folder, file) for file in files):
        _try(catalogue, lambda: tables.rebuild(engine, catalogue, _all_rows(catalogue)))


def _take_in(engine: DuckDBPyConnection, rows: pa.Table, moment: datetime) -> None:
    """The table ``incoming``; of rows of the same moment the last one, so that a moment has one value per import."""
    engine.register("given", rows)
    names = ", ".join(COLUMNS[:-1])
    engine.execute(
        f"CREATE TEMP TABLE incoming AS SELECT {names}, ?::TIMESTAMP AS imported_at"  # noqa: S608  # names of ours
        f" FROM (SELECT *, row_number() OVER () AS place FROM given)"
        f" QUALIFY row_number() OVER (PARTITION BY {KEY} ORDER BY place DESC) = 1",
        [moment.replace(tzinfo=None)],
    )
    engine.unregister("given")


def _record(engine: DuckDBPyConnection, import_id: str, name: str, moment: datetime) -> Import:
    answer = engine.execute(
        f"SELECT min(source), count(*), epoch_us(min(observed_at)), epoch_us(max(observed_at)),"  # noqa: S608  # a constant
        f" list_sort(list(DISTINCT {_MONTH})) FROM incoming"
    ).fetchone()
    if answer is None:  # an aggregate has one row
        raise AssertionError(import_id)
    source, rows, first, last, months = answer
    return Import(import_id, source, name, moment, rows, moment_of(first), moment_of(last), tuple(months))


def _write_month(engine: DuckDBPyConnection, catalogue: Catalogue, month: str, record: Import) -> None:
    path = f"{OBSERVATIONS}/{month}/{catalogue.meta('revision'):08}-{record.id}.parquet"
    sql = f"SELECT * FROM incoming WHERE {_MONTH} = '{month}' ORDER BY {ORDER}"  # noqa: S608  # a month that we counted
    file = write_rows(engine, catalogue.folder, StoredFile(path, OBSERVATIONS, month, 0, 0), sql)
    catalogue.add_file(file, {record.id: file.rows})


def _leave_out(engine: DuckDBPyConnection, catalogue: Catalogue, file: StoredFile, import_id: str) -> None:
    """Put a file without the import in the place of one with it.

    What lies beside it in a damaged file is lost already: that file stays named until its last import is taken back.
    """
    rest = {name: rows for name, rows in catalogue.contents(file.path).items() if name != import_id}
    if rest and not is_whole(catalogue.folder, file):
        return
    catalogue.drop_file(file.path)
    if rest:
        path = f"{OBSERVATIONS}/{file.month}/{catalogue.meta('revision'):08}-without-{import_id}.parquet"
        old = rows_of([catalogue.folder / file.path])
        sql = f"SELECT * FROM {old} WHERE import_id <> '{import_id}' ORDER BY {ORDER}"  # noqa: S608  # an id that is a safe name
        made = write_rows(engine, catalogue.folder, StoredFile(path, OBSERVATIONS, file.month, 0, 0), sql)
        catalogue.add_file(made, rest)


def _all_rows(catalogue: Catalogue) -> str:
    return rows_of([catalogue.folder / file.path for file in catalogue.files()])


def _try(catalogue: Catalogue, work: Callable[[], None]) -> None:
    """The tables are a convenience: where making them fails, the change stands and they are told to be out of date."""
    import duckdb

    try:
        work()
    except duckdb.Error:
        catalogue.set_meta("tables_as_of", -1)
