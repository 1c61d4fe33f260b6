"""Runs one storm and prints what became of it: `python -m tests.storm.driver FOLDER WEATHER-JSON`."""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.ledger.ledgers import connection_of
from tests.storm.dispatcher import dispatch_until_killed, read_storm_orders
from tests.storm.network import serve
from tests.storm.verdict import accepted, figures, hits
from tests.storm.weather import CLASSES, POINTS, TROUBLES, Place, Weather, account_id
from toolkit.dispatch import Orders
from toolkit.ledger import open_ledger


@dataclass
class Storm:
    """The processes of one storm; this one forks and kills, and does nothing else."""

    weather: Weather
    place: Place
    orders: Orders
    chance: random.Random
    running: dict[int, str] = field(default_factory=dict)  # pid → the crash point it is to meet
    spawned: int = 0
    kills: int = 0
    stopped: dict[int, float] = field(default_factory=dict)  # pid → when it goes on
    stops: int = 0
    blows: int = 0
    copies: int = 0
    forgotten: int = 0
    finished: int = 0

    def blow(self) -> None:
        """Kill and replace dispatchers until one finds nothing left to do, or time is over."""
        ends = time.monotonic() + self.weather.seconds
        while not self.finished and time.monotonic() < ends and not self._found():
            while len(self.running) < self.weather.dispatchers:
                self._spawn()
            time.sleep(self.chance.uniform(*self.weather.kill_after))
            self._reap()
            self._go_on()
            if self.weather.kills and not self.finished:
                self._strike()
        for pid in list(self.running):
            self._kill(pid)

    def _found(self) -> bool:
        """Whether a planted bug has shown itself: more is not needed."""
        keys = [post["key"] for post in accepted(self.place)] if self.weather.bug else []
        return len(set(keys)) < len(keys)

    def _strike(self) -> None:
        # Who is to meet a crash point that few have met is left alone for a while.
        others = sorted(pid for pid, forced in self.running.items() if not forced)
        if self.blows % 4 == 0:
            others = sorted(self.running)
        self.blows += 1
        if others:
            self._hurt(self.chance.choice(others))
        if self.blows % 20 == 4 and not self.weather.address:
            self._pull_the_plug()

    def _hurt(self, pid: int) -> None:
        if self.chance.random() >= self.weather.stop:
            self._kill(pid)
        elif pid not in self.stopped:
            os.kill(pid, signal.SIGSTOP)
            self._wake_later(pid)
            self.stops += 1

    def _wake_later(self, pid: int) -> None:
        self.stopped[pid] = time.monotonic() + self.weather.lease * self.chance.uniform(0.2, 2.5)

    def _go_on(self) -> None:
        for pid, until in list(self.stopped.items()):
            if time.monotonic() >= until:
                os.kill(pid, signal.SIGCONT)
                del self.stopped[pid]

    def _pull_the_plug(self) -> None:
        """Copy the files as they are at one instant: what the world has seen must have its intent in the copy."""
        for pid in self.running:
            os.kill(pid, signal.SIGSTOP)
        seen = accepted(self.place)
        copy = self.place.folder / f"copy-{self.copies}" / "ledger.sqlite"
        copy.parent.mkdir()
        for suffix in ("", "-wal"):
            source = Path(f"{self.place.ledger}{suffix}")
            if source.exists():
                shutil.copyfile(source, f"{copy}{suffix}")
        for pid in self.running.keys() - self.stopped.keys():
            os.kill(pid, signal.SIGCONT)
        self.copies += 1
        with open_ledger(copy, now=datetime.now(UTC)) as ledger:
            whole = connection_of(ledger).execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            known = {row.key for row in ledger.rows() if row.request_hash}
        self.forgotten += len({post["key"] for post in seen} - known) + (not whole)
        shutil.rmtree(copy.parent)

    def _spawn(self) -> None:
        self.spawned += 1
        forced = self._rarest() if self.weather.kills and self.spawned % 2 else ""
        number = self.spawned
        pid = fork(lambda: dispatch_until_killed(self.weather, self.place, self.orders, number, forced))
        self.running[pid] = forced

    def _rarest(self) -> str:
        """The crash point that was met least, among those that nobody is on the way to."""
        met = hits(self.place)
        coming = Counter(self.running.values())
        return min(POINTS, key=lambda point: (met[point] + coming[point], self.chance.random()))

    def _kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        self._ended(pid, status)

    def _reap(self) -> None:
        for pid in list(self.running):
            done, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
            if done and os.WIFSTOPPED(status):
                # C8: it stopped itself between intent and write; it sleeps for up to two and a half leases.
                if pid not in self.stopped:
                    self._wake_later(pid)
            elif done:
                self._ended(pid, status)
            elif self.running[pid] in TROUBLES and self.chance.random() < 0.1:
                # Trouble is survived; later such a one may be killed like all others.
                self.running[pid] = ""

    def _ended(self, pid: int, status: int) -> None:
        del self.running[pid]
        self.stopped.pop(pid, None)
        if os.WIFSIGNALED(status):
            self.kills += 1
        elif os.WEXITSTATUS(status):
            raise SystemExit(f"a dispatcher ended with {os.WEXITSTATUS(status)}")
        else:
            self.finished += 1


def die_with_parent() -> None:
    """Whoever ends a storm from outside ends all of its processes."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)


def fork(work: object) -> int:
    """Run `work` in a child; returns its pid."""
    pid = os.fork()
    if pid:
        return pid
    die_with_parent()
    try:
        work()  # type: ignore[operator]  # callable, typed loosely for fork's sake
    except BaseException as error:  # noqa: BLE001  # a child must never run the parent's code
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(3)
    os._exit(0)


def run_storm(weather: Weather, place: Place) -> dict[str, object]:
    """One storm; the figures of its end."""
    start = datetime.now(UTC) + timedelta(seconds=0.2)
    with open_ledger(place.where(weather), now=start - timedelta(seconds=1)) as ledger:
        ledger.bind([(account_id(name), name, name) for name in CLASSES], start - timedelta(seconds=1))
    orders = read_storm_orders(weather, start)
    gc.freeze()  # what children only read is not copied
    network = fork(lambda: serve(weather, place))
    while not place.socket.exists():
        time.sleep(0.01)
    began = time.monotonic()
    storm = Storm(weather, place, orders, random.Random(weather.seed))
    try:
        storm.blow()
        if not weather.bug:
            _settle(weather, place, orders)
    finally:
        os.kill(network, signal.SIGKILL)
        os.waitpid(network, 0)
    told = figures(weather, place, orders)
    counts = {"spawned": storm.spawned, "kills": storm.kills, "stops": storm.stops, "copies": storm.copies}
    return told | counts | {"forgotten_in_copies": storm.forgotten, "seconds": round(time.monotonic() - began, 1)}


def _settle(weather: Weather, place: Place, orders: Orders) -> None:
    """What still lies with the dead is settled in calm weather."""
    last = fork(lambda: dispatch_until_killed(weather.calm(), place, orders, 0, ""))
    if not _wait(last, weather.seconds):
        os.kill(last, signal.SIGKILL)
        os.waitpid(last, 0)


def _wait(pid: int, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    die_with_parent()
    print(json.dumps(run_storm(Weather.from_json(sys.argv[2]), Place(Path(sys.argv[1])))))
