"""The KPIs on Spark, for a cluster that is there already. It reads the store's own files, so all of its machines see them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from toolkit.errors import missing_extra
from toolkit.kpis.facts import NUMBERS, TEXTS, TIMES
from toolkit.metrics import Store
from toolkit.metrics.columns import NO_POST

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

LOCAL: Final = "spark://local"
_SETTINGS: Final = {
    "spark.app.name": "leitstand",
    "spark.sql.session.timeZone": "UTC",  # the tables' times have no zone, and must get none on the way
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class SparkEngine:
    """A session that answers questions; see `toolkit.kpis.rows.Engine`."""

    dialect = "pyspark"
    ages: tuple[float, ...] = ()  # it looks into the snapshots themselves

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Run one SELECT over the observations and the further `tables`."""
        for name, table in tables.items():
            self.session.createDataFrame(table).createOrReplaceTempView(name)
        try:
            return _naive(self.session.sql(sql).toArrow())
        finally:
            for name in tables:
                self.session.catalog.dropTempView(name)


@contextmanager
def open_spark(address: str, store: Store) -> Iterator[SparkEngine]:
    """A session at ``spark://host:7077``, or on this machine for ``spark://local``, with the observations of `store`."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise missing_extra("spark", error) from error
    builder = SparkSession.builder.master("local[*]" if address == LOCAL else address)
    for name, value in {**_SETTINGS, **_partitions(address)}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        observations = _observations(session, store)
        observations.createOrReplaceTempView("observations")
        observations.where(NO_POST).createOrReplaceTempView("series")
        yield SparkEngine(session)
    finally:
        session.stop()


def _partitions(address: str) -> dict[str, str]:
    """One machine needs no two hundred of them."""
    return {} if address != LOCAL else {"spark.sql.shuffle.partitions": str(os.cpu_count() or 1)}


def _observations(session: SparkSession, store: Store) -> DataFrame:
    files = [str(path) for path in store.files()]
    types = {**dict.fromkeys(TEXTS, "STRING"), **dict.fromkeys(NUMBERS, "DOUBLE"), **dict.fromkeys(TIMES, "TIMESTAMP")}
    if not files:
        return session.createDataFrame([], ", ".join(f"{name} {kind}" for name, kind in types.items()))
    return session.read.parquet(*files).selectExpr(
        *(f"CAST({name} AS {kind}) AS {name}" for name, kind in types.items())
    )


def _naive(table: pa.Table) -> pa.Table:
    """Times as the other engines give them: UTC, and without a zone."""
    import pyarrow as pa

    fields = [
        pa.field(field.name, pa.timestamp("us")) if pa.types.is_timestamp(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))
