"""Runs one storm and prints what became of it: `python -m tests.storm.driver FOLDER WEATHER-JSON`."""

from __future__ import annotations

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
from tests.storm.dispatcher import dispatch_until_killed, planned_posts
from tests.storm.network import serve
from tests.storm.weather import CLASSES, POINTS, Place, Weather, account_id
from toolkit.ledger import State, open_ledger


@dataclass
class Storm:
    """The processes of one storm; this one forks and kills, and does nothing else."""

    weather: Weather
    place: Place
    start: datetime
    chance: random.Random
    running: dict[int, str] = field(default_factory=dict)  # pid → the crash point it is to die at
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
        while not self.finished and time.monotonic() < ends:
            while len(self.running) < self.weather.dispatchers:
                self._spawn()
            time.sleep(self.chance.uniform(*self.weather.kill_after))
            self._reap()
            self._go_on()
            # Who is to die at a crash point is left alone until it is there.
            others = sorted(pid for pid, forced in self.running.items() if forced not in self._missing())
            if others and not self.finished:
                self._hurt(self.chance.choice(others))
        for pid in list(self.running):
            self._kill(pid)

    def _hurt(self, pid: int) -> None:
        if self.chance.random() >= self.weather.stop:
            self._kill(pid)
        elif pid not in self.stopped:
            os.kill(pid, signal.SIGSTOP)
            self.stopped[pid] = time.monotonic() + self.weather.lease * self.chance.uniform(0.2, 2.5)
            self.stops += 1
        self.blows += 1
        if self.blows % 6 == 3:
            self._pull_the_plug()

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

    def _spawn(self) -> None:
        self.spawned += 1
        missing = self._missing()
        # Every other one dies at a crash point that nobody has died at yet; the others as it comes.
        forced = missing[self.spawned // 2 % len(missing)] if missing and self.spawned % 2 else ""
        pid = fork(lambda: dispatch_until_killed(self.weather, self.place, self.start, self.spawned, forced))
        self.running[pid] = forced

    def _missing(self) -> list[str]:
        met = hits(self.place)
        return [point for point in POINTS if point not in met]

    def _kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        self._ended(pid, status)

    def _reap(self) -> None:
        for pid in list(self.running):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                self._ended(pid, status)

    def _ended(self, pid: int, status: int) -> None:
        del self.running[pid]
        self.stopped.pop(pid, None)
        if os.WIFSIGNALED(status):
            self.kills += 1
        elif os.WEXITSTATUS(status):
            raise SystemExit(f"a dispatcher ended with {os.WEXITSTATUS(status)}")
        else:
            self.finished += 1


def fork(work: object) -> int:
    """Run `work` in a child; returns its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()  # type: ignore[operator]  # callable, typed loosely for fork's sake
    except BaseException as error:  # noqa: BLE001  # a child must never run the parent's code
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(3)
    os._exit(0)


def accepted(place: Place) -> list[dict[str, str]]:
    """What the network has accepted so far, in order."""
    text = place.accepted.read_text()
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def hits(place: Place) -> Counter[str]:
    """How often dispatchers killed themselves at each crash point."""
    return Counter(place.hits.read_text().split() if place.hits.exists() else [])


def run_storm(weather: Weather, place: Place) -> dict[str, object]:
    """One storm; the figures of its end."""
    start = datetime.now(UTC) + timedelta(seconds=0.2)
    with open_ledger(place.ledger, now=start - timedelta(seconds=1)) as ledger:
        ledger.bind([(account_id(name), name, name) for name in CLASSES], start - timedelta(seconds=1))
    network = fork(lambda: serve(weather, place))
    while not place.socket.exists():
        time.sleep(0.01)
    began = time.monotonic()
    storm = Storm(weather, place, start, random.Random(weather.seed))
    try:
        storm.blow()
        # What still lies with the dead is settled in calm weather.
        calm = Weather.from_json(weather.to_json().replace(f'"own_kill": {weather.own_kill}', '"own_kill": 0.0'))
        last = fork(lambda: dispatch_until_killed(calm, place, start, 0, ""))
        if not _wait(last, weather.seconds):
            os.kill(last, signal.SIGKILL)
            os.waitpid(last, 0)
    finally:
        os.kill(network, signal.SIGKILL)
        os.waitpid(network, 0)
    return figures(weather, place, storm, time.monotonic() - began)


def _wait(pid: int, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    return False


def figures(weather: Weather, place: Place, storm: Storm, seconds: float) -> dict[str, object]:
    """Compare what the ledger says with what the network has seen."""
    out = accepted(place)
    seen = Counter(post["key"] for post in out)
    ids = {post["id"]: post["key"] for post in out}
    with open_ledger(place.ledger, now=datetime.now(UTC), read_only=True) as ledger:
        rows = ledger.rows()
        integrity = connection_of(ledger).execute("PRAGMA integrity_check").fetchone()[0]
    due = sum(parts for _planned, parts in planned_posts(weather, storm.start))
    held = [row for row in rows if row.state is State.HELD]
    confirmed = [row for row in rows if row.state is State.CONFIRMED]
    known = {row.key: row for row in rows}
    return {
        "seed": weather.seed,
        "posts": weather.posts,
        "parts": due,
        "rows": len(rows),
        "seconds": round(seconds, 1),
        "spawned": storm.spawned,
        "kills": storm.kills,
        "stops": storm.stops,
        "copies": storm.copies,
        "forgotten_in_copies": storm.forgotten,
        "crash_points": dict(sorted(hits(place).items())),
        "duplicates": sum(count - 1 for count in seen.values()),
        "duplicate_classes": sorted({known[key].network for key, count in seen.items() if count > 1}),
        "confirmed": len(confirmed),
        "confirmed_but_absent": sum(row.key not in seen for row in confirmed),
        "held": len(held),
        "held_but_not_blind": sum(row.network != "blind" for row in held),
        "held_and_out": sum(row.key in seen for row in held),
        "losses": due - len(confirmed) - len(held),
        "out_without_intent": sum(known[key].request_hash == "" for key in seen),
        "wrong_order": sum(
            ids.get(post["previous"], "")
            != post["key"].rpartition(":")[0] + f":{int(post['key'].rpartition(':')[2]) - 1}"
            for post in out
            if not post["key"].endswith(":0")
        ),
        "integrity": integrity,
    }


if __name__ == "__main__":
    print(json.dumps(run_storm(Weather.from_json(sys.argv[2]), Place(Path(sys.argv[1])))))
