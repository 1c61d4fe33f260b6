"""Leitstand: the real ledger and the real tick. Lint, approvals and the reading of files are left out for all alike."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from benchmarks.race.network import ask
from benchmarks.race.plan import Plan
from toolkit.dispatch import Desk, Lease, Line, Order, Orders, Patience, Shelf, tick
from toolkit.ledger import Ledger, LedgerPlace, Limits, Planned, State, open_ledger
from toolkit.model import (
    Answer,
    Count,
    Late,
    Outcome,
    Part,
    Presence,
    Promise,
    Rendition,
    Sighting,
    SystemClock,
)
from toolkit.networks.base import Intent
from toolkit.settings import Account
from toolkit.web import NotSent

ACCOUNT_ID = "race:@brand"
# What stands in minutes by default, in seconds: a kill storm does not wait for minutes.
LIMITS = Limits(attempts=12, hourly=10**9, lease=timedelta(seconds=4))
SHORT = Patience(request=timedelta(seconds=1), unclear=timedelta(seconds=5), first_wait=timedelta(seconds=0.1))


class SocketLine:
    """An adapter for the race's network; its posts are found again by their text."""

    def __init__(self, path: str) -> None:
        self.path = path

    def send(self, intent: Intent) -> Answer:
        try:
            ask(self.path, intent.content.text)
        except (ConnectionRefusedError, FileNotFoundError) as error:
            raise NotSent(str(error)) from error
        return Answer(Outcome.ACCEPTED, remote_id=intent.content.text)

    def find(self, intent: Intent) -> Sighting:
        found = ask(self.path, f"?{intent.content.text}") == "1"
        return Sighting(Presence.FOUND if found else Presence.ABSENT, intent.content.text)

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        return {name: {} for name in remote_ids}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        raise NotImplementedError(remote_id, intent)

    def delete(self, remote_id: str) -> Answer:
        raise NotImplementedError(remote_id)


def place_of(plan: Plan) -> LedgerPlace:
    return LedgerPlace(plan.file, plan.address, "race" if plan.address else "")


def enqueue(plan: Plan) -> None:
    """Bring the plan into the ledger, as the first tick after a commit does."""
    before = datetime.fromtimestamp(plan.first, UTC) - timedelta(days=1)
    with open_ledger(place_of(plan), now=before) as ledger:
        ledger.bind([(ACCOUNT_ID, "race", "race")], before)
        ledger.plan([_planned(key, due) for key, due in plan.dues], before)


def _planned(key: str, due: float) -> Planned:
    moment = datetime.fromtimestamp(due, UTC)
    return Planned(
        key, ACCOUNT_ID, "race", "race", f"content/posts/{key}.md", moment, f"{moment:%Y-%m-%d %H:%M}", "UTC", "t"
    )


def _order(key: str, due: float) -> Order:
    rendition = Rendition("race", "race", "en", (Part(key, Count(len(key), 500, "c")),))
    return Order(
        _planned(key, due), True, Late.SEND, timedelta(hours=1), lambda: rendition, lambda: "", lambda _now: None
    )


def make_desk(plan: Plan, ledger: Ledger) -> Desk:
    clock = SystemClock()
    lease = Lease(clock.elapsed)
    promise = Promise.READ_BACK if plan.readable else Promise.BLIND
    line = Line(Account("race", "race", "@brand"), SocketLine(plan.socket), promise, settle=timedelta(seconds=0.5))
    orders = [_order(key, due) for key, due in plan.dues]
    everything = Orders({order.key: order for order in orders}, ((ACCOUNT_ID, "race", "race"),))
    return Desk(ledger, everything, lambda _id: line, Shelf(lambda _file: b""), clock, lease, SHORT)


def work(plan: Plan) -> None:
    """Tick, until nothing is left to do."""
    with open_ledger(place_of(plan), now=datetime.now(UTC), limits=LIMITS) as ledger:
        desk = make_desk(plan, ledger)
        while True:
            tick(desk)
            if not ledger.rows(states=(State.PLANNED, State.SENDING, State.UNKNOWN)):
                return
            time.sleep(plan.poll)


def held(plan: Plan) -> list[str]:
    """What waits for a person: nobody can tell whether it is out, and Leitstand does not guess."""
    with open_ledger(place_of(plan), now=datetime.now(UTC), read_only=True) as ledger:
        return [row.uid for row in ledger.rows(states=(State.HELD,))]


def durability(plan: Plan) -> str:
    """What the database itself says about its commits."""
    if plan.address:
        from benchmarks.race.postgres import durability as ask_postgres

        return ask_postgres(plan.address)
    with open_ledger(plan.file, now=datetime.now(UTC)) as ledger:
        said = [ledger.store.read(f"PRAGMA {name}")[0][name] for name in ("journal_mode", "synchronous")]
    return f"journal_mode={said[0]}, synchronous={said[1]}"
