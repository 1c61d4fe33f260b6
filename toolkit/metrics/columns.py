"""The columns of a data file, and observations as such a table. Times are UTC without a zone, in microseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from toolkit.metrics.arrays import number_array, text_array, time_array
from toolkit.model import Observation

if TYPE_CHECKING:
    import pyarrow as pa

Rows: TypeAlias = "pa.Table"  # for rooms that hand them on
COLUMNS: Final = (
    "subject",
    "channel",
    "metric",
    "value",
    "observed_at",
    "published_at",
    "source",
    "import_id",
    "imported_at",
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TIMES: Final = ("observed_at", "published_at", "imported_at")
# What is asked for together lies together: a month's posts, then one after the other with all their snapshots.
ORDER: Final = "published_at NULLS LAST, subject, channel, metric, observed_at"
KEY: Final = "subject, channel, metric, observed_at"
# What is counted without being a post: accounts, website, shop, inbox and its messages, search engines, campaigns' links,
# competitors.
SPECIAL: Final = ("account", "site", "shop", "inbox", "search")
PREFIXES: Final = ("campaign:", "competitor:", "inbox:", "search:", "trend:")
# As SQL that DuckDB, PostgreSQL and Spark all understand.
NO_POST: Final = "(subject IN ({}) OR {})".format(
    ", ".join(f"'{name}'" for name in SPECIAL), " OR ".join(f"subject LIKE '{name}%'" for name in PREFIXES)
)


def schema(names: Sequence[str] = COLUMNS) -> pa.Schema:
    """The columns of a data file, or some of them."""
    import pyarrow as pa

    kinds = {"value": pa.float64(), **dict.fromkeys(_TIMES, pa.timestamp("us"))}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


def table_of(observations: Sequence[Observation]) -> pa.Table:
    """Observations as a table, without `imported_at`."""
    return table_of_columns([{name: [getattr(row, name) for row in observations] for name in COLUMNS[:-1]}])


def table_of_columns(batches: Iterable[Mapping[str, Sequence[object]]]) -> pa.Table:
    """Observations that come as columns, batch by batch, as a table without `imported_at`; times are aware."""
    import pyarrow as pa

    kind = schema(COLUMNS[:-1])
    return pa.Table.from_batches([_batch(columns, kind) for columns in batches], kind)


def _batch(columns: Mapping[str, Sequence[object]], kind: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    arrays = [_array(name, columns[name]) for name in kind.names]
    return pa.RecordBatch.from_arrays(arrays, schema=kind)


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    if name in _TIMES:
        return _times(values)
    return number_array(values) if name == "value" else text_array(values)


def _times(times: Sequence[datetime | None]) -> pa.Array:
    """Aware times; the same ones stand in many rows, one after the other."""
    last: datetime | None = None
    number: int | None = None
    found: list[int | None] = []
    for time in times:
        if time is not last:
            last, number = time, micros_of(time) if time is not None else None
        found.append(number)
    return time_array(found)


def micros_of(moment: datetime) -> int:
    """Microseconds since 1970, as the catalogue keeps times."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(micros: int) -> datetime:
    """The moment that `micros_of` made a number of; aware, UTC."""
    return _EPOCH + timedelta(microseconds=micros)
