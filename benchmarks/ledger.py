"""What the ledger costs: intents, what `status` asks, sealing and a backup, in a ledger of many rows.

    python benchmarks/ledger.py --rows 1000000 --strict
    python benchmarks/ledger.py --rows 1000000 --postgres postgresql://user@host/database

The rows are confirmed posts of three years, each with its three events, and a few thousand that are planned. "without
fsync" is SQLite with ``synchronous = OFF``, which Leitstand never uses: it shows what the disk costs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.database import to_text
from toolkit.ledger import Ledger, LedgerPlace, Limits, Planned, State, backup_ledger, open_ledger, seal, verify

NOW: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
ACCOUNTS: Final = tuple(f"mastodon:@brand{number}@social.example" for number in range(8))
PLANNED: Final = 4000
LIMITS: Final = Limits(hourly=10**6)
# Milliseconds for the 99th of a hundred, seconds for a backup: a million rows, on a disk that really syncs.
BUDGET: Final = {
    "begin": 50.0,
    "begin without fsync": 5.0,
    "empty poll": 5.0,
    "summary": 500.0,
    "due": 500.0,
    "backup": 60.0,
}


@dataclass(frozen=True, slots=True)
class Pace:
    """As a network says it."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one thing took, in milliseconds, each time."""

    name: str
    times: list[float]

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def fill(ledger: Ledger, rows: int) -> None:
    """Confirmed rows with their events, written as the database writes fastest."""
    ledger.bind([(account, account, "mastodon") for account in ACCOUNTS], NOW - timedelta(days=2000))
    first = NOW - timedelta(days=1100)
    step = timedelta(days=1099) / rows
    with ledger.store.transaction() as transaction:
        for begin in range(0, rows, 20_000):
            many = [past(number, first + number * step) for number in range(begin, min(begin + 20_000, rows))]
            transaction.run_many(PAST_ROW, many)
        for old, new in (("", "planned"), ("planned", "sending"), ("sending", "confirmed")):
            transaction.run(PAST_EVENT, {"old": old, "new": new})
    ledger.plan([planned(number) for number in range(PLANNED)], NOW - timedelta(days=1))


PAST_ROW: Final = """INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path, state,
  due, wall, zone, tzdata, remote_id, url, attempts, first_tried_at, tried_at, rendition, request_hash, updated_at)
VALUES (:uid, '', :account, :account, 'mastodon', 'post', 0, 1, :path, 'confirmed', :due, '2025-01-01 07:30',
  'Europe/Berlin', '2026f', :uid, :path, 1, :due, :due, :rendition, :uid, :due)"""
PAST_EVENT: Final = """INSERT INTO events (at, row_id, uid, occurrence, account_id, account, action, part, path, old,
  state, detail, url) SELECT due, id, uid, occurrence, account_id, account, action, part, path, :old, :new, '', url
FROM ledger WHERE state = 'confirmed'"""
RENDITION: Final = '{"parts": ["' + "Hinter Tür 1: unser Winterröster. " * 12 + '"]}'


def past(number: int, due: datetime) -> dict[str, str | int]:
    uid = f"{number:026}"
    path = f"content/posts/{due:%Y/%m}/post-{number}.md"
    account = ACCOUNTS[number % len(ACCOUNTS)]
    return {"uid": uid, "account": account, "path": path, "due": to_text(due), "rendition": RENDITION}


def planned(number: int) -> Planned:
    due = NOW - timedelta(seconds=PLANNED - number)
    account = ACCOUNTS[number % len(ACCOUNTS)]
    wall = f"{due:%Y-%m-%d %H:%M}"
    return Planned(
        f"P{number:025}", account, account, "mastodon", f"content/posts/p{number}.md", due, wall, "UTC", "2026f"
    )


def measure(name: str, times: int, work: Callable[[int], object]) -> Figure:
    spent = []
    for number in range(times):
        began = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - began) * 1000)
    return Figure(name, spent)


def send_some(ledger: Ledger, times: int, suffix: str = "") -> Iterator[Figure]:
    """Claim and intent in one commit, as the dispatcher does it, of rows that are due and of accounts with a pace."""
    rows = ledger.due(NOW)[:times]
    paces = (Pace(10**6, 3600.0),)
    begun = []
    begin = lambda number: begun.append(  # noqa: E731  # one line says it
        ledger.begin(rows[number], NOW, paces, rendition=RENDITION, hashes=[f"h{number}"], commit="")
    )
    yield measure(f"begin{suffix}", times, begin)
    if None in begun:
        sys.exit("a row that is due could not be begun")
    for row in ledger.rows(states=(State.SENDING,)):
        ledger.confirm(row, NOW, "1", "https://social.example/1")


def ask(ledger: Ledger) -> Iterator[Figure]:
    """What `status`, `log` and every tick ask."""
    yield measure("summary", 50, lambda _number: ledger.summary(NOW))
    yield measure("due", 10, lambda _number: ledger.due(NOW))
    before = NOW - timedelta(days=1)
    yield measure("empty poll", 200, lambda _number: (ledger.lapse(before), ledger.overdue(before), ledger.due(before)))
    yield measure("events", 50, lambda _number: ledger.events(limit=200))
    row = ledger.due(NOW)[0]
    yield measure("near", 200, lambda _number: ledger.near(row))
    uids = [f"{number:026}" for number in range(10_000)]
    yield measure("known of 10,000 posts", 5, lambda _number: ledger.known(uids))


def chain(ledger: Ledger) -> Iterator[Figure]:
    """The chain over everything, a tick's sealing, and verification."""
    yield measure("seal all", 1, lambda _number: seal(ledger))
    ledger.plan([planned(PLANNED + 1)], NOW)
    yield measure("seal one", 1, lambda _number: seal(ledger))
    yield measure("verify", 1, lambda _number: verify(ledger))


def keep(place: LedgerPlace, folder: Path) -> Iterator[Figure]:
    yield measure("backup", 1, lambda _number: backup_ledger(place, folder / "backup.sqlite", now=NOW))


@contextmanager
def without_fsync(ledger: Ledger) -> Iterator[None]:
    ledger.store.read("PRAGMA synchronous = OFF")
    yield
    ledger.store.read("PRAGMA synchronous = FULL")


def run(place: LedgerPlace, folder: Path, rows: int, times: int, *, chained: bool) -> list[Figure]:
    figures: list[Figure] = []
    with open_ledger(place, now=NOW, limits=LIMITS) as ledger:
        figures.append(measure(f"fill {rows}", 1, lambda _number: fill(ledger, rows)))
        figures += ask(ledger)
        figures += send_some(ledger, times)
        if not place.shared:
            with without_fsync(ledger):
                figures += send_some(ledger, times, " without fsync")
        figures += [*(chain(ledger) if chained else ()), *keep(place, folder)]
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=1000, help="intents; at most 1000")
    parser.add_argument("--postgres", default="", help="address of a database; its schema benchmark must not exist")
    parser.add_argument("--folder", type=Path, help="where the file lies; default: a temporary folder")
    parser.add_argument("--no-chain", action="store_true", help="leave out sealing and verifying, which take minutes")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a figure is over its budget")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        place = LedgerPlace(Path(name) / "ledger.sqlite", args.postgres, "benchmark" if args.postgres else "")
        figures = run(place, Path(name), args.rows, args.times, chained=not args.no_chain)
        size = place.file.stat().st_size / 1e6 if place.file.exists() else 0.0
    print(f"{'':24}{'n':>6}{'p50 ms':>12}{'p99 ms':>12}")
    for figure in figures:
        print(f"{figure.name:24}{len(figure.times):>6}{figure.at(0.5):>12.3f}{figure.at(0.99):>12.3f}")
    print(f"{size:.0f} MB")
    over = [
        one.name for one in figures if one.at(0.99) > BUDGET.get(one.name, 1e12) * (1000 if one.name == "backup" else 1)
    ]
    print(f"over budget: {', '.join(over)}" if over else "within budget")
    return 1 if over and args.strict else 0


if __name__ == "__main__":
    sys.exit(main())
