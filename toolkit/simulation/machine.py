"""The machine that sends, and what befalls it: it dies, sleeps, is off, its clock jumps, its disk is full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta

from toolkit.errors import LedgerError
from toolkit.messages import _
from toolkit.simulation.clock import SimulatedClock
from toolkit.simulation.faults import Fault, Weather, dice
from toolkit.values import dataclass

# The share of a crash point: a chance is meant per tick that does something, and such a tick passes several.
PER_POINT = 0.2
# After these points the next thing is a write of the ledger.
WRITES = ("C1", "C4")


class Dies(BaseException):  # it stands for the death of the process, and nothing may catch it by the way
    """The dispatcher dies here."""

    def __init__(self, point: str) -> None:
        self.point = point
        super().__init__(point)


@dataclass(slots=True)
class Machine:
    """Faults of `weather` on one machine, by chance from its seed."""

    weather: Weather
    number: int = 0  # how often fate was asked
    off_until: datetime | None = None
    wrong_until: datetime | None = None
    met: dict[str, int] = field(default_factory=dict)

    def phase(self) -> float:
        """When within an interval it ticks, as a share of it: another one after each rest."""
        self.number += 1
        return dice(self.weather.seed, "phase", self.number).random()

    @property
    def restless(self) -> bool:
        """Whether the clock is wrong, so that any tick may have something to do."""
        return self.wrong_until is not None

    def crash_in(self, clock: SimulatedClock) -> Callable[[str], None]:
        """What a desk calls at each crash point."""

        def crash(point: str) -> None:
            if self._falls(Fault.CRASH, PER_POINT):
                raise Dies(point)
            if point in WRITES and self._falls(Fault.DISK, PER_POINT):
                # What the next write of the ledger says on a full disk.
                raise LedgerError(_("the ledger {path}: {error}").format(path="", error="database or disk is full"))
            if point == "C2" and self._falls(Fault.SLEEP):
                clock.wait(timedelta(minutes=1 + 90 * self._degree()))

        return crash

    def pass_time(self, clock: SimulatedClock) -> None:
        """Between two ticks: the clock jumps or is put right, the machine is switched off."""
        if self.wrong_until is not None and clock.true >= self.wrong_until:
            self.wrong_until, clock.error = None, timedelta()
        if self.wrong_until is None and self._falls(Fault.JUMP, 0.1):
            clock.error = timedelta(hours=4 * self._degree() - 2)
            self.wrong_until = clock.true + timedelta(minutes=5 + 25 * self._degree())
        if not self.is_off(clock.true) and self._falls(Fault.DOWN, 0.1):
            self.off_until = clock.true + timedelta(hours=6 * self._degree())

    def is_off(self, now: datetime) -> bool:
        return self.off_until is not None and now < self.off_until

    def _falls(self, fault: Fault, share: float = 1.0) -> bool:
        if not self.weather.has(fault):
            return False
        self.number += 1
        falls = dice(self.weather.seed, fault, self.number).random() < self.weather.chances[fault] * share
        if falls:
            self.met[fault] = self.met.get(fault, 0) + 1
        return falls

    def _degree(self) -> float:
        self.number += 1
        return dice(self.weather.seed, "degree", self.number).random()
