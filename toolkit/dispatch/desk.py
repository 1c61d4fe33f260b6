"""What a dispatcher works with during one tick: everything is handed in, nothing is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from toolkit.dispatch.lease import Lease
from toolkit.dispatch.line import OpenLine, Shelf
from toolkit.dispatch.order import Orders
from toolkit.ledger import Event, Ledger
from toolkit.model import Clock
from toolkit.values import dataclass


def told(event: Event | None) -> Iterator[Event]:
    """The event as something to yield from; nothing when another dispatcher was faster and nothing changed."""
    if event is not None:
        yield event


def no_crash(_point: str) -> None:
    """The crash points do nothing, except in the tests that kill the dispatcher there."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what."""

    # After this a request is over, whatever became of it. Above the guarded client's own limit.
    request: timedelta = timedelta(seconds=60)
    # How long an unclear look-up is repeated before a person is asked.
    unclear: timedelta = timedelta(minutes=10)
    # First wait after "later" or an unreachable network, doubled each time up to the longest.
    first_wait: timedelta = timedelta(minutes=1)
    longest_wait: timedelta = timedelta(minutes=15)
    most_waits: int = 12
    # A key is replayed only in this part of its lifetime.
    young: float = 0.5

    def after(self, waits: int) -> timedelta:
        """How long to wait after having been put off `waits` times before."""
        return min(self.first_wait * float(2 ** min(waits, 16)), self.longest_wait)


@dataclass(frozen=True, slots=True)
class Desk:
    """Ledger, orders, lines and clock of one tick."""

    ledger: Ledger
    orders: Orders
    open_line: OpenLine
    shelf: Shelf
    clock: Clock
    lease: Lease
    patience: Patience = Patience()
    crash: Callable[[str], None] = no_crash
    # Whose clock this is, for noticing that it was set; "" for a clock that somebody sets on purpose.
    machine: str = ""
    # A rehearsal does everything but talk to networks, on a copy of the ledger.
    rehearsal: bool = False

    @property
    def now(self) -> datetime:
        return self.clock.now()
