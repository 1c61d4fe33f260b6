"""Reading the store: one state of it, however long it is read and whatever is imported meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.metrics import tables as derived
from toolkit.metrics.catalogue import Catalogue
from toolkit.metrics.engine import Limits, open_engine, read_question
from toolkit.metrics.imports import all_imports
from toolkit.metrics.parquet import require_whole, rows_of

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

OBSERVATIONS = "observations"


class Reader:
    """Answers questions over one state of the store; several questions share the opened files."""

    def __init__(self, engine: DuckDBPyConnection, ages: frozenset[float], newest: datetime | None) -> None:
        self._engine = engine
        self.ages = ages  # hours for which `value_at_age` is ready to be read
        self.newest = newest  # when the last observation was made; aware, UTC

    def query(self, sql: str, tables: Mapping[str, pa.Table], params: Mapping[str, object] | None = None) -> pa.Table:
        """The answer to one SELECT; see `Store.query`."""
        question = read_question(self._engine, sql)
        with ExitStack() as registered:
            for name, table in tables.items():
                self._engine.register(name, table)
                registered.callback(self._engine.unregister, name)
            if OBSERVATIONS in tables:
                self._make_views(registered, [name for name in derived.TABLES if name not in tables])
            return self._engine.sql(question, params=dict(params) if params else None).to_arrow_table()

    @contextmanager
    def keeping(self, name: str, sql: str) -> Iterator[None]:
        """The answer to one SELECT, made once, as the further table `name` of all questions until the end."""
        read_question(self._engine, sql)
        self._engine.execute(f"CREATE TEMP TABLE {name} AS {sql}")
        try:
            yield
        finally:
            self._engine.execute(f"DROP TABLE temp.{name}")

    def _make_views(self, registered: ExitStack, names: Iterable[str]) -> None:
        """Where other observations are given, the tables that belong to them."""
        for name in names:
            self._engine.execute(f"CREATE TEMP VIEW {name} AS {derived.OF[name](OBSERVATIONS)}")
            registered.callback(self._engine.execute, f"DROP VIEW temp.{name}")


@contextmanager
def open_reader(catalogue: Catalogue | None, limits: Limits) -> Iterator[Reader]:
    """A reader of the state that `catalogue` holds; of an empty store when there is none."""
    rows = require_whole(catalogue) if catalogue else []
    current = catalogue if catalogue and derived.are_current(catalogue) else None
    with open_engine(limits, files=[*rows, *(derived.paths(current) if current else ())]) as engine:
        engine.execute(f"CREATE VIEW {OBSERVATIONS} AS SELECT * FROM {rows_of(rows)}")  # noqa: S608  # paths of ours, quoted
        derived.make_views(engine, current)
        newest = max((record.last for record in all_imports(catalogue)), default=None) if catalogue else None
        yield Reader(engine, frozenset(map(float, derived.AGES)) if current else frozenset(), newest)
