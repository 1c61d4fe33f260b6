"""What the figures were measured on: cores, load, versions, and how long the disk takes for a sync."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("procrastinate", "APScheduler", "SQLAlchemy", "psycopg")


def measure_sync(folder: Path, times: int = 100) -> tuple[float, float]:
    """Milliseconds of one fdatasync after 4 KiB, median and 95th of a hundred."""
    file = folder / "sync"
    with file.open("wb", buffering=0) as out:
        spent = []
        for _time in range(times):
            out.write(b"x" * 4096)
            began = time.perf_counter()
            os.fdatasync(out.fileno())
            spent.append((time.perf_counter() - began) * 1000)
    file.unlink()
    spent.sort()
    return spent[times // 2], spent[times * 95 // 100]


def describe(folder: Path) -> str:
    """One line."""
    middle, slow = measure_sync(folder)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, load {load:.1f}, fdatasync p50 {middle:.1f} ms, p95 {slow:.1f} ms, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )
