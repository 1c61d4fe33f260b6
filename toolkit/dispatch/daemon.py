"""The daemon: nothing but a clock that calls `tick`. What is due, the ledger knows.

`schedule` owns one job, every few seconds, in a process that runs on UTC: it plans by the local wall clock and would
stand still for an hour when clocks go back. A watchdog on the monotonic clock ticks by itself when nothing ticked for
three intervals (the clock was set back, the machine slept) and says so. An exception never ends the daemon.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from toolkit.dispatch.fetching import Fetcher
from toolkit.dispatch.publishing import no_sequel, publish_due
from toolkit.dispatch.reviewing import Reviewing
from toolkit.dispatch.tick import TickResult
from toolkit.errors import LeitstandError
from toolkit.ledger import Event, Ledger, Row, find_ledger, open_ledger
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import Workspace, load_settings, state_dir

# How long the loop sleeps at a time; a signal waits no longer than this.
SLICE: Final = 0.5
# After so many silent intervals the watchdog ticks.
PATIENCE: Final = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """One line about the daemon itself.

    `kind` is started, stopped, failed, recovered, watchdog, waiting, alert, measured, unmeasured, reported, unreported,
    heard or unheard.
    """

    at: datetime
    kind: str
    text: str
    details: Mapping[str, str | int] = field(default_factory=dict)


class Jobs(Protocol):
    """What the daemon needs of `schedule`."""

    def run_pending(self) -> None:
        """Run what is due by the wall clock."""

    def rearm(self) -> None:
        """Count from now on: the clock is not what it was."""


class Stopped(Exception):  # noqa: N818  # no error: somebody asked for it
    """Raised between two parts of a tick after `Daemon.stop`; carries what the tick did until then."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__()
        self.events = tuple(events)


class Daemon:
    """Ticks until it is stopped.

    `tick` does one tick and calls the function it is given between two parts, which raises `Stopped` once the daemon
    is to stop. `say` gets every line; `alive` is called whenever there was progress.
    """

    def __init__(
        self,
        tick: Callable[[Callable[[], None]], TickResult],
        clock: Clock,
        tell: Callable[[Sequence[Event]], None],
        say: Callable[[Notice], None],
        *,
        interval: float,
        alive: Callable[[], None] = lambda: None,
    ) -> None:
        self._tick = tick
        self._clock = clock
        self._tell = tell
        self._say = say
        self._alive = alive
        self.interval = interval
        self.stopping = False
        self.ticks = 0
        self.failures = 0
        self._failed_in_a_row = 0
        self._trouble = ""
        self._last = clock.elapsed()
        self._one_at_a_time = threading.Lock()
        self._waiting: dict[int, str] = {}

    def stop(self) -> None:
        """Finish the part in flight and end. Only sets a flag, so that a signal may call it at any moment."""
        self.stopping = True

    def beat(self) -> bool:
        """One tick; False when another one is still running. What goes wrong is a line, never an exception."""
        if not self._one_at_a_time.acquire(blocking=False):
            return False
        try:
            self._last = self._clock.elapsed()
            self._once()
        finally:
            self._last = self._clock.elapsed()
            self._one_at_a_time.release()
        return True

    def watch(self, rearm: Callable[[], None]) -> None:
        """What the watchdog does once per interval: tick when nobody did for too long."""
        silent = self._clock.elapsed() - self._last
        if self.stopping or silent <= PATIENCE * self.interval:
            return
        if not self._one_at_a_time.acquire(blocking=False):
            # A tick that takes long is not a silent one; two at once would only wait for each other.
            return
        self._one_at_a_time.release()
        message = _("nothing ticked for {seconds} s: the clock was changed or the machine slept; ticking now")
        self._line("watchdog", message.format(seconds=int(silent)), seconds=int(silent))
        rearm()
        self.beat()

    def run(self, jobs: Jobs, sleep: Callable[[float], None]) -> None:
        """Tick at once and then as `jobs` say, until `stop`."""
        message = _("started, a look every {seconds} s").format(seconds=f"{self.interval:g}")
        self._line("started", message, interval=int(self.interval))
        self.beat()
        with self._watchdog(jobs):
            while not self.stopping:
                jobs.run_pending()
                if not self.stopping:
                    sleep(SLICE)
        message = _("stopped after {ticks} ticks, {failures} of them failed")
        said = message.format(ticks=self.ticks, failures=self.failures)
        self._line("stopped", said, ticks=self.ticks, failures=self.failures)

    def _once(self) -> None:
        self.ticks += 1
        try:
            result = self._tick(self._between)
        except Stopped as stopped:
            self._tell(stopped.events)
            return
        except Exception as error:  # noqa: BLE001  # whatever it was, the next tick may be better
            self._fail(error)
            return
        finally:
            self._alive()
        self._recover()
        self._tell(result.events)
        told = {event.row_id for event in result.events if event.old == event.state}
        self._wait_for(result.waiting, told)

    def _between(self) -> None:
        """Called between two parts: nothing is in flight."""
        self._alive()
        if self.stopping:
            raise Stopped

    def _fail(self, error: Exception) -> None:
        self.failures += 1
        self._failed_in_a_row += 1
        what = str(error) if isinstance(error, LeitstandError) else f"{type(error).__name__}: {error}"
        count = self._failed_in_a_row
        # The same trouble is said at the 1st, 2nd, 4th, 8th … time: an outage of a night is ten lines, not a thousand.
        if what == self._trouble and count & (count - 1):
            return
        self._trouble = what
        message = _("tick failed, {count} in a row: {what}").format(count=count, what=" ".join(what.split()))
        self._line("failed", message, in_a_row=count, error=type(error).__name__)

    def _recover(self) -> None:
        """The first good tick after failed ones is a line, too."""
        if self._failed_in_a_row:
            message = _("ticking again, after {count} failed in a row")
            self._line("recovered", message.format(count=self._failed_in_a_row), failures=self._failed_in_a_row)
        self._failed_in_a_row, self._trouble = 0, ""

    def _wait_for(self, rows: tuple[Row, ...], told: Collection[int]) -> None:
        """Say what is due but cannot go out, once per reason and not at every tick; events said the `told` rows."""
        now = {row.id: row.reason for row in rows if row.reason}
        for row in rows:
            if row.reason and row.id not in told and self._waiting.get(row.id) != row.reason:
                details: dict[str, str | int] = {
                    "uid": row.uid,
                    "account": row.account,
                    "path": row.path,
                    "part": row.part,
                }
                self._line("waiting", f"{row.path} → {row.account}: {row.reason}", **details, detail=row.reason)
        self._waiting = now

    def _line(self, kind: str, text: str, **details: str | int) -> None:
        self._say(Notice(self._clock.now(), kind, text, details))

    @contextmanager
    def _watchdog(self, jobs: Jobs) -> Iterator[None]:
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(self.interval):
                self.watch(jobs.rearm)

        thread = threading.Thread(target=look, name="watchdog", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def publish_tick(
    root: Path,
    clock: Clock,
    environ: Mapping[str, str],
    say: Callable[[Notice], None],
    after: Callable[[Workspace, Ledger], None] = no_sequel,
) -> Callable[[Callable[[], None]], TickResult]:
    """The tick of a real workspace. Settings, files or commit, and pauses are read anew each time."""
    fetcher, reviewing = Fetcher(root, clock, environ), Reviewing(root, clock, environ)

    def one_tick(between: Callable[[], None]) -> TickResult:
        started = clock.now()
        for problem in filter(None, (fetcher.refresh(), reviewing.refresh())):
            say(Notice(started, "waiting", problem))
        try:
            return publish_due(
                root,
                clock=clock,
                environ=environ,
                crash=lambda point: between() if point == "C5" else None,
                after=after,
            )
        except Stopped:
            raise Stopped(_events_since(root, clock, environ, started)) from None

    return one_tick


def _events_since(root: Path, clock: Clock, environ: Mapping[str, str], started: datetime) -> list[Event]:
    settings, _problems = load_settings(FolderTree(root))
    place = find_ledger(state_dir(root, settings, environ), settings, environ)
    with open_ledger(place, now=clock.now(), read_only=True) as ledger:
        return sorted((event for event in ledger.events() if event.at >= started), key=lambda event: event.id)


class ScheduledJobs:
    """One job of the `schedule` package. `rearm` may be called from another thread; it takes effect at the next look."""

    def __init__(self, interval: float, job: Callable[[], object]) -> None:
        from schedule import Scheduler

        self._scheduler = Scheduler()
        self._interval = max(1, round(interval))
        self._job = job
        self._stale = True

    def run_pending(self) -> None:
        if self._stale:
            self._stale = False
            self._scheduler.clear()
            self._scheduler.every(self._interval).seconds.do(self._job)
        self._scheduler.run_pending()

    def rearm(self) -> None:
        self._stale = True
