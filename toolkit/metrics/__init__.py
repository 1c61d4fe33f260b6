"""The store of observations: append-only Parquet, one file per import and month, read by DuckDB.

::

    state/metrics/imports/<import id>.json                     one record per import; it makes the import count
    state/metrics/observations/2026-10/<import id>.parquet     its rows of that month

A later value is a further row, never a change. Where two imports deliver the same moment, the newer import wins.
"""

from toolkit.metrics.compaction import compact
from toolkit.metrics.record import Import
from toolkit.metrics.store import DuplicateImportError, Store, UnknownImportError, Value, open_store

__all__ = ["DuplicateImportError", "Import", "Store", "UnknownImportError", "Value", "compact", "open_store"]
