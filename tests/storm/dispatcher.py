"""One dispatcher of the storm: the real ledger and the real tick, until it is killed or kills itself."""

from __future__ import annotations

import json
import random
import socket
import time
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from tests.storm.bugs import HopefulLine, plant
from tests.storm.fate import Fate, StormStore
from tests.storm.weather import CLASSES, Place, Weather, account_id, parts_of
from toolkit.dispatch import Desk, Lease, Line, Order, Orders, Patience, Shelf, tick
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, Limits, Planned, State, open_ledger
from toolkit.ledger.notes import AccountNotes
from toolkit.model import Clock, Count, Late, Message, MessageKind, Part, Promise, Rendition
from toolkit.networks.base import Notes
from toolkit.settings import Account
from toolkit.simulation import Request, make_line
from toolkit.simulation.brand import guarded
from toolkit.simulation.lines import Caller
from toolkit.simulation.traffic import PUBLISHING, Wire, reply_from
from toolkit.web import NotSent, Reply, Uncertain

OPEN = (State.PLANNED, State.SENDING, State.UNKNOWN)


def open_storm_ledger(weather: Weather, place: Place, fate: Fate, kind: type[Ledger] = Ledger) -> Ledger:
    """The storm's ledger, wherever it is: the one place where a storm opens one."""
    limits = Limits(attempts=12, hourly=1_000_000, lease=timedelta(seconds=weather.lease))
    opened = open_ledger(place.where(weather), now=datetime.now().astimezone(), limits=limits)
    fate.store = opened.store
    return kind(StormStore(opened.store, fate), opened.place, limits)


def make_wire(weather: Weather, place: Place, promise: str, fate: Fate) -> Wire:
    """Asks the storm's networks through their socket."""

    def ask(request: Request) -> Reply:
        asked = json.dumps({"promise": promise, "at": time.time(), "request": asdict(request)})
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(weather.request)
            try:
                line.connect(str(place.socket))
            except OSError as error:
                raise NotSent(str(error)) from error
            try:
                line.sendall(asked.encode() + b"\n")
                if request.ask in PUBLISHING:
                    fate("C3")
                data = line.makefile("rb").readline()
            except OSError as error:
                raise Uncertain(str(error)) from error
        if not data.endswith(b"\n"):
            raise Uncertain("no reply")
        return reply_from(data.decode())

    return ask


def planned_posts(weather: Weather, start: datetime) -> list[tuple[Planned, int]]:
    """Every post of the storm and its number of parts, all due at once."""
    posts = []
    for number in range(weather.posts):
        promise = CLASSES[number % len(CLASSES)]
        uid = f"P{number:05}"
        planned = Planned(uid, account_id(promise), promise, promise, f"content/posts/{uid}.md", start, "w", "UTC", "t")
        if weather.answers and number // len(CLASSES) % weather.answers == 0:
            planned = replace(planned, path="", occurrence="conversation", action="answer")
        posts.append((planned, parts_of(number, promise)))
    return posts


def _order(planned: Planned, parts: int) -> Order:
    count = Count(4, 500, "c")
    rendition = Rendition(
        planned.account, planned.network, "en", tuple(Part(f"{planned.uid} {part}", count) for part in range(parts))
    )
    order = Order(planned, True, Late.SEND, timedelta(hours=1), lambda: rendition, lambda: "", lambda _now: None)
    return replace(order, message=_asked(planned)) if planned.action == "answer" else order


def _asked(planned: Planned) -> Message:
    """What somebody else wrote, that a reply answers."""
    at = planned.due - timedelta(hours=1)
    return Message(f"asked-{planned.uid}", planned.account, MessageKind.COMMENT, "@somebody", "Na?", at)


def read_storm_orders(weather: Weather, start: datetime) -> Orders:
    """What the storm wants sent."""
    orders = [_order(planned, parts) for planned, parts in planned_posts(weather, start)]
    return Orders({order.key: order for order in orders}, tuple((account_id(name), name, name) for name in CLASSES))


def make_storm_desk(weather: Weather, place: Place, orders: Orders, fate: Fate) -> Desk:
    """The real desk, with the storm's orders and lines."""
    ledger = open_storm_ledger(weather, place, fate, plant(weather.bug))
    lease = Lease(fate.clock.elapsed)
    lines = {}
    for promise in CLASSES:
        wire = make_wire(weather, place, promise, fate)
        guarded_wire = wire if weather.bug == "no-fencing" else guarded(wire, lease)
        notes = AccountNotes(ledger.store, account_id(promise), fate.clock.now)
        lines[account_id(promise)] = _line(weather, promise, guarded_wire, fate.clock, notes)
    return Desk(
        ledger=ledger,
        orders=orders,
        open_line=lines.__getitem__,
        shelf=Shelf(lambda _file: b""),
        clock=fate.clock,
        lease=lease,
        patience=Patience(
            request=timedelta(seconds=weather.over),
            unclear=timedelta(seconds=weather.unclear),
            first_wait=timedelta(seconds=0.05),
            longest_wait=timedelta(seconds=0.5),
        ),
        crash=fate,
    )


def _line(weather: Weather, promise: Promise, wire: Wire, clock: Clock, notes: Notes) -> Line:
    account, character = Account(promise, promise, "@storm"), weather.character(promise)
    settle, lifetime = timedelta(seconds=weather.settle), timedelta(seconds=weather.key_lifetime)
    if weather.bug == "resend-blind" and promise is Promise.BLIND:
        return Line(account, HopefulLine(character, Caller(wire), clock), Promise.READ_BACK, settle, lifetime)
    return Line(account, make_line(character, wire, clock, notes=notes), promise, settle, lifetime)


def dispatch_until_killed(weather: Weather, place: Place, orders: Orders, number: int, forced: str) -> None:
    """Tick until nothing is left to do."""
    fate = Fate(weather, place, random.Random(f"{weather.seed}-{number}"), forced)
    desk = make_storm_desk(weather, place, orders, fate)
    while True:
        failed, happened = False, True
        try:
            happened = bool(tick(desk).events)
        except LedgerError:
            # As in the daemon: the next tick may be better.
            if not fate.full:
                raise
            failed = True
        fate.open_ledger(failed=failed)
        if not happened and not _left(desk.ledger):
            return
        if not happened:
            time.sleep(0.02)


def _left(ledger: Ledger) -> bool:
    """Whether anything is still to be done; the rest of a thread waits for the person who looks at its held part."""
    open_rows = ledger.rows(states=OPEN)
    if not open_rows:
        return False
    held = {row.thread for row in ledger.rows(states=(State.HELD,))}
    return not all(row.thread in held and row.state is State.PLANNED for row in open_rows)
