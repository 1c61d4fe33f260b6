"""The clock of a simulated machine: true time goes on as it is moved, what the machine believes may be wrong."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta

from toolkit.values import dataclass


@dataclass(slots=True)
class SimulatedClock:
    """`true` is the time of the world, also of the networks; `error` is how far the machine's wall clock is ahead."""

    true: datetime
    seconds: float = 0.0
    error: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return self.true + self.error

    def elapsed(self) -> float:
        return self.seconds

    def wait(self, passed: timedelta) -> None:
        """Let time pass for everybody."""
        self.true += passed
        self.seconds += passed.total_seconds()

    def wait_until(self, moment: datetime) -> None:
        """Let time pass until `moment`; nothing happens when it is over."""
        self.wait(max(moment - self.true, timedelta()))
