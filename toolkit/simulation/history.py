"""One history: the real tick, again and again, on a ledger in memory and a clock that is moved to where something happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final

from toolkit.dispatch import Desk, Lease, Line, Orders, Patience, Shelf, TickResult, tick
from toolkit.errors import LedgerError
from toolkit.ledger import Event, Ledger, Row, State
from toolkit.simulation.clock import SimulatedClock
from toolkit.simulation.machine import Dies, Machine
from toolkit.simulation.network import SimulatedNetwork
from toolkit.simulation.people import decide
from toolkit.values import dataclass

OPEN: Final = (State.SENDING, State.UNKNOWN)
# While something waits for a reason that nothing but a person ends, a look now and then is enough.
REST: Final = timedelta(minutes=5)
LONG: Final = timedelta(hours=3)
# How long it goes on after the last due time, so that everything comes to its end.
AFTERMATH: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Life:
    """What lives in a history: the ledger, the orders of each moment, networks and lines by account_id."""

    ledger: Ledger
    orders: Callable[[datetime], Orders]
    networks: Mapping[str, SimulatedNetwork]
    open_line: Callable[[str, Lease], Line]
    shelf: Shelf
    clock: SimulatedClock
    machine: Machine
    interval: timedelta = timedelta(seconds=60)
    patience: Patience = field(default_factory=Patience)
    # People who decide about what is held, missed or failed.
    people: bool = False


@dataclass(slots=True)
class History:
    """What happened, besides what stands in the ledger and in the networks' records."""

    begins: datetime
    ends: datetime
    ticks: int = 0
    deaths: int = 0
    failures: int = 0
    decisions: int = 0
    events: list[Event] = field(default_factory=list)
    waiting: tuple[Row, ...] = ()
    troubles: Counter[str] = field(default_factory=Counter)


def live(life: Life, ends: datetime, watch: Callable[[datetime], None] = lambda _now: None) -> History:
    """Live from the clock's moment until `ends` and everything due by then has come to its end."""
    history = History(life.clock.true, ends)
    last = ends + AFTERMATH
    orders, day = life.orders(life.clock.true), life.clock.true
    # Nobody's daemon ticks at full minutes.
    life.clock.wait(life.interval * life.machine.phase())
    while life.clock.true <= last:
        if life.clock.true - day >= timedelta(days=1):
            orders, day = life.orders(life.clock.true), life.clock.true
            watch(min(day, ends))
        began = life.clock.true
        happened = _beat(life, orders, history)
        if not happened and began >= ends and not _busy(life, began):
            break
        life.clock.wait_until(_next(life, began, happened=happened, last=last, day=day))
    watch(ends)
    history.waiting = tuple(life.ledger.rows(states=(State.PLANNED,)))
    return history


def _beat(life: Life, orders: Orders, history: History) -> bool:
    """One tick, unless the machine is off; whether anything happened."""
    life.machine.pass_time(life.clock)
    if life.machine.is_off(life.clock.true):
        return False
    try:
        result = _tick(life, orders)
    except Dies as death:
        history.deaths += 1
        history.troubles[death.point] += 1
        return True
    except LedgerError:
        # As in the daemon: the next tick may be better.
        history.failures += 1
        return True
    finally:
        history.ticks += 1
    decided = decide(life.ledger, life.networks, life.clock.true) if life.people else 0
    history.decisions += decided
    history.events += result.events
    return bool(result.events or decided)


def _tick(life: Life, orders: Orders) -> TickResult:
    lease = Lease(life.clock.elapsed)
    desk = Desk(
        ledger=life.ledger,
        orders=orders,
        open_line=lambda account_id: life.open_line(account_id, lease),
        shelf=life.shelf,
        clock=life.clock,
        lease=lease,
        patience=life.patience,
        crash=life.machine.crash_in(life.clock),
        machine="simulated",
    )
    return tick(desk)


def _busy(life: Life, now: datetime) -> bool:
    """Whether something is on its way."""
    return bool(life.ledger.rows(states=OPEN)) or any(_alive(life, row) for row in life.ledger.overdue(now))


def _alive(life: Life, row: Row) -> bool:
    """Whether an overdue row will still move by itself: not when it says why it waits and nothing puts an end to it."""
    return not row.reason or (row.not_before is not None and row.not_before > row.updated_at) or life.people


def _next(life: Life, began: datetime, *, happened: bool, last: datetime, day: datetime) -> datetime:
    """The next tick that may have something to do; the ones between would do nothing."""
    if happened or life.machine.restless or life.ledger.rows(states=OPEN):
        return began + life.interval
    moments = [last + life.interval, day + timedelta(days=1), *_moments(life, began)]
    return max(began + life.interval, min(moments) + life.interval * life.machine.phase())


def _moments(life: Life, now: datetime) -> Iterator[datetime]:
    for row in life.ledger.rows(states=(State.PLANNED,)):
        if row.due > now:
            yield row.due
    for row in life.ledger.overdue(now):
        again = row.not_before or now
        yield again if again > now else now + (REST if now - row.updated_at < LONG else 12 * REST)
    if life.people and life.ledger.rows(states=(State.HELD, State.MISSED, State.FAILED)):
        yield now + REST
