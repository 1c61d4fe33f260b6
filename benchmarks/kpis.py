"""What a month of KPIs costs in a store of many observations, beside pandas, Polars and SQLite.

    python benchmarks/kpis.py --rows 1000000 10000000 --strict
    python benchmarks/kpis.py --rows 100000000 --strict        # some minutes and 4 GB of disk for the store

The store is filled through `Store.append_table`, a month at a time: eight accounts, thirteen metrics, posts that are
measured hourly on the first day, daily in the first month and weekly later, as `leitstand measure` does it, and the
accounts' followers each day. Everything comes from a seed. Each contestant answers in a process of its own: every KPI of
the dictionary for one month as a whole through `toolkit.kpis.measure_all`, then for another month by channel. The peers
only answer what they all can say in a few lines: the month's interactions and views at 168 hours; the totals of all must
agree. CPU and memory are those of the process; "once" includes making the SQL, "again" is the next month.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

SEED: Final = 20261122
MONTHS: Final = 36
FIRST: Final = datetime(2024, 1, 1, tzinfo=UTC)
ZONE: Final = ZoneInfo("UTC")
METRICS: Final = (
    "likes", "comments", "shares", "saves", "views", "impressions", "reach", "video_views",
    "completed_views", "view_time", "clicks", "link_clicks", "downloads",
)  # fmt: skip
CHANNELS: Final = 8
AGE: Final = 168
# Milliseconds of CPU for one month of KPIs, MiB at most; by rows.
BUDGET: Final = {1_000_000: (150, 300), 10_000_000: (150, 300), 100_000_000: (1000, 300)}
FITS: Final = {
    "leitstand": 10**9,
    "one KPI": 10**9,
    "polars": 10**8,
    "pandas": 10**7,
    "sqlite": 10**7,
}  # rows that a contestant is given


def month_start(number: int) -> datetime:
    """The first moment of a month, counted from the first."""
    return datetime(FIRST.year + number // 12, number % 12 + 1, 1, tzinfo=UTC)


END: Final = month_start(MONTHS)


def fill(folder: Path, rows: int) -> None:
    """A store of about `rows` observations, one import a month."""
    import duckdb

    from toolkit.metrics import open_store

    store = open_store(folder)
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as engine:
        make_posts(engine, rows)
        for number in range(MONTHS):
            made = engine.sql(month_sql(number)).to_arrow_table()
            store.append_table(made, imported_at=month_start(number + 1), name=f"month {number}")
    store.compact()


def make_posts(engine: Any, rows: int) -> None:
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
            published_at + age AS observed_at, published_at, 'mastodon' AS source, 'month-{number}' AS import_id
        FROM posts, ages, channels, metrics
        WHERE published_at < {end} AND published_at + age >= {start} AND published_at + age < {end}
        UNION ALL
        SELECT 'account', channel, 'followers', 1000 + epoch(day) // 86400, day, NULL, 'mastodon', 'month-{number}'
        FROM channels, (SELECT unnest(generate_series({start}, {end} - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day)"""


def leitstand(folder: Path, month: int) -> dict[str, float]:
    """Every KPI of one month, as users ask for it."""
    from toolkit.kpis import KPIS, Period, measure_all
    from toolkit.metrics import open_store

    period = Period(month_start(month), month_start(month + 1), END)
    with open_store(folder).reading() as reader:
        by = "" if month % 2 else "channel"
        found = measure_all(KPIS.values(), reader, period, zone=ZONE, by=by)
    return {name: sum(one.value or 0 for one in found[name]) for name in ("interactions", "views")}


def one_kpi(folder: Path, month: int) -> dict[str, float]:
    """The interactions of one month by account, as `leitstand kpi interactions --by channel` asks."""
    from toolkit.kpis import KPIS, Period, measure
    from toolkit.metrics import open_store

    period = Period(month_start(month), month_start(month + 1), END)
    found = measure(KPIS["interactions"], open_store(folder), period, zone=ZONE, by="channel")
    return {"interactions": sum(one.value or 0 for one in found)}


def polars(folder: Path, month: int) -> dict[str, float]:
    """The two totals, lazily over the same files."""
    import polars as pl

    files = [str(path) for path in sorted((folder / "metrics/observations").rglob("*.parquet"))]
    start, end = (month_start(one).replace(tzinfo=None) for one in (month, month + 1))
    age = pl.col("observed_at") - pl.col("published_at")
    rows = pl.scan_parquet(files, glob=False).filter(
        pl.col("published_at").is_between(start, end, closed="left"), age.is_between(timedelta(), timedelta(hours=AGE))
    )
    last = rows.sort("observed_at").group_by("subject", "channel", "metric").agg(pl.col("value").last())
    return totals(dict(last.group_by("metric").agg(pl.col("value").sum()).collect().iter_rows()))


def pandas(folder: Path, month: int) -> dict[str, float]:
    """The two totals, over the same files with the filters that its reader knows."""
    import pandas as pd

    start, end = (month_start(one).replace(tzinfo=None) for one in (month, month + 1))
    filters = [("published_at", ">=", start), ("published_at", "<", end)]
    rows = pd.read_parquet(folder / "metrics/observations", filters=filters)
    age = rows["observed_at"] - rows["published_at"]
    rows = rows[(age >= timedelta()) & (age <= timedelta(hours=AGE))].sort_values("observed_at")
    last = rows.groupby(["subject", "channel", "metric"])["value"].last()
    return totals({str(name): value for name, value in last.groupby("metric").sum().items()})


def sqlite(folder: Path, month: int) -> dict[str, float]:
    """The two totals, from a table with an index on the publication."""
    start, end = (month_start(one).isoformat(" ")[:19] for one in (month, month + 1))
    sql = (
        "SELECT metric, sum(value) FROM (SELECT metric, value, max(observed_at) FROM observations"
        " WHERE published_at >= ? AND published_at < ? AND observed_at >= published_at"
        f" AND observed_at <= datetime(published_at, '+{AGE} hours') GROUP BY subject, channel, metric) GROUP BY metric"
    )
    with sqlite3.connect(folder / "peer.sqlite") as connection:
        return totals(dict(connection.execute(sql, (start, end)).fetchall()))


def fill_sqlite(folder: Path) -> None:
    """The same rows in SQLite."""
    import pyarrow.parquet as pq

    connection = sqlite3.connect(folder / "peer.sqlite")
    connection.execute("CREATE TABLE observations (subject, channel, metric, value, observed_at, published_at)")
    names = ["subject", "channel", "metric", "value", "observed_at", "published_at"]
    for path in sorted((folder / "metrics/observations").rglob("*.parquet")):
        frame = pq.read_table(path, columns=names).to_pandas()
        for name in names[4:]:
            frame[name] = frame[name].dt.strftime("%Y-%m-%d %H:%M:%S")
        connection.executemany("INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?)", frame.itertuples(index=False))
    connection.execute("CREATE INDEX published ON observations (published_at, subject, channel, metric)")
    connection.commit()
    connection.close()


def totals(sums: dict[str, float]) -> dict[str, float]:
    """What all contestants are compared by."""
    return {"interactions": sum(sums[name] for name in ("likes", "comments", "shares")), "views": sums["views"]}


CONTESTANTS: Final[dict[str, Callable[[Path, int], dict[str, float]]]] = {
    "leitstand": leitstand,
    "one KPI": one_kpi,
    "polars": polars,
    "pandas": pandas,
    "sqlite": sqlite,
}


def answer(name: str, folder: Path) -> None:
    """One contestant's answers and costs, as JSON; runs in a process of its own."""
    ask = CONTESTANTS[name]
    figures: dict[str, object] = {}
    for word, month in (("once", MONTHS - 3), ("again", MONTHS - 4), ("third", MONTHS - 6)):
        cpu, wall = time.process_time(), time.perf_counter()
        figures[f"totals {word}"] = ask(folder, month)
        figures[word] = [1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)]
    figures["memory"] = peak_memory()
    sys.stdout.write(json.dumps(figures))


def peak_memory() -> float:
    """MiB. On Linux not from getrusage, where a child begins with the peak of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compete(folder: Path, rows: int) -> dict[str, dict[str, Any]]:
    """Every contestant that such a store fits."""
    found = {}
    for name, most in FITS.items():
        if rows > most:
            print(f"  {name:<10} is not asked: {rows:,} rows are beyond its memory or patience")
            continue
        if name == "sqlite":
            fill_sqlite(folder)
        command = [sys.executable, __file__, "--answer", name, "--folder", str(folder)]
        found[name] = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=900).stdout)
    return found


def report(rows: int, found: dict[str, dict[str, Any]]) -> bool:
    """The table; whether the budget holds and all totals agree."""
    print(
        f"  {'':<10} {'once: CPU ms':>13} {'wall ms':>8} {'again: CPU ms':>14} {'wall ms':>8} {'third: CPU ms':>14} {'peak MiB':>9}"
    )
    for name, one in found.items():
        (cpu, wall), (cpu2, wall2), (cpu3, _wall3) = one["once"], one["again"], one["third"]
        print(f"  {name:<10} {cpu:>13.0f} {wall:>8.0f} {cpu2:>14.0f} {wall2:>8.0f} {cpu3:>14.0f} {one['memory']:>9.0f}")
    words = ("totals once", "totals again", "totals third")
    agree = all(one[word].items() <= found["leitstand"][word].items() for one in found.values() for word in words)
    milliseconds, memory = BUDGET.get(rows, (float("inf"), float("inf")))
    print(f"  totals agree: {agree}; budget of one KPI: {milliseconds} ms CPU (again); of all memory: {memory} MiB")
    peak = max(found[name]["memory"] for name in ("leitstand", "one KPI"))
    return agree and found["one KPI"]["again"][0] <= milliseconds and peak <= memory


def run(rows: int, folder: Path) -> bool:
    """One size."""
    needed = rows * 60
    if shutil.disk_usage(folder).free < needed:
        sys.exit(f"{rows:,} rows need {needed / 1e9:.1f} GB in {folder}")
    began = time.perf_counter()
    if not (folder / "metrics").exists():
        fill(folder, rows)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    from toolkit.metrics import open_store

    count = sum(one.rows for one in open_store(folder).imports())
    print(f"{count:,} observations, {size:.0f} MB, made in {time.perf_counter() - began:.0f} s")
    return report(rows, compete(folder, rows))


def main() -> None:
    """Print the tables; with --strict, exit 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--folder", type=Path, help="keep the store here, and use one that is there")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--answer", choices=CONTESTANTS)
    options = parser.parse_args()
    if options.answer:
        answer(options.answer, options.folder)
        return
    kept = []
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as made:
            folder = options.folder / str(rows) if options.folder else Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            kept.append(run(rows, folder))
    sys.exit(1 if options.strict and not all(kept) else 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[1]))
    main()
