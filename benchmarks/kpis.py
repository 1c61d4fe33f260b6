"""What a month of KPIs costs in a store of many observations, beside pandas, Polars and SQLite, in one table.

    python benchmarks/kpis.py --rows 1000000 10000000 --strict
    python benchmarks/kpis.py --rows 100000000 --strict        # eight minutes, 0.2 GB of disk and 3 GB of memory to fill

The store is filled as `benchmarks.observations` says. Each contestant answers about three months one after the other in
a process of its own, and CPU time and peak memory are that process's. "first call" includes importing what is needed;
"again" is the less of the two further months. Ours are asked through `toolkit.kpis.measure_all` like everybody asks:

one KPI, first ever    interactions of a month by channel, with intervals, on a machine that never asked before
one KPI                the same in a new process: the SQL is recalled
one KPI, running month the month that is not over, whose posts are of any age
dictionary             every KPI of a month, of all channels together

The peers only answer what they all can say in a few lines, the month's interactions and views at 168 hours, and the
totals of all must agree. A peer that is not installed, or not asked because of its appetite, is named.
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.observations import END, MONTHS, fill, month_start  # the path has to be set before

ZONE: Final = ZoneInfo("UTC")
AGE: Final = 168
# Milliseconds of CPU for one KPI again, and MiB at most of any of ours; by rows.
BUDGET: Final = {1_000_000: (150, 300), 10_000_000: (150, 300), 100_000_000: (1000, 300)}
OWN: Final = ("one KPI, first ever", "one KPI", "one KPI, running month", "dictionary")
ASKED: Final = (MONTHS - 3, MONTHS - 4, MONTHS - 6)  # three months, none of which is the last
COLUMNS: Final = ("subject", "channel", "metric", "value", "observed_at", "published_at")
PATIENCE: Final = 480  # seconds for a contestant

Totals = dict[str, float]


@dataclass(frozen=True)
class Peer:
    """What answers the same question by other means; `most` rows are what it is given, because of `beyond`."""

    name: str
    package: str
    most: int
    beyond: str


PEERS: Final = (
    Peer("Polars", "polars", 10**9, ""),
    Peer("pandas", "pandas", 10**9, ""),
    Peer("SQLite", "sqlite3", 10**7, "its table and index would take about 15 GB of disk"),
)


def one_kpi(folder: Path, month: int) -> Totals:
    """The interactions of one month by account, as `leitstand kpi interactions --by channel` asks."""
    from toolkit.kpis import KPIS, Period, measure
    from toolkit.metrics import open_store

    period = Period(month_start(month), month_start(month + 1), END)
    found = measure(KPIS["interactions"], open_store(folder), period, zone=ZONE, by="channel")
    return {"interactions": sum(one.value or 0 for one in found)}


def running_month(folder: Path, month: int) -> Totals:
    """The same of the last month, as of the last observation; `month` only says that it is asked again."""
    del month
    return one_kpi(folder, MONTHS - 1)


def dictionary(folder: Path, month: int) -> Totals:
    """Every KPI of one month."""
    from toolkit.kpis import KPIS, Period, measure_all
    from toolkit.metrics import open_store

    period = Period(month_start(month), month_start(month + 1), END)
    found = measure_all(KPIS.values(), open_store(folder), period, zone=ZONE)
    return {name: found[name][0].value or 0 for name in ("interactions", "views")}


def polars(folder: Path, month: int) -> Totals:
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


def pandas(folder: Path, month: int) -> Totals:
    """The two totals, over the same files with the filters that its reader knows."""
    import pandas as pd

    start, end = (month_start(one).replace(tzinfo=None) for one in (month, month + 1))
    filters = [("published_at", ">=", start), ("published_at", "<", end)]
    rows = pd.read_parquet(folder / "metrics/observations", filters=filters, columns=list(COLUMNS))
    age = rows["observed_at"] - rows["published_at"]
    rows = rows[(age >= timedelta()) & (age <= timedelta(hours=AGE))].sort_values("observed_at")
    last = rows.groupby(["subject", "channel", "metric"])["value"].last()
    return totals({str(name): value for name, value in last.groupby("metric").sum().items()})


def sqlite(folder: Path, month: int) -> Totals:
    """The two totals, from a table with an index on the publication; times are microseconds."""
    start, end = (int(month_start(one).timestamp()) * 1_000_000 for one in (month, month + 1))
    sql = (
        "SELECT metric, sum(value) FROM (SELECT metric, value, max(observed_at) FROM observations"
        " WHERE published_at >= ? AND published_at < ? AND observed_at BETWEEN published_at AND published_at + ?"
        " GROUP BY subject, channel, metric) GROUP BY metric"
    )
    with sqlite3.connect(folder / "peer.sqlite") as connection:
        return totals(dict(connection.execute(sql, (start, end, AGE * 3_600_000_000)).fetchall()))


def fill_sqlite(folder: Path) -> None:
    """The same rows in SQLite; a power cut would lose this table, and nobody would mind."""
    path = folder / "peer.sqlite"
    if path.exists():
        return
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"CREATE TABLE observations ({', '.join(COLUMNS)})")
        for rows in _batches(folder):
            connection.executemany("INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE INDEX published ON observations (published_at, subject, channel, metric)")
        connection.commit()


def _batches(folder: Path) -> Iterator[Iterator[tuple[object, ...]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in sorted((folder / "metrics/observations").rglob("*.parquet")):
        for batch in pq.ParquetFile(path).iter_batches(columns=list(COLUMNS)):
            plain = [column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column for column in batch]
            yield zip(*(column.to_pylist() for column in plain), strict=True)


def totals(sums: Totals) -> Totals:
    """What all contestants are compared by."""
    return {"interactions": sum(sums[name] for name in ("likes", "comments", "shares")), "views": sums["views"]}


ASK: Final[dict[str, Callable[[Path, int], Totals]]] = {
    "one KPI, first ever": one_kpi,
    "one KPI": one_kpi,
    "one KPI, running month": running_month,
    "dictionary": dictionary,
    "Polars": polars,
    "pandas": pandas,
    "SQLite": sqlite,
}


def answer(name: str, folder: Path) -> None:
    """One contestant's answers and costs, as JSON; runs in a process of its own."""
    spent, found = [], []
    for month in ASKED:
        began = time.process_time()
        found.append(ASK[name](folder, month))
        spent.append(1000 * (time.process_time() - began))
    sys.stdout.write(json.dumps({"first": spent[0], "again": min(spent[1:]), "memory": peak_memory(), "totals": found}))


def peak_memory() -> float:
    """MiB. On Linux not from getrusage, where a child begins with the peak of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compete(folder: Path, rows: int, repeat: int) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Every contestant's costs, or why it was not asked."""
    for name in OWN:
        yield name, best(name, folder, repeat)
    for peer in PEERS:
        if find_spec(peer.package) is None:
            yield peer.name, "is not installed"
        elif rows > peer.most:
            yield peer.name, f"not asked: {peer.beyond}"
        else:
            if peer.name == "SQLite":
                fill_sqlite(folder)
            yield peer.name, best(peer.name, folder, repeat)


def best(name: str, folder: Path, repeat: int) -> dict[str, Any] | str:
    """The least of some processes, because a busy machine only ever adds; or what went wrong."""
    known, new = folder / "cache/known", folder / "cache/new"
    try:
        if name in OWN[1:]:
            measured(name, folder, known)  # leaves what a later process recalls
        runs = []
        for _number in range(repeat):
            shutil.rmtree(new, ignore_errors=True)
            runs.append(measured(name, folder, new if name == OWN[0] else known))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"failed: {error}"
    least = {key: min(run[key] for run in runs) for key in ("first", "again")}
    return {**runs[0], **least, "memory": max(run["memory"] for run in runs)}


def measured(name: str, folder: Path, cache: Path) -> dict[str, Any]:
    """One process of a contestant."""
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, __file__, "--answer", name, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, env=environ)
    costs: dict[str, Any] = json.loads(done.stdout)
    return costs


def run(rows: int, folder: Path, repeat: int) -> bool:
    """One size: its lines of the table, and whether the budget holds and all totals agree."""
    began = time.perf_counter()
    if not (folder / "metrics").exists():
        fill(folder, rows)
    made = time.perf_counter() - began
    count, size = counted(folder)
    found = {}
    print(f"{count:>11,}  {f'{size:.0f} MB of files, made in {made:.0f} s':<42}", flush=True)
    for name, costs in compete(folder, rows, repeat):
        if isinstance(costs, str):
            print(f"{'':>11}  {name:<24} {costs}", flush=True)
            continue
        found[name] = costs
        line = f"{costs['first']:>10.0f} {costs['again']:>9.0f} {costs['memory']:>9.0f}"
        print(f"{'':>11}  {name:<24} {line}", flush=True)
    return judge(rows, found)


def counted(folder: Path) -> tuple[int, float]:
    """Observations, and megabytes of files."""
    from toolkit.metrics import open_store

    files = (path for path in (folder / "metrics").rglob("*") if path.is_file())
    return sum(one.rows for one in open_store(folder).imports()), sum(path.stat().st_size for path in files) / 1e6


def judge(rows: int, found: dict[str, dict[str, Any]]) -> bool:
    """Whether the budget holds and all totals agree."""
    asked = [found[name]["totals"] for name in found if name != OWN[2]]
    agree = all(
        one.items() <= whole.items() for some in asked for one, whole in zip(some, found[OWN[3]]["totals"], strict=True)
    )
    milliseconds, memory = BUDGET.get(rows, (float("inf"), float("inf")))
    again = max(found[name]["again"] for name in OWN[:3])
    peak = max(found[name]["memory"] for name in OWN)
    print(
        f"{'':>11}  totals agree: {agree}; one KPI again {again:.0f} of {milliseconds} ms, peak {peak:.0f} of {memory} MiB"
    )
    return agree and again <= milliseconds and peak <= memory


def main() -> None:
    """Print the table; with --strict, exit 1 when a budget is broken or totals differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--folder", type=Path, help="keep the stores here, and use those that are there")
    parser.add_argument("--repeat", type=int, default=2, help="processes of each contestant; the least counts")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--answer", choices=ASK, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        answer(options.answer, options.folder)
        return
    print(f"{'':>11}  {'CPU ms':<24} {'first call':>10} {'again':>9} {'peak MiB':>9}")
    kept = []
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as made:
            folder = options.folder / str(rows) if options.folder else Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            kept.append(run(rows, folder, options.repeat))
    sys.exit(1 if options.strict and not all(kept) else 0)


if __name__ == "__main__":
    main()
