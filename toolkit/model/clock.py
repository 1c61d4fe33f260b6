"""Clocks. Only composition roots make one; everything else is handed `now` or a `Clock`."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model.walltime import in_range
from toolkit.values import dataclass


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""

    def elapsed(self) -> float:
        """Seconds that only grow, counted through suspend where the system can."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        # CLOCK_BOOTTIME goes on while a laptop sleeps; CLOCK_MONOTONIC does not.
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boottime is None else time.clock_gettime(boottime)


@dataclass
class SetClock:
    """A clock that stands where it was set: `--now`, simulations, tests. `ticking` lets only `elapsed` go on."""

    moment: datetime
    seconds: float = 0.0
    ticking: bool = False

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def elapsed(self) -> float:
        return SystemClock().elapsed() if self.ticking else self.seconds


def read_clock(said: str, name: str) -> SetClock:
    """The clock that stands at `said`; raises `UsageError` for what is no ISO time with an offset: UTC is not guessed.

    `name` is the option or variable that said it.
    """
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not in_range(moment):
        example = "2026-11-21T12:00+01:00"
        message = _("{name} needs a time with an offset, such as {example}, not {said!r}")
        raise UsageError(message.format(name=name, example=example, said=said))
    return SetClock(moment, ticking=True)
