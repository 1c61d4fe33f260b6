"""The columns of a data file, and observations as such a table. Times are UTC without a zone, in microseconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.model import Observation

if TYPE_CHECKING:
    import pyarrow as pa

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
    import pyarrow as pa

    names = COLUMNS[:-1]
    columns = {name: [_plain(getattr(row, name)) for row in observations] for name in names}
    return pa.table(columns, schema=schema(names))


def _plain(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value


def micros_of(moment: datetime) -> int:
    """Microseconds since 1970, as the catalogue keeps times."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(micros: int) -> datetime:
    """The moment that `micros_of` made a number of; aware, UTC."""
    return _EPOCH + timedelta(microseconds=micros)
