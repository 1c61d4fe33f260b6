"""How much there is, since when and how fresh."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from toolkit.metrics.catalogue import reading
from toolkit.metrics.store import Store
from toolkit.metrics.tables import KINDS, are_current
from toolkit.values import dataclass

_SOURCES: Final = """
SELECT channel, source, count(*) AS rows, count(DISTINCT subject) FILTER (published_at IS NOT NULL) AS posts,
    count(DISTINCT import_id) AS imports, min(observed_at) AS first, max(observed_at) AS last
FROM observations GROUP BY channel, source ORDER BY channel, source"""


@dataclass(frozen=True, slots=True)
class Source:
    """What one adapter or importer brought about one account, or about no account."""

    channel: str
    source: str
    rows: int
    posts: int
    imports: int
    first: datetime  # observation, aware, UTC
    last: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole store."""

    rows: int
    imports: int
    months: int
    files: int  # of observations
    size: int  # bytes of them
    tables_size: int  # bytes of `latest`, `value_at_age` and `series`
    tables_current: bool
    sources: tuple[Source, ...] = ()


def overview(store: Store) -> Overview:
    """Count everything; the sources are read from the observations themselves."""
    with reading(store.folder) as catalogue:
        if catalogue is None:
            return Overview(0, 0, 0, 0, 0, 0, tables_current=True)
        files = catalogue.files()
        tables = [file for kind in KINDS for file in catalogue.files(kind)]
        return Overview(
            rows=sum(file.rows for file in files),
            imports=len(store.imports()),
            months=len({file.month for file in files}),
            files=len(files),
            size=sum(file.size for file in files),
            tables_size=sum(file.size for file in tables),
            tables_current=not files or are_current(catalogue),
            sources=_sources(store),
        )


def _sources(store: Store) -> tuple[Source, ...]:
    rows = store.query(_SOURCES, {}).to_pylist()
    times = ("first", "last")
    return tuple(Source(**{**row, **{name: row[name].replace(tzinfo=UTC) for name in times}}) for row in rows)
