"""The four stages of the race; each prints its table as soon as it is over."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.race.contenders import Contender, apscheduler, ours, procrastinate
from benchmarks.race.daemon import run_daemon
from benchmarks.race.run import Result, TooLateError, race
from benchmarks.race.table import at, milliseconds, table


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    killed_posts: int = 240
    kill_seconds: float = 10.0
    trickle_posts: int = 150
    trickle_seconds: int = 15
    burst_posts: int = 500
    rounds: int = 3
    quick: bool = False


QUICK = Size(72, 3.0, 30, 5, 100, 1, quick=True)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where it is raced: a folder on the disk that counts, PostgreSQL's address ("" without it), seed and size."""

    folder: Path
    server: str
    seed: int
    size: Size

    def able(self, contenders: Iterable[Contender]) -> list[Contender]:
        """Those whose database is there."""
        return [one for one in contenders if self.server or not one.plan.address]

    def race(self, contender: Contender, dues: Sequence[float], **changes: object) -> Result:
        plan = contender.at(dues, seed=self.seed, **changes)
        # What has to be done before the first is due; with peers every job is a transaction of its own.
        lead = 3.0 + (0.0 if plan.contender == "ours" else 0.008 * len(dues))
        for _try in range(3):
            try:
                return race(plan, self.folder, self.server, lead=lead)
            except TooLateError:
                lead *= 2
        raise SystemExit(f"{contender.name} could not enqueue {len(dues)} posts within {lead / 2:.0f} s")


def kill_storm(ground: Ground) -> None:
    """(a) Workers are killed at random; the network answers after a tenth of a second, and counts."""
    size = ground.size
    dues = [number * size.kill_seconds / size.killed_posts for number in range(size.killed_posts)]
    safest = [ours(), ours(readable=False), procrastinate(careful=True), apscheduler(careful=True)]
    others = [ours("Leitstand, PostgreSQL", address="new"), procrastinate(), apscheduler()]
    rows = []
    for one in ground.able(safest + ([] if size.quick else others)):
        alone = one.plan.contender == "apscheduler"
        result = ground.race(one, dues, kills=size.kill_seconds, processes=1 if alone else 3, quiet=7.0, latency=0.1)
        asks = f"{len(result.held)} ({result.held_and_out})"
        rows.append((one.name, one.settings, len(dues), result.kills, result.lost, result.doubled, asks))
    heads = ("SIGKILL at random", "settings", "posts", "kills", "lost", "doubled", "asks a person (out)")
    say("Lost and doubled posts under kills, on a network without idempotency", table(heads, rows))


def trickle(ground: Ground) -> None:
    """(b) Due → sent."""
    size = ground.size
    dues = [number * size.trickle_seconds / size.trickle_posts for number in range(size.trickle_posts)]
    others = [ours(poll=1.0), ours("Leitstand, PostgreSQL", address="new"), procrastinate(poll=5.0)]
    entered = ground.able([ours(), procrastinate(), *([] if size.quick else others)])
    rows = [(one.name, one.settings, *delays(ground.race(one, dues, quiet=12.0))) for one in entered]
    say(f"Due → sent, {len(dues)} posts in {size.trickle_seconds} s, two processes, milliseconds", table(DELAYS, rows))


DELAYS = ("", "settings", "p50", "p95", "p99", "max", "too early", "lost", "doubled")


def delays(result: Result) -> tuple[object, ...]:
    found = result.delays
    times = [milliseconds(at(found, share)) for share in (0.5, 0.95, 0.99, 1.0)]
    return (*times, sum(delay < 0 for delay in found), result.lost, result.doubled)


def burst(ground: Ground) -> None:
    """(c) Posts a second when all are due at one instant; what counts is the median of the rounds' ratios."""
    entered = [procrastinate(), ours(), ours("Leitstand, PostgreSQL", address="new")]
    others = [procrastinate(concurrency=10), apscheduler(careful=True)]
    able = ground.able(entered + ([] if ground.size.quick else others))
    rates: dict[int, list[float]] = {number: [] for number in range(len(able))}
    durable: dict[int, str] = {}
    for _round in range(ground.size.rounds):
        for number, one in enumerate(able):
            result = ground.race(one, [0.0] * ground.size.burst_posts)
            if result.lost or result.doubled:
                sys.exit(f"{one.name}: {result.lost} lost and {result.doubled} doubled without a kill")
            rates[number].append(result.rate)
            durable[number] = result.durability
    rows = []
    for number, one in enumerate(able):
        ratios = [mine / first for mine, first in zip(rates[number], rates[0], strict=True)]
        figures = (f"{statistics.median(rates[number]):.0f}", f"{min(rates[number]):.0f} to {max(rates[number]):.0f}")
        ratio = f"{statistics.median(ratios):.2f}" if ground.server else "?"
        rows.append((one.name, one.settings, *figures, ratio, durable[number]))
    heads = ("all due at once", "settings", "posts/s", "rounds", "to procrastinate", "the database says")
    say(f"Throughput, {ground.size.burst_posts} posts, {ground.size.rounds} rounds in turns", table(heads, rows))


def daemon(ground: Ground) -> None:
    """(e) The real daemon."""
    result = run_daemon(ground.folder, ground.size.trickle_posts, ground.size.trickle_seconds, lead=12.0)
    row = ("leitstand run --interval 1", "webhook on loopback, files checked at every look", *delays(result))
    say("Due → sent of the daemon as it is installed, milliseconds", table(DELAYS, [row]))


def say(title: str, text: str) -> None:
    print(f"\n## {title}\n\n{text}", flush=True)
