"""The daemon's loop: it ticks whatever happens to clocks, ticks and signals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from toolkit.dispatch import TickResult
from toolkit.dispatch.daemon import Daemon, Notice, ScheduledJobs, Stopped
from toolkit.errors import LedgerError
from toolkit.ledger import Event, Planned, State, open_ledger

START = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
EVENT = Event(
    1, START, 1, "A", "", "feed:news", "news", "post", 0, "content/posts/a.md", "sending", State.CONFIRMED, "", "u"
)


@dataclass
class World:
    """A machine whose clock people and summer time may change; `elapsed` goes on as it does in life."""

    wall: datetime = START
    seconds: float = 0.0
    shift: dict[float, timedelta] = field(default_factory=dict)  # at which second the wall clock jumps by how much

    def now(self) -> datetime:
        return self.wall

    def elapsed(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        before = self.seconds
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)
        for at, by in self.shift.items():
            if before < at <= self.seconds:
                self.wall += by


def nothing(_between: Callable[[], None]) -> TickResult:
    return TickResult(START, "", (), ())


def silent(_said: object) -> None:
    """Nobody listens."""


def kinds(lines: list[Notice]) -> list[str]:
    return [line.kind for line in lines]


def drive(world: World, daemon: Daemon, seconds: float, *, watchdog: bool = True) -> list[float]:
    """Run the loop and the watchdog in simulated time; the seconds at which it ticked."""
    ticked: list[float] = []

    def beat() -> None:
        ticked.append(world.seconds)
        daemon.beat()

    class WallClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # as schedule calls it
            return world.wall.replace(tzinfo=tz)

    jobs = ScheduledJobs(daemon.interval, beat)
    looked = world.seconds
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schedule.datetime", SimpleNamespace(datetime=WallClock, timedelta=timedelta))
        while world.seconds < seconds:
            jobs.run_pending()
            if watchdog and world.seconds - looked >= daemon.interval:
                looked, before = world.seconds, daemon.ticks
                daemon.watch(jobs.rearm)
                ticked += [world.seconds] * (daemon.ticks - before)
            world.sleep(0.5)
    return ticked


def longest_silence(ticked: list[float]) -> float:
    return max(later - earlier for earlier, later in zip([0.0, *ticked], ticked, strict=False))


def test_it_ticks_at_its_interval() -> None:
    """On a calm clock it ticks every interval, and the watchdog has nothing to say."""
    world, lines = World(), list[Notice]()
    daemon = Daemon(nothing, world, silent, lines.append, interval=20)
    ticked = drive(world, daemon, 600)
    assert len(ticked) == 29
    assert longest_silence(ticked) <= 21
    assert lines == []


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(hours=2), timedelta(days=-365)])
def test_a_clock_that_jumps_does_not_silence_it(jump: timedelta) -> None:
    """When somebody sets the clock back by hours, the watchdog ticks within four intervals and the beat goes on."""
    world, lines = World(shift={300.0: jump}), list[Notice]()
    daemon = Daemon(nothing, world, silent, lines.append, interval=20)
    ticked = drive(world, daemon, 900)
    assert longest_silence(ticked) <= 4 * 20
    assert len(ticked) >= 900 / 20 - 5
    assert kinds(lines) == (["watchdog"] if jump < timedelta(0) else [])


def test_without_the_watchdog_it_would_be_silent() -> None:
    """The same jump without the watchdog: `schedule` alone stands still until the clock has caught up."""
    world = World(shift={300.0: timedelta(hours=-2)})
    ticked = drive(world, Daemon(nothing, world, silent, silent, interval=20), 900, watchdog=False)
    assert max(ticked) <= 300


def test_a_failing_tick_is_one_line_and_counted() -> None:
    """Neither an expected nor an unexpected exception ends the daemon; the next good tick ends the count."""
    world, lines = World(), list[Notice]()
    troubles: list[Exception | None] = [LedgerError("the ledger is\nlocked"), ZeroDivisionError("boom"), None]

    def tick(_between: Callable[[], None]) -> TickResult:
        trouble = troubles.pop(0)
        if trouble is not None:
            raise trouble
        return TickResult(START, "", (EVENT,), ())

    told = list[Event]()
    daemon = Daemon(tick, world, told.extend, lines.append, interval=20)
    assert [daemon.beat() for _n in range(3)] == [True, True, True]
    assert [line.text for line in lines] == [
        "tick failed, 1 in a row: the ledger is locked",
        "tick failed, 2 in a row: ZeroDivisionError: boom",
        "ticking again, after 2 failed in a row",
    ]
    assert told == [EVENT]
    assert (daemon.ticks, daemon.failures) == (3, 2)


def test_a_long_outage_is_a_few_lines() -> None:
    """The same failure a thousand times is said ten times; another one is said at once."""
    world, lines = World(), list[Notice]()
    said = ["the database is away"] * 1000 + ["the disk is full"]

    def tick(_between: Callable[[], None]) -> TickResult:
        raise LedgerError(said.pop(0))

    daemon = Daemon(tick, world, silent, lines.append, interval=20)
    for _n in range(1001):
        daemon.beat()
    assert [line.details["in_a_row"] for line in lines] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1001]
    assert daemon.failures == 1001


def test_two_ticks_never_run_at_once() -> None:
    """While a tick takes long, another beat and the watchdog leave it alone."""
    world, lines = World(), list[Notice]()
    inside, leave = threading.Event(), threading.Event()

    def slow(_between: Callable[[], None]) -> TickResult:
        inside.set()
        leave.wait(10)
        return nothing(_between)

    daemon = Daemon(slow, world, silent, lines.append, interval=20)
    thread = threading.Thread(target=daemon.beat)
    thread.start()
    assert inside.wait(10)
    world.seconds = 500
    assert daemon.beat() is False
    daemon.watch(lambda: None)
    leave.set()
    thread.join(10)
    assert daemon.ticks == 1
    assert lines == []


def test_stopping_lets_the_part_in_flight_finish() -> None:
    """A stop in the middle of a tick ends it between two parts, and what was done is said."""
    world, lines, sent = World(), list[Notice](), list[int]()

    def tick(between: Callable[[], None]) -> TickResult:
        for part in range(5):
            sent.append(part)
            if part == 1:
                daemon.stop()  # a signal, while part 1 is on its way
            try:
                between()
            except Stopped:
                raise Stopped([EVENT] * len(sent)) from None
        return nothing(between)

    told = list[Event]()
    daemon = Daemon(tick, world, told.extend, lines.append, interval=20)
    daemon.run(ScheduledJobs(20, daemon.beat), world.sleep)
    assert sent == [0, 1]
    assert kinds(lines) == ["started", "stopped"]
    assert told == [EVENT, EVENT]
    assert lines[-1].details == {"ticks": 1, "failures": 0}


def test_it_tells_that_it_is_alive() -> None:
    """Every tick, also a failed one, and every part between is a sign of life for the supervisor."""
    world, signs = World(), list[int]()

    def tick(between: Callable[[], None]) -> TickResult:
        between()
        raise ZeroDivisionError

    daemon = Daemon(tick, world, silent, silent, interval=20, alive=lambda: signs.append(1))
    daemon.beat()
    assert len(signs) == 2


def test_what_waits_is_said_once(tmp_path: Path) -> None:
    """A row that an event has spoken of is no second line; another reason is."""
    world, lines = World(), list[Notice]()
    with open_ledger(tmp_path / "ledger.sqlite", now=START) as ledger:
        ledger.plan([Planned("A", "feed:news", "news", "feed", EVENT.path, START, "", "UTC", "")], START)
        row = replace(ledger.rows()[0], reason="on hold")
    noted = replace(EVENT, row_id=row.id, old="planned", state=State.PLANNED, detail="on hold")
    results = [
        TickResult(START, "", (noted,), (row,)),
        TickResult(START, "", (), (row,)),
        TickResult(START, "", (), (replace(row, reason="no token"),)),
    ]
    daemon = Daemon(lambda _between: results.pop(0), world, silent, lines.append, interval=20)
    for _n in range(3):
        daemon.beat()
    assert [line.text for line in lines] == ["content/posts/a.md → news: no token"]
