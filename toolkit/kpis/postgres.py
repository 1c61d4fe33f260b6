"""The KPIs in PostgreSQL: for an observation store that is larger than one machine likes, or that other tools ask, too.

The observations of each import are copied once into a schema of their own, and an import that was undone goes, all in
one transaction: whoever asks sees the imports before it or after it. One store feeds one schema.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from toolkit.errors import LeitstandError, missing_extra
from toolkit.messages import _
from toolkit.metrics import Import, Store
from toolkit.metrics.columns import NO_POST
from toolkit.values import dataclass

if TYPE_CHECKING:
    import psycopg
    import pyarrow as pa

CONNECT_SECONDS: Final = 10
BATCH: Final = 100_000  # rows that are in memory as text at once
_COLUMNS: Final = "subject, channel, metric, value, observed_at, published_at, source, import_id, imported_at"  # as the store has them
_TABLES: Final = f"""
CREATE TABLE IF NOT EXISTS imports (id text PRIMARY KEY, imported_at timestamp NOT NULL, rows bigint NOT NULL);
CREATE TABLE IF NOT EXISTS observations (
    subject text COLLATE "C" NOT NULL, channel text COLLATE "C" NOT NULL, metric text COLLATE "C" NOT NULL,
    value double precision NOT NULL, observed_at timestamp NOT NULL, published_at timestamp,
    source text NOT NULL, import_id text NOT NULL, imported_at timestamp NOT NULL);
CREATE INDEX IF NOT EXISTS observations_published ON observations (published_at, observed_at);
CREATE INDEX IF NOT EXISTS observations_counted ON observations (subject, metric, observed_at);
CREATE INDEX IF NOT EXISTS observations_import ON observations (import_id);
CREATE OR REPLACE VIEW series AS SELECT * FROM observations WHERE {NO_POST};
"""  # noqa: S608  # constants
# What PostgreSQL calls a type → what Arrow does; sums of whole numbers are numeric.
_ARROW: Final = {16: "bool", 20: "int64", 23: "int64", 25: "string", 701: "float64", 1700: "float64"}
_SQL: Final = {"string": "text", "int64": "bigint", "double": "double precision"}


class EngineError(LeitstandError):
    """The engine that computes the KPIs cannot be reached, or refuses."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the observations are copied to. What is shown of it never holds a password."""

    address: str = field(repr=False)
    schema: str

    def __str__(self) -> str:
        address = re.sub(r"//([^/@:]*):[^/@]*@", r"//\1@", self.address).partition("?")[0]
        return f"{address}#{self.schema}"


@dataclass(frozen=True, slots=True)
class Copied:
    """What `bring_up_to_date` did: imports that came and that went, and how many rows came."""

    added: int
    removed: int
    rows: int


class PostgresEngine:
    """An open connection that answers questions; see `toolkit.kpis.rows.Engine`."""

    dialect = "postgres"
    ages: tuple[float, ...] = ()  # it looks into the snapshots themselves

    def __init__(self, connection: psycopg.Connection, database: Database) -> None:
        self.connection = connection
        self.database = database

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Run one SELECT over the observations and the further `tables`, which exist for this question only."""
        with said(self.database), self.connection.transaction():
            for name, table in tables.items():
                self._lend(name, table)
            # As bytes, and without values: a percent sign in the SQL is one.
            return _arrow(self.connection.execute(sql.encode()))

    def _lend(self, name: str, table: pa.Table) -> None:
        columns = ", ".join(f'"{each.name}" {_SQL[str(each.type)]}' for each in table.schema)
        self.connection.execute(f'CREATE TEMP TABLE "{name}" ({columns}) ON COMMIT DROP'.encode())
        _copy(self.connection, f'"{name}"', table)


@contextmanager
def open_postgres(database: Database) -> Iterator[PostgresEngine]:
    """A connection to the database, its schema and tables made where they are missing. Raises `EngineError`."""
    try:
        import psycopg
        from psycopg import sql
    except ImportError as error:
        raise missing_extra("postgres", error) from error
    with said(database):
        connection = psycopg.connect(
            database.address, autocommit=True, connect_timeout=CONNECT_SECONDS, application_name="leitstand"
        )
    with connection:
        schema = sql.Identifier(database.schema)
        with said(database), connection.transaction():
            _lock(connection, database)
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
            # Kept when this transaction commits; times have no zone here, and must get none on the way.
            connection.execute(sql.SQL("SET search_path = {}").format(schema))
            connection.execute("SET timezone = 'UTC'")
            connection.execute("SET jit = off")  # it costs more than these questions do
            connection.execute(_TABLES.encode(), prepare=False)
        yield PostgresEngine(connection, database)


def bring_up_to_date(engine: PostgresEngine, store: Store) -> Copied:
    """Copy the imports that are not there yet, and take out those that the store no longer has: all, or nothing."""
    connection = engine.connection
    wanted = {_mark(record): record for record in store.imports()}
    with said(engine.database), connection.transaction():
        _lock(connection, engine.database)
        there = {(row[0], row[1]) for row in connection.execute("SELECT id, imported_at FROM imports")}
        gone = [name for name, _imported in there - wanted.keys()]
        missing = [record for mark, record in wanted.items() if mark not in there]
        connection.execute("DELETE FROM observations WHERE import_id = ANY(%s)", (gone,))
        connection.execute("DELETE FROM imports WHERE id = ANY(%s)", (gone,))
        rows = _copy_imports(connection, store, missing)
    if missing:
        with said(engine.database):
            connection.execute("ANALYZE observations")
    return Copied(len(missing), len(gone), rows)


def _mark(record: Import) -> tuple[str, datetime]:
    """What tells an import from another: one that was undone and made again has the same id."""
    return record.id, record.imported_at.astimezone(UTC).replace(tzinfo=None)


def _copy_imports(connection: psycopg.Connection, store: Store, missing: Sequence[Import]) -> int:
    """A month at a time, so that memory holds no more than one."""
    ids = [record.id for record in missing]
    rows = 0
    for month in sorted({month for record in missing for month in record.months}):
        sql = f"""SELECT {_COLUMNS} FROM observations WHERE import_id IN (SELECT unnest($ids))
            AND observed_at >= $month::TIMESTAMP AND observed_at < $month::TIMESTAMP + INTERVAL 1 MONTH"""  # noqa: S608  # a constant
        table = store.query(sql, {}, {"ids": ids, "month": f"{month}-01"})
        _copy(connection, f"observations ({_COLUMNS})", table)
        rows += len(table)
    with connection.cursor() as cursor:
        named = [(*_mark(record), record.rows) for record in missing]
        cursor.executemany("INSERT INTO imports (id, imported_at, rows) VALUES (%s, %s, %s)", named)
    return rows


def _copy(connection: psycopg.Connection, target: str, table: pa.Table) -> None:
    """COPY as CSV: what is quoted is a value, what is not and empty is null."""
    from pyarrow import csv

    options = csv.WriteOptions(include_header=False, quoting_style="all_valid")
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN (FORMAT csv)".encode()) as copy:
        for batch in table.to_batches(max_chunksize=BATCH):
            text = io.BytesIO()
            csv.write_csv(batch, text, options)
            copy.write(text.getbuffer())


def _arrow(cursor: psycopg.Cursor[tuple[object, ...]]) -> pa.Table:
    """The answer as a table: times are naive, as they are in the database."""
    import pyarrow as pa

    moment = pa.timestamp("us")
    described = [(one.name, one.type_code) for one in cursor.description or ()]
    schema = pa.schema([(name, moment if code == 1114 else _ARROW.get(code, "string")) for name, code in described])
    rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) or [() for _column in described]
    exact = [
        [None if value is None else float(str(value)) for value in column] if code == 1700 else column
        for column, (_name, code) in zip(columns, described, strict=True)
    ]
    return pa.table([pa.array(column, each.type) for column, each in zip(exact, schema, strict=True)], schema=schema)


def _lock(connection: psycopg.Connection, database: Database) -> None:
    """One at a time: two that copy the same import would double it."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (zlib.crc32(f"kpis {database.schema}".encode()),))


@contextmanager
def said(database: Database) -> Iterator[None]:
    """What the database says against it, as an error of ours and without a password."""
    import psycopg

    try:
        yield
    except (psycopg.Error, UnicodeError) as error:
        words = re.sub(r"(?i)(password=|//[^/@:\s]*:)[^@\s]+", r"\1…", " ".join(str(error).split()))
        message = _("the engine {path}: {error}")
        raise EngineError(message.format(path=database, error=words)) from None
