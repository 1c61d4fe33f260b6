"""The long storm: `make storm`, or `python -m tests.storm.long [--minutes 9.5] [--posts 10000] [--kills 5000] [--hits 100]`.

Storms blow one after the other, two at a time, each with a seed of its own, until all three sums are reached; every
eighth one mostly stops processes, another eighth is on PostgreSQL where it is installed. Everything is printed, and the
exit code is 1 when a promise is broken, a sum is not reached in time, or a planted bug is not found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.servers.postgres import run_postgres
from tests.storm.storms import count, end_storm, faults_of, start_storm
from tests.storm.test_controls import BUGS
from tests.storm.verdict import FAULTS
from tests.storm.weather import POINTS, Weather

SUMS = ("posts", "parts", "kills", "stops", "copies", "confirmed", "held", "held_and_out", *FAULTS)


@dataclass
class Toll:
    """What all storms together did."""

    sums: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    storms: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, weather: Weather, result: dict[str, object]) -> None:
        self.storms["postgresql" if weather.address else "sqlite"] += 1
        self.sums.update({name: count(result, name) for name in SUMS})
        met = result["crash_points"]
        self.points.update(met if isinstance(met, dict) else {})
        self.broken += [f"seed {weather.seed}: {fault}" for fault in faults_of(result)]

    def reached(self, wanted: argparse.Namespace) -> bool:
        least = min(self.points[point] for point in POINTS)
        got = (self.sums["posts"], self.sums["kills"], least)
        return all(one >= need for one, need in zip(got, (wanted.posts, wanted.kills, wanted.hits), strict=True))


def weathers(first: int, address: str) -> Iterator[Weather]:
    """One storm after the other."""
    seed = first
    while True:
        weather = Weather(seed=seed, posts=600, dispatchers=3, kill_after=(0.08, 0.2), seconds=120.0)
        if seed % 8 == 3:
            weather = replace(weather, stop=0.5, posts=100)
        if seed % 8 == 5 and address:
            weather = replace(weather, address=address, posts=150)
        yield weather
        seed += 1


def blow(wanted: argparse.Namespace, folder: Path, address: str) -> Toll:
    """Storms, some at a time, until the sums are reached or time is over."""
    toll, ends = Toll(), time.monotonic() + wanted.minutes * 60
    coming = weathers(wanted.seed, address)
    running = [_start(folder, next(coming)) for _ in range(wanted.abreast)]
    while running:
        weather, process, place = running.pop(0)
        try:
            toll.add(weather, end_storm(process, weather))
        except AssertionError as error:
            toll.broken.append(str(error))
        shutil.rmtree(place, ignore_errors=True)
        print(json.dumps({"storms": sum(toll.storms.values()), **toll.sums, "broken": toll.broken}), flush=True)
        if time.monotonic() < ends and not toll.reached(wanted):
            running.append(_start(folder, next(coming)))
    return toll


def _start(folder: Path, weather: Weather) -> tuple[Weather, subprocess.Popen[str], Path]:
    place = folder / f"s{weather.seed}"
    return weather, start_storm(place, weather), place


def find_bugs(folder: Path) -> dict[str, object]:
    """Bug → the seconds after which it was found, None when it was not."""
    found: dict[str, object] = {}
    for bug, weather in BUGS.items():
        planted = replace(weather, bug=bug, seconds=40.0)
        result = end_storm(start_storm(folder / bug, planted), planted)
        found[bug] = result["seconds"] if count(result, "duplicates") else None
    return found


@contextmanager
def a_server() -> Iterator[str]:
    """The address of a PostgreSQL server; "" where none is installed."""
    installed = shutil.which("postgres") or any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not installed:
        yield ""
        return
    with run_postgres() as server:
        yield server.address


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=9.5)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=5_000)
    parser.add_argument("--hits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--abreast", type=int, default=2)
    parser.add_argument("--folder", default="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    return parser.parse_args()


def main() -> int:
    """Run everything; 0 when every promise was kept."""
    wanted, began = read_arguments(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="storm-", dir=wanted.folder) as folder, a_server() as address:
        bugs = find_bugs(Path(folder))
        toll = blow(wanted, Path(folder), address)
    print(f"storms        {dict(toll.storms)} in {time.monotonic() - began:.0f} s, first seed {wanted.seed}")
    print("crash points  " + ", ".join(f"{point} {toll.points[point]}" for point in POINTS))
    print("totals        " + ", ".join(f"{name} {toll.sums[name]}" for name in SUMS))
    print("planted bugs  " + ", ".join(f"{bug} {seconds} s" for bug, seconds in bugs.items()))
    broken = toll.broken + [f"{bug} was not found" for bug, seconds in bugs.items() if seconds is None]
    if not toll.reached(wanted):
        broken.append(f"not reached: {wanted.posts} posts, {wanted.kills} kills, {wanted.hits} hits of each point")
    print("\n".join(f"BROKEN        {one}" for one in broken) or "every promise was kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
