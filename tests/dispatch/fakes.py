"""A network that behaves as badly as real ones, and desks that send to it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.ledger.ledgers import connection_of
from toolkit.community import Pause
from toolkit.dispatch import Desk, Lease, Line, Order, Orders, Patience, Shelf
from toolkit.dispatch.returning import with_lost_times
from toolkit.ledger import Ledger, LedgerPlace, Limits, Planned, ledger_path, open_ledger
from toolkit.model import Answer, Count, Late, Outcome, Part, Presence, Promise, Rendition, SetClock, Sighting
from toolkit.networks.base import Intent
from toolkit.settings import Account
from toolkit.web import NotSent

START = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
DUE = START + timedelta(hours=1)
ACCOUNT_ID = "fake:@nordlicht"
LAG = timedelta(seconds=5)
KEY_LIFETIME = timedelta(hours=1)
SETTLE = timedelta(seconds=60)


class Crash(BaseException):  # it stands for the death of the process
    """The dispatcher dies here."""


@dataclass
class FakeNetwork:
    """One account's network. `moods` says how each of the next requests goes; when they are used up: well."""

    clock: SetClock
    promise: Promise = Promise.READ_BACK
    moods: list[str] = field(default_factory=list)
    published: list[tuple[str, int, str, datetime]] = field(default_factory=list)  # key, part, text, when
    requests: int = 0
    keys: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    slow_look: timedelta = timedelta()  # how long the answer to a look-up takes
    retry_after: timedelta = timedelta(minutes=5)
    blind_spots: int = 0  # how many look-ups fail
    crash: Callable[[str], None] = lambda _point: None

    def send(self, intent: Intent) -> Answer:
        mood = self.moods.pop(0) if self.moods else "accept"
        if mood == "not sent":
            raise NotSent("no route to host")
        self.requests += 1
        if mood == "reset before":
            raise ConnectionResetError("reset before it was accepted")
        if mood in ("refuse", "later", "duplicate", "overloaded"):
            return self._declined(mood)
        remote_id = self._accept(intent)
        self.crash("C3")
        if mood == "reply lost":
            raise TimeoutError("no reply")
        if mood == "500":
            return Answer(Outcome.UNKNOWN, reason="HTTP 500")
        return Answer(Outcome.ACCEPTED, remote_id, f"https://fake.example/{remote_id}")

    def _declined(self, mood: str) -> Answer:
        match mood:
            case "refuse":
                return Answer(Outcome.REFUSED, reason="text too long")
            case "later":
                return Answer(Outcome.LATER, reason="429", retry_at=self.clock.now() + self.retry_after)
            case "duplicate":
                return Answer(Outcome.DUPLICATE, reason="has this already")
            case _:
                return Answer(Outcome.LATER, reason="503")

    def _accept(self, intent: Intent) -> str:
        now = self.clock.now()
        known = self.keys.get(intent.key)
        if known is not None and (
            self.promise is Promise.RKEY or (self.promise is Promise.KEY and now - known[1] < KEY_LIFETIME)
        ):
            return known[0]
        remote_id = str(len(self.published) + 1)
        self.published.append((intent.key, intent.part, intent.content.text, now))
        self.keys[intent.key] = (remote_id, now)
        return remote_id

    def find(self, intent: Intent) -> Sighting:
        if self.blind_spots:
            self.blind_spots -= 1
            return Sighting(Presence.UNCLEAR, reason="the server does not answer")
        visible = [
            str(index)
            for index, (key, _part, _text, at) in enumerate(self.published, 1)
            if key == intent.key and self.clock.now() - at >= LAG
        ]
        self.clock.moment += self.slow_look
        if len(visible) > 1:
            return Sighting(Presence.UNCLEAR, reason="more than one fits")
        if visible:
            return Sighting(Presence.FOUND, visible[0], f"https://fake.example/{visible[0]}")
        return Sighting(Presence.ABSENT)

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        return Answer(Outcome.REFUSED)

    def delete(self, remote_id: str) -> Answer:
        return Answer(Outcome.REFUSED)


@dataclass
class Tree:
    """What a workspace would say about one post, to be changed between ticks."""

    uid: str = "A"
    due: datetime = DUE
    texts: tuple[str, ...] = ("Hello",)
    ready: bool = True
    late: Late = Late.ASK
    grace: timedelta = timedelta(hours=1)
    obstacle: str = ""
    pause: Pause | None = None
    render: Callable[[], Rendition] | None = None

    def order(self) -> Order:
        planned = Planned(
            uid=self.uid,
            account_id=ACCOUNT_ID,
            account="fake",
            network="fake",
            path=f"content/posts/{self.uid}.md",
            due=self.due,
            wall=f"{self.due:%Y-%m-%d %H:%M}",
            zone="UTC",
            tzdata="2026f",
            commit="c0ffee",
        )
        return Order(
            planned,
            self.ready,
            self.late,
            self.grace,
            self.render or self._rendition,
            lambda: self.obstacle,
            lambda now: self.pause if self.pause and self.pause.in_force(now) else None,
        )

    def orders(self) -> list[Order]:
        """The post, and in other trees what follows it."""
        return [self.order()]

    def _rendition(self) -> Rendition:
        return Rendition("fake", "fake", "en", tuple(Part(text, Count(len(text), 500, "c")) for text in self.texts))


@dataclass
class Office:
    """A ledger file, a network, a clock that is moved by hand, and a tick."""

    place: LedgerPlace
    clock: SetClock
    network: FakeNetwork
    trees: list[Tree]
    unreadable: dict[str, str] = field(default_factory=dict)
    crash: Callable[[str], None] = lambda _point: None
    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    media: dict[str, bytes] = field(default_factory=dict)
    settle: timedelta = SETTLE

    def desk(self, ledger: Ledger) -> Desk:
        orders = {order.key: order for tree in self.trees for order in tree.orders()}
        return Desk(
            ledger=ledger,
            orders=with_lost_times(Orders(orders, ((ACCOUNT_ID, "fake", "fake"),), "c0ffee", self.unreadable), ledger),
            open_line=lambda _account_id: self.line(),
            shelf=Shelf(self.media.__getitem__),
            clock=self.clock,
            lease=Lease(self.clock.elapsed),
            patience=self.patience,
            crash=self.crash,
        )

    def line(self) -> Line:
        account = Account("fake", "fake", "@nordlicht")
        return Line(account, self.network, self.network.promise, self.settle, KEY_LIFETIME)

    def open(self) -> Ledger:
        ledger = open_ledger(self.place, now=self.clock.now(), limits=self.limits)
        if not self.place.shared:
            # Here a process dies by an exception; what reaches the disk when is the storm's subject.
            connection_of(ledger).execute("PRAGMA synchronous = OFF")
        return ledger

    def wait(self, **delta: float) -> None:
        """Let time pass, on both clocks."""
        passed = timedelta(**delta)
        self.clock.moment += passed
        self.clock.seconds += passed.total_seconds()


SERVER = ""  # the address of the database that the ledgers of a test are in; "": they are files


def find_place(folder: Path) -> LedgerPlace:
    """Where the ledger of the office in `folder` is."""
    schema = hashlib.sha256(str(folder).encode()).hexdigest()[:20] if SERVER else ""
    return LedgerPlace(ledger_path(folder), SERVER, schema)


def make_office(folder: Path, promise: Promise = Promise.READ_BACK, *trees: Tree) -> Office:
    """An office at START with an empty ledger that knows the account."""
    clock = SetClock(START)
    office = Office(find_place(folder), clock, FakeNetwork(clock, promise), list(trees) or [Tree()])
    with office.open() as ledger:
        ledger.bind([(ACCOUNT_ID, "fake", "fake")], START)
    return office
