"""What a report costs: ours beside the two command-line programs, and a pool of fresh kernels; 8 charts each.

    python benchmarks/reports.py              # 1 and 20 reports; the programs run a few and are scaled
    python benchmarks/reports.py 50 100

Processor seconds of all processes (children included), which a busy machine does not change much, and seconds on the
clock. Every page is checked for its eight charts. `again` is the same order a second time: nothing changed, no kernel.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
CHARTS = 8
FEW = 3  # of the programs: each costs the same
OPEN = """import duckdb, numpy as np, pandas as pd, seaborn as sns, matplotlib.pyplot as plt
sns.set_theme()
rng = np.random.default_rng(int(month.replace("-", "")))
posts = pd.DataFrame({"reach": rng.lognormal(8, 1, 5000), "likes": rng.poisson(40, 5000),
                      "kind": rng.choice(["photo", "video", "text"], 5000), "hour": rng.integers(0, 24, 5000)})
summed = duckdb.sql("SELECT kind, hour, median(reach) AS reach, sum(likes) AS likes FROM posts GROUP BY ALL").df()"""
DRAW = (
    'sns.barplot(summed, x="kind", y="likes");',
    'sns.lineplot(summed, x="hour", y="reach", hue="kind");',
    'sns.histplot(posts, x="reach", hue="kind", log_scale=True);',
    'sns.boxplot(posts, x="kind", y="likes");',
    'sns.scatterplot(posts.head(500), x="reach", y="likes", hue="kind");',
    'sns.heatmap(summed.pivot_table(index="kind", columns="hour", values="reach"));',
    'sns.ecdfplot(posts, x="likes", hue="kind");',
    'sns.stripplot(posts.head(300), x="kind", y="likes");',
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one report: processor seconds and seconds on the clock."""

    cpu: float
    wall: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("counts", nargs="*", type=int, default=[1, 20])
    counts = asked.parse_args().counts
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder))
        pair = measure(lambda: run_programs(root, FEW), FEW)
        fresh = measure(lambda: run_ours(root, FEW, "Alone", force=True), FEW)
        print(f"{'way':34} {'reports':>7} {'CPU s each':>10} {'wall s each':>11} {'of the pair':>11}")
        say("papermill, then nbconvert", FEW, pair, pair)
        say("a pool of fresh kernels", FEW, fresh, pair)
        for count in counts:
            ours = measure(lambda count=count: run_ours(root, count, "Nursery", force=True), count)  # type: ignore[misc]  # bound now
            again = measure(lambda count=count: run_ours(root, count, "Nursery", force=False), count)  # type: ignore[misc]  # bound now
            say("leitstand", count, ours, pair)
            say(f"leitstand, again ({again.cpu / ours.cpu:.1%} of the first)", count, again, pair)


def say(way: str, count: int, cost: Cost, pair: Cost) -> None:
    print(f"{way:34} {count:7} {cost.cpu:10.2f} {cost.wall:11.2f} {cost.cpu / pair.cpu:11.2f}", flush=True)


def make_workspace(root: Path) -> Path:
    """A workspace whose notebook has eight charts, as analysts draw them."""
    (root / "notebooks").mkdir()
    (root / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "bench"\n')
    parameters = {"tags": ["parameters"]}
    cells = [("parameters", 'month = "2026-10"', parameters), ("open", OPEN, {})]
    cells += [(f"chart{number}", code, {}) for number, code in enumerate(DRAW)]
    whole: list[dict[str, object]] = [
        {"cell_type": "code", "id": one, "source": text, "metadata": about, "execution_count": None, "outputs": []}
        for one, text, about in cells
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    text = json.dumps({"cells": whole, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
    (root / "notebooks" / "charts.ipynb").write_text(text)
    return root


def months(count: int) -> list[str]:
    """Months that are over, the latest first."""
    return [f"{2026 - (number + 2) // 12}-{12 - (number + 2) % 12:02}" for number in range(count)]


def run_programs(root: Path, count: int) -> None:
    """Two processes a report, one after the other."""
    for month in months(count):
        out = root / f"cli-{month}.ipynb"
        programs = Path(sys.executable).parent
        command: list[str | Path] = [
            programs / "papermill",
            "--no-progress-bar",
            "-p",
            "month",
            month,
            root / "notebooks" / "charts.ipynb",
            out,
        ]
        subprocess.run(command, check=True, capture_output=True)
        subprocess.run([programs / "jupyter-nbconvert", "--to", "html", out], check=True, capture_output=True)
        check(out.with_suffix(".html"))


def run_ours(root: Path, count: int, runner: str, *, force: bool) -> None:
    """One process as the command line starts it, and all that it starts."""
    code = f"""
import os, sys
from datetime import datetime
from pathlib import Path
from toolkit.model import SystemClock, SetClock
from toolkit.reports.orders import Order
from toolkit.reports.making import Place
from toolkit.reports import kernels
from toolkit.reports.batch import make_all, plan
from toolkit.reports.executors import Local
from toolkit.workspace import load_workspace
root = Path({str(root)!r})
place = Place(load_workspace(root), root / "state", SetClock(datetime.fromisoformat({NOW.isoformat()!r})))
planned = plan([(place, Order("charts", month)) for month in {months(count)!r}], force={force})
runs = Local(kernels.{runner}(os.environ, root / "cache"), os.cpu_count() or 1, SystemClock())
done = list(make_all(planned, runs, lambda task: lambda done, of: None))
sys.exit(any(one.report is None or one.report.failures for one in done))
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    for month in months(count):
        check(root / "state" / "reports" / "charts" / month / "index.html")


def check(page: Path) -> None:
    if page.read_text().count("data:image/png;base64,") < CHARTS:
        found = page.read_text().count("data:image/png;base64,")
        raise SystemExit(f"{page} has {found} charts, not {CHARTS}")


def measure(run: Callable[[], None], count: int) -> Cost:
    """The cost of each of `count` reports."""
    before, began = spent(), time.monotonic()
    run()
    return Cost((spent() - before) / count, (time.monotonic() - began) / count)


def spent() -> float:
    """Processor seconds of this process and of all that ended below it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
