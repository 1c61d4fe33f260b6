"""The store of observations: append-only snapshots in Parquet files by month, a catalogue, read by DuckDB.

::

    state/metrics/catalogue.sqlite              which imports count, which files hold their rows
    state/metrics/observations/2026-10/…        the rows of that month, sorted by publication; many imports in a file
    state/metrics/tables/…                      `latest`, `value_at_age` and `series`; can be made anew at any time

A later value is a further row, never a change. Where two imports deliver the same moment, the newer import wins.
"""

from toolkit.metrics.checks import check_store
from toolkit.metrics.engine import Limits, NotAQuestionError, TooLargeError
from toolkit.metrics.finding import Doubts, Finding
from toolkit.metrics.imports import DuplicateImportError, UnknownImportError
from toolkit.metrics.overview import Overview, Source, overview
from toolkit.metrics.parquet import DamagedStoreError
from toolkit.metrics.reader import Reader
from toolkit.metrics.record import Import
from toolkit.metrics.store import Store, Value, open_store

__all__ = [
    "DamagedStoreError",
    "Doubts",
    "DuplicateImportError",
    "Finding",
    "Import",
    "Limits",
    "NotAQuestionError",
    "Overview",
    "Reader",
    "Source",
    "Store",
    "TooLargeError",
    "UnknownImportError",
    "Value",
    "check_store",
    "open_store",
    "overview",
]
