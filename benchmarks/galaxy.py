"""What would have become of a real history here: galaxy-social's recorded failures, on simulated networks.

    python benchmarks/galaxy.py CHECKOUT

Its record says which post failed on which account how often, not why. So every failure befalls the same post and
account here, as often as there, once for each kind of failure that networks have, at the last part of a thread. Copies
named ``retry-…`` are no posts here: nobody has to make one. Accounts without an adapter are published by hand and
stay out. *Restarted* is what the tool's own remedy, the whole post once more, would have doubled.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from toolkit.dispatch import Lease, Line, Order, Orders, Shelf
from toolkit.ledger import Event, Ledger, Planned, State, account_key, rehearsal_copy
from toolkit.migration.galaxy import Entry, Export, Outcome, Wishes, migrate, read_export, root_name
from toolkit.model import Late, Rendition
from toolkit.networks import find_network
from toolkit.networks.base import Memory
from toolkit.settings import Account
from toolkit.simulation import (
    Ask,
    Ending,
    Fault,
    Life,
    Request,
    SimulatedClock,
    SimulatedNetwork,
    Verdict,
    Weather,
    character_of,
    judge,
    live,
    make_line,
)
from toolkit.simulation.character import Twice
from toolkit.simulation.machine import Machine
from toolkit.source import FolderTree, OverlayTree
from toolkit.workspace import Draft, drafts, load_workspace

KINDS = (
    *(Fault.UNREACHABLE, Fault.RESET, Fault.BUSY, Fault.WAIT_SECONDS, Fault.WAIT_BARE),
    *(Fault.LOST, Fault.BROKEN, Fault.SLOW_BODY, Fault.REFUSED),
)
# After these the post is out, and who asked does not know it.
TAKEN = frozenset({Fault.LOST, Fault.BROKEN, Fault.SLOW_BODY})
CALM = Weather(1)
DATA = Path(os.environ.get("LEITSTAND_TEST_DATA") or Path(__file__).parents[1] / "../shared/data") / "galaxy-social"
# How far the dispatcher looks ahead, so that a plan of years is not compared at each tick.
SIGHT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Past:
    """The history as it was. `tries` counts files x accounts, `failures` (post, account) → failed tries."""

    files: int
    retries: int
    tries: Counter[str]
    failed: Counter[str]
    failures: Mapping[tuple[str, str], int]
    half: int  # files of which some accounts got the post and others did not
    several: int  # files for more than one account
    never: int  # posts x accounts that were tried and never published
    twice: int  # posts x accounts that were published more than once


def read_past(export: Export) -> Past:
    """Count the record; copies of a post belong to the post."""
    tries: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    failures: Counter[tuple[str, str]] = Counter()
    published: Counter[tuple[str, str]] = Counter()
    for path, outcomes in export.outcomes.items():
        for account, outcome in outcomes.items():
            tries[account] += 1
            failed[account] += not outcome.published
            (published if outcome.published else failures)[root_name(path), account] += 1
    results = [[outcome.published for outcome in outcomes.values()] for outcomes in export.outcomes.values()]
    several = [one for one in results if len(one) > 1]
    return Past(
        files=len(export.outcomes),
        retries=sum(root_name(path) != path for path in export.outcomes),
        tries=tries,
        failed=failed,
        failures=failures,
        half=sum(any(one) and not all(one) for one in several),
        several=len(several),
        never=sum(key not in published for key in failures),
        twice=sum(count > 1 for count in published.values()),
    )


def without_copies(export: Export) -> Export:
    """The posts alone: a copy's accounts go to its post; a copy whose post is missing stands for it."""
    entries: dict[str, Entry] = {}
    for entry in sorted(export.entries, key=lambda one: (root_name(one.path) != one.path, one.path)):
        root = root_name(entry.path)
        first = entries.get(root, replace(entry, path=root))
        entries[root] = replace(first, channels=tuple(dict.fromkeys((*first.channels, *entry.channels))))
    outcomes: dict[str, dict[str, Outcome]] = {}
    for path, found in export.outcomes.items():
        outcomes.setdefault(root_name(path), {}).update(found)
    return replace(export, entries=tuple(entries.values()), outcomes=outcomes)


@dataclass(frozen=True, slots=True)
class Task:
    """One post for one account, and how often it failed in the record."""

    draft: Draft
    rendition: Rendition
    failures: int

    @property
    def planned(self) -> Planned:
        post, account = self.draft.post, self.draft.account
        if post.publish is None:
            raise ValueError(post.path)
        key, due = account_key(account), post.publish.instant()
        return Planned(post.uid, key, account.name, account.network, post.path, due, f"{due:%F %R}", "UTC", "")

    @property
    def order(self) -> Order:
        return Order(
            self.planned, True, Late.SEND, timedelta(hours=1), lambda: self.rendition, lambda: "", lambda _now: None
        )

    @property
    def last_part(self) -> str:
        """The key of the part at which it fails."""
        planned = self.planned
        return f"{planned.uid}::{planned.account_id}:post:{len(self.rendition.parts) - 1}"

    def restarted(self, kind: Fault) -> int:
        """How many parts would be out too often if the whole post were sent once more after each failure."""
        return self.failures * (len(self.rendition.parts) - 1 + (kind in TAKEN))


def read_tasks(export: Export, folder: Path) -> tuple[list[Task], int]:
    """Every post x account that the record tried, and how many of them a person publishes."""
    past, posts = read_past(export), without_copies(export)
    migration = migrate(posts, Wishes("replay", "UTC"))
    files = {post.path: post.text.encode() for post in migration.posts}
    tree = OverlayTree(FolderTree(folder), {**files, "leitstand.toml": migration.settings.encode()})
    workspace = load_workspace(folder, tree)
    sources = {post.uid: post.source for post in migration.posts}
    found = [
        (draft, source)
        for post in workspace.posts
        for draft in drafts(post, workspace.settings)
        if draft.account.name in posts.outcomes.get(source := sources[post.uid], {})
    ]
    tasks = [
        Task(draft, find_network(draft.account.network).render(draft), past.failures[source, draft.account.name])
        for draft, source in found
        if not draft.account.hand_off
    ]
    return tasks, len(found) - len(tasks)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The sky of a replay: `times` says which part fails how often."""

    kind: Fault
    times: Mapping[str, int]

    def fault(self, account: str, request: Request, times: int) -> Fault | None:  # noqa: ARG002  # the sky's interface
        return self.kind if request.ask is Ask.POST and times < self.times.get(request.key, 0) else None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of all tasks with one kind of failure. `met` counts the failures that befell."""

    kind: Fault
    verdict: Verdict
    met: int
    decisions: int
    restarted: int
    wall: float  # seconds
    simulated: timedelta

    @property
    def once(self) -> int:
        """Posts x accounts of which every part is out exactly once."""
        good: dict[tuple[str, str], bool] = {}
        for fate in self.verdict.fates:
            key = fate.row.uid, fate.row.account_id
            good[key] = good.get(key, True) and fate.ending is Ending.SENT and fate.copies == 1
        return sum(good.values())


@dataclass(slots=True)
class Stage:
    """The networks of one replay."""

    clock: SimulatedClock
    sky: Recorded
    accounts: Mapping[str, Account]
    networks: dict[str, SimulatedNetwork] = field(default_factory=dict)

    def line(self, account_id: str, _lease: Lease) -> Line:
        account = self.accounts[account_id]
        facts = find_network(account.network)
        if account_id not in self.networks:
            # The record shows that LinkedIn took the same text twice, so no network here refuses that.
            character = replace(character_of(facts, account_id, CALM, timedelta(days=1)), twice=Twice.TAKE)
            self.networks[account_id] = SimulatedNetwork(
                account_id, character, lambda: self.clock.true, self.sky, self.clock.wait
            )
        network = self.networks[account_id]
        memory = Memory()
        connection = make_line(network.character, network.answer, self.clock, vault=memory, notes=memory)
        settle, keys = timedelta(seconds=facts.settle), timedelta(seconds=facts.key_lifetime)
        return Line(account, connection, network.character.promise, settle, keys)


def send_again(ledger: Ledger, now: datetime) -> Iterator[Event]:
    """What `leitstand resolve POST CHANNEL --send-again` does, for everything that was refused."""
    for row in ledger.rows(states=(State.FAILED,)):
        event = ledger.resolve_again(row, now)
        if event is not None:
            yield event


def replay(tasks: Sequence[Task], kind: Fault) -> Result:
    """Publish all of it from the first day to the last; once a day a person sends again what a network refused."""
    began = time.perf_counter()
    orders = {task.order.key: task.order for task in tasks}
    accounts = {account_key(task.draft.account): task.draft.account for task in tasks}
    dues = [task.planned.due for task in tasks]
    first, last = min(dues) - timedelta(hours=1), max(dues) + timedelta(days=1)
    names = tuple((key, account.name, account.network) for key, account in accounts.items())
    clock = SimulatedClock(first)
    stage = Stage(clock, Recorded(kind, {task.last_part: task.failures for task in tasks}), accounts)
    wanted = Orders(orders, names)
    with tempfile.TemporaryDirectory() as folder, rehearsal_copy(Path(folder) / "none.sqlite", now=first) as ledger:
        ledger.bind(names, first)
        life = Life(
            ledger,
            lambda now: replace(
                wanted, orders={key: one for key, one in orders.items() if one.planned.due < now + SIGHT}
            ),
            stage.networks,
            stage.line,
            Shelf(lambda _file: b""),
            clock,
            Machine(CALM),
        )
        decisions: list[Event] = []
        live(life, last, lambda now: decisions.extend(send_again(ledger, now)))
        verdict = judge(ledger.rows(), wanted, stage.networks, first, last)
    return Result(
        kind,
        verdict,
        sum(network.met[kind] for network in stage.networks.values()),
        len(decisions),
        sum(task.restarted(kind) for task in tasks),
        time.perf_counter() - began,
        clock.true - first,
    )


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none"


def past_lines(past: Past) -> list[str]:
    """Their history in words."""
    networks = Counter[str]()
    failed = Counter[str]()
    for account, count in past.tries.items():
        networks[account.partition("-")[0]] += count
        failed[account.partition("-")[0]] += past.failed[account]
    by_network = ", ".join(f"{name} {share(failed[name], count)}" for name, count in networks.items())
    return [
        f"files                         {past.files}",
        f"tries (file x account)        {past.tries.total()}",
        f"failed                        {share(past.failed.total(), past.tries.total())}",
        f"  by network                  {by_network}",
        f"half published                {share(past.half, past.several)} of the files for several accounts",
        f"files named retry-            {share(past.retries, past.files)}",
        f"never published after all     {past.never} posts x accounts",
        f"published more than once      {past.twice} posts x accounts",
    ]


def result_lines(results: Sequence[Result], tasks: int) -> list[str]:
    """Our results as a table, a line for each kind of failure."""
    head = f"{'every failure as':22} {'befell':>6} {'once':>9} {'doubled':>7} {'lost':>5} {'people':>6}"
    lines = [f"{head} {'restarted':>9} {'seconds':>7} {'days':>5}"]
    for one in results:
        cells = (
            f"{one.kind.value:22} {one.met:6} {f'{one.once}/{tasks}':>9} {one.verdict.doubled:7} {one.verdict.lost:5}"
        )
        cells += f" {one.decisions + len(one.verdict.asking):6} {one.restarted:9}"
        lines.append(f"{cells} {one.wall:7.1f} {one.simulated.days:5}")
    return lines


def as_json(past: Past, results: Sequence[Result], tasks: int, by_hand: int) -> dict[str, object]:
    return {
        "files": past.files,
        "retry_files": past.retries,
        "tries": past.tries.total(),
        "failed": past.failed.total(),
        "half_published": past.half,
        "never": past.never,
        "deliveries": tasks,
        "by_hand": by_hand,
        "results": {
            one.kind.value: {
                "befell": one.met,
                "once": one.once,
                "doubled": one.verdict.doubled,
                "lost": one.verdict.lost,
                "people": one.decisions + len(one.verdict.asking),
                "restarted": one.restarted,
                "seconds": round(one.wall, 2),
                "simulated_days": one.simulated.days,
            }
            for one in results
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA, help="a checkout of galaxy-social")
    parser.add_argument("--kind", choices=[kind.value for kind in KINDS], help="only this kind of failure")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--strict", action="store_true", help="fail unless everything is out exactly once")
    chosen = parser.parse_args()
    if not chosen.folder.is_dir():
        sys.stdout.write(f"no checkout of galaxy-social in {chosen.folder}; name one\n")
        return
    export = read_export(chosen.folder)
    with tempfile.TemporaryDirectory() as folder:
        tasks, by_hand = read_tasks(export, Path(folder))
    kinds = [Fault(chosen.kind)] if chosen.kind else KINDS
    results = [replay(tasks, kind) for kind in kinds]
    past = read_past(export)
    if chosen.json:
        sys.stdout.write(json.dumps(as_json(past, results, len(tasks), by_hand), indent=2) + "\n")
    else:
        lines = [*past_lines(past), "", f"here: {len(tasks)} posts x accounts, and {by_hand} by hand", ""]
        sys.stdout.write("\n".join([*lines, *result_lines(results, len(tasks))]) + "\n")
    bad = [one.kind.value for one in results if one.once != len(tasks) or one.verdict.doubled or one.verdict.lost]
    if bad and chosen.strict:
        sys.exit(f"not everything is out exactly once: {', '.join(bad)}")


if __name__ == "__main__":
    main()
