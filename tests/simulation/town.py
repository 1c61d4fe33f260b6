"""Orders of all classes without a workspace, and the histories that the real tick makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.dispatch import Lease, Line, Order, Orders, Patience, Shelf
from toolkit.ledger import Ledger, Limits, Planned, open_ledger
from toolkit.model import Count, Late, Part, Promise, Rendition
from toolkit.networks.base import Memory, Pace
from toolkit.settings import Account
from toolkit.simulation import (
    Character,
    Fault,
    History,
    Life,
    SimulatedClock,
    SimulatedNetwork,
    Sky,
    Verdict,
    Weather,
    judge,
    live,
    make_line,
)
from toolkit.simulation.brand import guarded
from toolkit.simulation.character import spoil
from toolkit.simulation.machine import Machine

START = datetime(2026, 12, 1, tzinfo=UTC)
CLASSES = (Promise.KEY, Promise.RKEY, Promise.TWO_STEP, Promise.READ_BACK, Promise.BLIND)
# What a person has to settle, by the network's own word.
FINAL = (Fault.REVOKED, Fault.REFUSED, Fault.GHOST, Fault.CONTAINER_ERROR)
SETTLE, KEYS = timedelta(seconds=60), timedelta(hours=1)


def passing(chance: float) -> Mapping[Fault, float]:
    """Every fault that is no answer of the network for good."""
    return {fault: chance for fault in Fault if fault not in FINAL}


def account_of(promise: Promise) -> str:
    return f"{promise}:@town"


@dataclass(frozen=True, slots=True)
class Post:
    """One post of one class."""

    uid: str
    promise: Promise
    due: datetime
    parts: int = 1
    late: Late = Late.SEND
    grace: timedelta = timedelta(hours=1)

    def order(self) -> Order:
        name = str(self.promise)
        planned = Planned(
            self.uid, account_of(self.promise), name, name, f"content/posts/{self.uid}.md", self.due, "w", "UTC", "t"
        )
        count = Count(9, 500, "c")
        texts = tuple(Part(f"{self.uid} {number}", count) for number in range(self.parts))
        rendition = Rendition(name, name, "en", texts)
        return Order(planned, True, self.late, self.grace, lambda: rendition, lambda: "", lambda _now: None)


def some_posts(count: int, days: float = 30) -> list[Post]:
    """Posts of all classes, spread evenly; every fourth is a thread of three."""
    step = timedelta(days=days) / count
    return [Post(f"P{n}", CLASSES[n % 5], START + step * n, 3 if n % 4 == 0 else 1) for n in range(count)]


@dataclass
class Town:
    """A ledger file, a network for each class, one machine, and a clock that is moved."""

    folder: Path
    weather: Weather
    posts: list[Post]
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(START))
    networks: dict[str, SimulatedNetwork] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    sky: Sky | None = None
    crash: Callable[[str], None] | None = None
    paces: tuple[Pace, ...] = ()
    keeps_pace: bool = True  # whether the dispatcher knows the networks' paces
    limits: Limits = field(default_factory=lambda: Limits(hourly=100_000))
    patience: Patience = field(default_factory=Patience)
    machine: Machine = field(init=False)

    def __post_init__(self) -> None:
        self.machine = Machine(self.weather)

    def open(self) -> Ledger:
        ledger = open_ledger(self.folder / "ledger.sqlite", now=self.clock.true, limits=self.limits)
        # Here a process dies by an exception; what reaches the disk when is the storm's subject.
        ledger.store.connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]  # a file's store
        ledger.bind(self.accounts, START - timedelta(seconds=1))
        return ledger

    @property
    def accounts(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((account_of(promise), str(promise), str(promise)) for promise in CLASSES)

    def orders(self) -> Orders:
        return Orders({order.key: order for order in (post.order() for post in self.posts)}, self.accounts)

    def network(self, promise: Promise) -> SimulatedNetwork:
        """The network of a class, made when it is first asked for."""
        name = account_of(promise)
        if name not in self.networks:
            calm = Character(promise=promise, key_lifetime=KEYS, paces=self.paces)
            character = spoil(calm, name, self.weather, SETTLE, timedelta(days=30))
            crash = self.crash or self.machine.crash_in(self.clock)
            self.networks[name] = SimulatedNetwork(
                name, character, lambda: self.clock.true, self.sky or self.weather, self.clock.wait, crash
            )
        return self.networks[name]

    def line(self, account_id: str, lease: Lease) -> Line:
        promise = Promise(account_id.partition(":")[0])
        network, memory = self.network(promise), self.memories.setdefault(account_id, Memory())
        wire = guarded(network.answer, lease)
        connection = make_line(network.character, wire, self.clock, vault=memory, notes=memory)
        paces = self.paces if self.keeps_pace else ()
        return Line(Account(str(promise), str(promise), "@town"), connection, promise, SETTLE, KEYS, paces)

    def life(self, ledger: Ledger) -> Life:
        shelf = Shelf(lambda _file: b"")
        orders = self.orders()
        return Life(
            ledger,
            lambda _now: orders,
            self.networks,
            self.line,
            shelf,
            self.clock,
            self.machine,
            patience=self.patience,
        )

    def live(self, days: float = 30) -> tuple[History, Verdict]:
        """One history of so many days, and its verdict."""
        ends = START + timedelta(days=days)
        with self.open() as ledger:
            history = live(self.life(ledger), ends)
            return history, judge(ledger.rows(), self.orders(), self.networks, START, ends)


def endings(verdict: Verdict) -> Sequence[str]:
    """Account and ending of every message that is not simply sent once."""
    return [f"{f.row.key} {f.ending} {f.copies}: {f.why}" for f in verdict.fates if f.copies != 1]
