"""One dispatcher of the storm: the real ledger and the real tick, until it is killed or kills itself."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from tests.storm.weather import CLASSES, Place, Weather, account_id, parts_of
from toolkit.dispatch import Desk, Lease, Line, Order, Orders, Patience, Shelf, tick
from toolkit.ledger import Event, Ledger, LedgerPlace, Limits, Planned, Row, State
from toolkit.ledger.sqlite import SqliteStore
from toolkit.ledger.sqlite import connect as connect_ledger
from toolkit.model import Answer, Count, Late, Outcome, Part, Presence, Promise, Rendition, Sighting, SystemClock
from toolkit.networks.base import Intent
from toolkit.settings import Account
from toolkit.web import NotSent


@dataclass
class Fate:
    """Kills this process at a crash point: surely at `forced`, by chance at any other."""

    weather: Weather
    place: Place
    chance: random.Random
    forced: str

    def __call__(self, point: str) -> None:
        # Looking up is rare, commits are many; so each point is met about as often.
        rarity = {"C6": 10.0, "C7": 0.3}.get(point, 1.0)
        if point == self.forced or self.chance.random() < self.weather.own_kill * rarity:
            hits = os.open(self.place.hits, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(hits, f"{point}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, statement: str) -> None:
        """C7: between the statements of a transaction and its commit."""
        if statement == "COMMIT":
            self("C7")


@dataclass
class StormConnection:
    """A line to the storm's network."""

    weather: Weather
    place: Place
    promise: str
    fate: Fate

    def send(self, intent: Intent) -> Answer:
        at = time.time()
        request = {"op": "send", "key": intent.key, "previous": intent.previous, "at": str(at)}
        reply = self._ask(request, crash=True)
        if reply["status"] != 200:
            return Answer(Outcome.UNKNOWN, reason=f"HTTP {reply['status']}")
        return Answer(Outcome.ACCEPTED, str(reply["id"]), f"https://storm.example/{reply['id']}")

    def find(self, intent: Intent) -> Sighting:
        if self.promise == "blind":
            return Sighting(Presence.UNCLEAR)
        found = self._ask({"op": "find", "key": intent.key})["ids"]
        ids = found if isinstance(found, list) else []
        if len(ids) > 1:
            return Sighting(Presence.UNCLEAR, reason="more than one fits")
        return Sighting(Presence.FOUND, ids[0], "u") if ids else Sighting(Presence.ABSENT)

    def _ask(self, request: dict[str, str], *, crash: bool = False) -> dict[str, object]:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(self.weather.request)
            try:
                line.connect(str(self.place.socket))
            except OSError as error:
                raise NotSent(str(error)) from error
            line.sendall(json.dumps({"promise": self.promise, **request}).encode() + b"\n")
            if crash:
                self.fate("C3")
            data = line.makefile("rb").readline()
        if not data.endswith(b"\n"):
            raise ConnectionResetError("no reply")
        reply = json.loads(data)
        return dict(reply)

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        return Answer(Outcome.REFUSED)

    def delete(self, remote_id: str) -> Answer:
        return Answer(Outcome.REFUSED)


class CarelessLedger(Ledger):
    """A ledger without an intent row: what a scheduler does that writes down only what is over."""

    def intend(self, row: Row, now: datetime, *, rendition: str, hashes: Sequence[str], commit: str) -> Row | None:
        self.write_down = partial(super().intend, row, rendition=rendition, hashes=hashes, commit=commit)
        return row

    def confirm(self, row: Row, now: datetime, remote_id: str, url: str) -> Event | None:
        if row.state is State.CLAIMED:
            self.write_down(now)
        return super().confirm(row, now, remote_id, url)

    def doubt(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self.release(row, now, reason)


def planned_posts(weather: Weather, start: datetime) -> list[tuple[Planned, int]]:
    """Every post of the storm and its number of parts, all due at once."""
    posts = []
    for number in range(weather.posts):
        promise = CLASSES[number % len(CLASSES)]
        uid = f"P{number:05}"
        planned = Planned(uid, account_id(promise), promise, promise, f"content/posts/{uid}.md", start, "w", "UTC", "t")
        posts.append((planned, parts_of(number, promise)))
    return posts


def _order(planned: Planned, parts: int) -> Order:
    count = Count(4, 500, "c")
    rendition = Rendition(
        planned.account, planned.network, "en", tuple(Part(f"{planned.uid} {part}", count) for part in range(parts))
    )
    return Order(planned, True, Late.SEND, timedelta(hours=1), lambda: rendition, lambda: "", lambda _now: None)


def make_storm_desk(weather: Weather, place: Place, start: datetime, fate: Fate) -> Desk:
    """The real desk, with the storm's orders and lines."""
    clock = SystemClock()
    orders = [_order(planned, parts) for planned, parts in planned_posts(weather, start)]
    lines = {account_id(promise): _line(weather, place, promise, fate) for promise in CLASSES}
    limits = Limits(attempts=12, hourly=1_000_000, lease=timedelta(seconds=weather.lease))
    connection = connect_ledger(place.ledger)
    connection.set_trace_callback(fate.watch)
    store = SqliteStore(connection, str(place.ledger))
    return Desk(
        ledger=(Ledger if weather.intent else CarelessLedger)(store, LedgerPlace(place.ledger), limits),
        orders=Orders(
            {order.key: order for order in orders}, tuple((account_id(name), name, name) for name in CLASSES)
        ),
        open_line=lines.__getitem__,
        shelf=Shelf(lambda _file: b""),
        clock=clock,
        lease=Lease(clock.elapsed),
        patience=Patience(
            request=timedelta(seconds=weather.over),
            unclear=timedelta(seconds=weather.unclear),
            first_wait=timedelta(seconds=0.05),
            longest_wait=timedelta(seconds=0.5),
        ),
        crash=fate,
    )


def _line(weather: Weather, place: Place, promise: str, fate: Fate) -> Line:
    account = Account(promise, promise, "@storm")
    settle, lifetime = timedelta(seconds=weather.settle), timedelta(seconds=weather.key_lifetime)
    return Line(account, StormConnection(weather, place, promise, fate), Promise(promise), settle, lifetime)


def dispatch_until_killed(weather: Weather, place: Place, start: datetime, number: int, forced: str) -> None:
    """Tick until nothing is left to do."""
    fate = Fate(weather, place, random.Random(f"{weather.seed}-{number}"), forced)
    desk = make_storm_desk(weather, place, start, fate)
    while True:
        result = tick(desk)
        held = {row.thread for row in desk.ledger.rows(states=(State.HELD,))}
        open_rows = desk.ledger.rows(states=(State.PLANNED, State.CLAIMED, State.SENDING, State.UNKNOWN))
        # The rest of a thread waits for the person who looks at its held part.
        if all(row.thread in held and row.state is State.PLANNED for row in open_rows):
            return
        if not result.events:
            time.sleep(0.05)
