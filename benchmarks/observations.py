"""Stores of many observations for benchmarks, written in minutes: by DuckDB, a month at a time, in the store's own layout.

Eight accounts, thirteen metrics, posts that are measured hourly on the first day, daily in the first month and weekly
later, as `leitstand measure` does it, and the accounts' followers each day. Everything is counted from a seed. A test
holds such a store against one that the same rows came into by `Store.append_table`: its files are the same byte by byte.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.metrics import Limits, Store, open_store
from toolkit.metrics.catalogue import OBSERVATIONS, Catalogue, StoredFile, writing
from toolkit.metrics.columns import COLUMNS, ORDER
from toolkit.metrics.engine import open_engine
from toolkit.metrics.imports import add_import
from toolkit.metrics.parquet import write_rows
from toolkit.metrics.record import Import

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEED: Final = 20261122
MONTHS: Final = 36
FIRST: Final = datetime(2024, 1, 1, tzinfo=UTC)
METRICS: Final = (
    "likes", "comments", "shares", "saves", "views", "impressions", "reach", "video_views",
    "completed_views", "view_time", "clicks", "link_clicks", "downloads",
)  # fmt: skip
CHANNELS: Final = 8
AMPLE: Final = Limits(memory=3072)  # for filling alone; contestants have the limits that everybody has


def month_start(number: int) -> datetime:
    """The first moment of a month, counted from the first."""
    return datetime(FIRST.year + number // 12, number % 12 + 1, 1, tzinfo=UTC)


END: Final = month_start(MONTHS)


def fill(state: Path, rows: int, months: int = MONTHS) -> None:
    """A store below `state` of about `rows` observations in all months, one import a month."""
    store = open_store(state, AMPLE)
    with open_engine(AMPLE, folders=[store.folder]) as engine:
        make_posts(engine, rows)
        for number in range(months):
            with writing(store.folder) as catalogue:
                _add_month(engine, catalogue, number)
    store.rebuild()


def make_posts(engine: DuckDBPyConnection, rows: int) -> None:
    """Posts, ages, accounts and metrics as tables; on average a post and account is measured 120 times."""
    span = int((END - FIRST) / timedelta(microseconds=1))
    posts = max(MONTHS, rows // (120 * CHANNELS * len(METRICS)))
    engine.execute(
        f"CREATE TABLE posts AS SELECT printf('01J%023d', number) AS subject, number,"
        f" TIMESTAMP '{FIRST:%Y-%m-%d}' + to_microseconds((number * ({span} / {posts}))::BIGINT) AS published_at"
        f" FROM range({posts}) AS posts(number)"
    )
    hours = "SELECT unnest(range(1, 24)) UNION ALL SELECT unnest(range(24, 720, 24)) UNION ALL SELECT unnest(range(720, 27000, 168))"
    engine.execute(f"CREATE TABLE ages AS SELECT hours, to_hours(hours::INTEGER) AS age FROM ({hours}) AS ages(hours)")
    engine.execute(
        f"CREATE TABLE channels AS SELECT 'account-' || number AS channel FROM range({CHANNELS}) AS c(number)"
    )
    values = ", ".join(f"('{metric}')" for metric in METRICS)
    engine.execute(f"CREATE TABLE metrics AS SELECT * FROM (VALUES {values}) AS metrics(metric)")


def month_sql(number: int) -> str:
    """One month's observations, as `leitstand measure` would have brought them."""
    start, end = (f"TIMESTAMP '{month_start(one):%Y-%m-%d}'" for one in (number, number + 1))
    return f"""
        SELECT subject, channel, metric,
            floor(ln(2 + hours) * (1 + hash(number, channel, metric, {SEED}) % 200))::DOUBLE AS value,
            published_at + age AS observed_at, published_at, 'mastodon' AS source, '{import_id(number)}' AS import_id
        FROM posts, ages, channels, metrics
        WHERE published_at < {end} AND published_at + age >= {start} AND published_at + age < {end}
        UNION ALL
        SELECT 'account', channel, 'followers', 1000 + epoch(day) // 86400, day, NULL, 'mastodon', '{import_id(number)}'
        FROM channels, (SELECT unnest(generate_series({start}, {end} - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day)"""


def import_id(number: int) -> str:
    """The id of a month's import."""
    return f"month-{number}"


def _add_month(engine: DuckDBPyConnection, catalogue: Catalogue, number: int) -> None:
    """One import, as `toolkit.metrics.changing.add_rows` writes it, but straight from SQL into its file."""
    imported, month = month_start(number + 1), f"{month_start(number):%Y-%m}"
    path = f"{OBSERVATIONS}/{month}/{catalogue.meta('revision'):08}-{import_id(number)}.parquet"
    moment = f"TIMESTAMP '{imported:%Y-%m-%d %H:%M:%S}'"
    columns = ", ".join(COLUMNS[:-1])
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE incoming AS SELECT {columns}, {moment} AS imported_at FROM ({month_sql(number)})"
    )
    sql = f"SELECT * FROM incoming ORDER BY {ORDER}"
    file = write_rows(engine, catalogue.folder, StoredFile(path, OBSERVATIONS, month, 0, 0), sql)
    first, last = _ends(engine)
    name = f"month {number}"
    add_import(catalogue, Import(import_id(number), "mastodon", name, imported, file.rows, first, last, (month,)), ())
    catalogue.add_file(file, {import_id(number): file.rows})
    catalogue.set_meta("changed", catalogue.meta("revision"))


def _ends(engine: DuckDBPyConnection) -> tuple[datetime, datetime]:
    answer = engine.execute("SELECT min(observed_at), max(observed_at) FROM incoming").fetchone()
    first, last = answer or ()
    return first.replace(tzinfo=UTC), last.replace(tzinfo=UTC)


def append_months(store: Store, rows: int, months: int = MONTHS) -> None:
    """The same by imports, as users' observations come; what the quick way is compared with."""
    with open_engine(AMPLE) as engine:
        make_posts(engine, rows)
        for number in range(months):
            made = engine.sql(month_sql(number)).to_arrow_table()
            store.append_table(made, imported_at=month_start(number + 1), name=f"month {number}")
