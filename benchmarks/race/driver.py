"""Runs one plan in a process without threads, which may fork: enqueues, starts workers, kills and replaces them.

python -m benchmarks.race.driver PLAN.json enqueue | run
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from benchmarks.race.plan import Plan

MODULES = {
    "ours": "benchmarks.race.ours",
    "procrastinate": "benchmarks.race.procrastinate_peer",
    "apscheduler": "benchmarks.race.apscheduler_peer",
}
# Between two kills, in seconds: long enough for every contender to start and to work.
PAUSE = (0.2, 0.6)
DOWN = 2.0


@dataclass
class Driver:
    """The workers of one run."""

    plan: Plan
    contender: ModuleType
    chance: random.Random
    running: set[int] = field(default_factory=set)
    kills: int = 0
    crashed: int = 0
    restarted: bool = False

    def run(self) -> None:
        """Keep the workers running, and kill them for as long as the plan says, until standard input ends."""
        strike = self.plan.first + self.chance.uniform(*PAUSE)
        while not select.select([sys.stdin], [], [], 0)[0]:
            self._fill()
            time.sleep(0.02)
            self._restart()
            if self.plan.kills and strike < time.time() < self.plan.first + self.plan.kills:
                self._kill(self.chance.choice(sorted(self.running)))
                self.kills += 1
                strike = time.time() + self.chance.uniform(*PAUSE)
            self._reap()
        for pid in list(self.running):
            self._kill(pid)

    def _restart(self) -> None:
        """Once, in the middle: everything is down for as long as a machine takes that is updated quickly."""
        if self.plan.kills and not self.restarted and time.time() > self.plan.first + self.plan.kills / 2:
            self.restarted = True
            for pid in list(self.running):
                self._kill(pid)
            time.sleep(DOWN)
            self._fill()

    def _fill(self) -> None:
        while len(self.running) < self.plan.processes:
            self.running.add(fork(self.contender, self.plan))

    def _kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.running.discard(pid)

    def _reap(self) -> None:
        for pid in list(self.running):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                self.running.discard(pid)
                self.crashed += status != 0
                time.sleep(0.2)


def fork(contender: ModuleType, plan: Plan) -> int:
    """A worker; it ends with its parent."""
    pid = os.fork()
    if pid:
        return pid
    try:
        die_with_parent()
        contender.work(plan)
    except BaseException as error:  # noqa: BLE001  # a child must never run the parent's code
        sys.stderr.write(f"{plan.contender}: {type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


def die_with_parent() -> None:
    """Whoever ends the benchmark ends its workers."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)


def main() -> None:
    plan = Plan.from_json(Path(sys.argv[1]).read_text())
    contender = importlib.import_module(MODULES[plan.contender])
    die_with_parent()
    if sys.argv[2] == "enqueue":
        contender.enqueue(plan)
        print(json.dumps({"durability": contender.durability(plan)}))
        return
    gc.freeze()
    driver = Driver(plan, contender, random.Random(plan.seed))
    driver.run()
    print(json.dumps({"kills": driver.kills, "crashed": driver.crashed, "held": contender.held(plan)}))


if __name__ == "__main__":
    main()
