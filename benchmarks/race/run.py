"""One contender's run from the outside: the network, the driver, and what became of the posts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.race.network import Network, serve
from benchmarks.race.plan import Plan
from benchmarks.race.postgres import new_database

ROOT = Path(__file__).resolve().parents[2]


class TooLateError(Exception):
    """The first post was due before all were enqueued."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the network has seen, held against the plan."""

    plan: Plan
    arrived: list[tuple[str, float]]
    kills: int
    crashed: int
    held: list[str]
    durability: str

    @property
    def lost(self) -> int:
        """Never sent, and nobody was told."""
        return len({key for key, _due in self.plan.dues} - {key for key, _at in self.arrived} - set(self.held))

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in Counter(key for key, _at in self.arrived).values())

    @property
    def held_and_out(self) -> int:
        return len(set(self.held) & {key for key, _at in self.arrived})

    @property
    def delays(self) -> list[float]:
        """Due → sent in seconds, sorted; negative is too early."""
        due = dict(self.plan.dues)
        return sorted(at - due[key] for key, at in self.arrived)

    @property
    def rate(self) -> float:
        """Posts a second from the first to the last."""
        times = sorted(at for _key, at in self.arrived)
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


def race(plan: Plan, folder: Path, server: str, *, lead: float) -> Result:
    """Run `plan` with its dues (seconds) from `lead` after now on; `server` is PostgreSQL's address where needed."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="run-") as name:
        start = time.time() + lead
        address = new_database(server) if plan.address else ""
        dues = [(key, start + due) for key, due in plan.dues]
        placed = replace(plan, folder=name, address=address, dues=dues)
        file = Path(name) / "plan.json"
        file.write_text(placed.to_json())
        said = json.loads(_driver(file, "enqueue"))
        if time.time() > placed.first:
            raise TooLateError
        with serve(placed.socket, plan.latency) as network:
            told = _run(placed, file, network)
        return Result(placed, network.arrived, **told, durability=said["durability"])


def _run(plan: Plan, file: Path, network: Network) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.race.driver", str(file), "run"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        while not _over(plan, network) and process.poll() is None:
            time.sleep(0.1)
        out, _none = process.communicate(timeout=30)
    told: dict[str, Any] = json.loads(out)
    return told


def _over(plan: Plan, network: Network) -> bool:
    now = time.time()
    if now > plan.last + plan.deadline:
        return True
    if now < plan.last or now < plan.first + plan.kills:
        return False
    newest = network.arrived[-1][1] if network.arrived else plan.last
    whole = len(network.seen) == len(plan.dues) and not plan.kills
    return whole or now - max(newest, plan.last, plan.first + plan.kills) > plan.quiet


def _driver(file: Path, what: str) -> str:
    command = [sys.executable, "-m", "benchmarks.race.driver", str(file), what]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=120).stdout
