"""`leitstand run`: the daemon. One line per event, for people or as JSON lines."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from subprocess import Popen
from types import FrameType
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, open_context, print_json
from toolkit.cli.measure import open_office
from toolkit.cli.rows import event_json, event_lines
from toolkit.collect.regular import Regular, Rounds
from toolkit.dispatch.beside import Beside
from toolkit.dispatch.daemon import Daemon, Notice, ScheduledJobs, publish_tick
from toolkit.dispatch.supervisor import tell_supervisor
from toolkit.dispatch.telling import Telling
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.ledger import Event
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.values import dataclass


def run(
    *,
    interval: Annotated[
        int, typer.Option("--interval", min=0, help="Seconds between two looks; default: [publish] interval.")
    ] = 0,
    measuring: Annotated[
        bool, typer.Option("--measure/--no-measure", help="Fetch counts beside publishing, as leitstand measure does.")
    ] = True,
    reporting: Annotated[
        bool, typer.Option("--report/--no-report", help="Make the reports of [reports] automatic beside publishing.")
    ] = True,
    listening: Annotated[
        bool, typer.Option("--inbox/--no-inbox", help="Hear what people write beside publishing, as inbox fetch does.")
    ] = True,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Publish what is due until stopped; SIGTERM and SIGINT let the part in flight finish first."""
    context = open_context(folder)
    run_on_utc()
    voice = _JsonVoice() if as_json else _PlainVoice(context.zone, context.clock)
    telling = Telling(
        context.clock, context.environ, lambda text: voice.say(Notice(context.clock.now(), "alert", text))
    )
    daemon = Daemon(
        publish_tick(context.root, context.clock, context.environ, voice.say, telling),
        context.clock,
        voice.tell,
        voice.say,
        interval=interval or context.settings.interval,
        alive=lambda: tell_supervisor(context.environ, "WATCHDOG=1"),
    )
    jobs = ScheduledJobs(daemon.interval, daemon.beat)
    _stop_on_signals(daemon, context.environ)
    tell_supervisor(context.environ, "READY=1")

    def say(kind: str, text: str) -> None:
        voice.say(Notice(context.clock.now(), kind, text))

    regular = Regular(lambda: open_office(open_context(folder)), say)
    inbox = _inbox_beside(folder, context.settings.inbox.every, say)
    reports = _reports_beside(folder, say)
    if measuring:
        regular.start()
    if listening:
        inbox.start()
    if reporting:
        reports.start()
    daemon.run(jobs, time.sleep)
    inbox.halt()
    regular.halt()
    reports.stop()
    regular.stop()
    inbox.stop()
    telling.wait()
    return EXIT_CLEAN


def _reports_beside(folder: Path, say: Callable[[str, str], None]) -> Beside:
    """The reports that come by themselves; what they need is loaded beside publishing, too."""

    def look() -> tuple[object, ...]:
        from toolkit.cli.report.due import look_for_due

        return look_for_due(open_context(folder))

    def start() -> Popen[str]:
        from toolkit.cli.report.due import start_due

        return start_due(folder)

    return Beside(look, start, say)


def _inbox_beside(folder: Path, every: timedelta, say: Callable[[str, str], None]) -> Rounds:
    """What people write; what listening needs is loaded in its own thread."""

    def listen_once(between: Callable[[], None]) -> list[str]:
        from toolkit.cli.listening.office import listen_beside

        return listen_beside(open_context(folder), say, between)

    def complain(trouble: str) -> None:
        say("unheard", _("not heard: {trouble}").format(trouble=trouble))

    return Rounds("inbox", listen_once, complain, every.total_seconds())


def run_on_utc() -> None:
    """Put the process on UTC: `schedule` counts on the local clock, and only UTC never jumps."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
        if time.localtime().tm_gmtoff:
            raise UsageError(_("this process cannot be put on UTC (TZ); the daemon would stop when clocks change"))


def _stop_on_signals(daemon: Daemon, environ: Mapping[str, str]) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        daemon.stop()
        tell_supervisor(environ, "STOPPING=1")

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


@dataclass(frozen=True, slots=True)
class _PlainVoice:
    """Lines for people and for a service's journal, on the workspace's own clock."""

    zone: tzinfo
    clock: Clock

    def tell(self, events: Sequence[Event]) -> None:
        for line in event_lines(events):
            self._write(self.clock.now(), line)

    def say(self, notice: Notice) -> None:
        mark = (
            "!"
            if notice.kind in {"failed", "watchdog", "waiting", "alert", "unmeasured", "unreported", "unheard"}
            else "·"
        )
        self._write(notice.at, f"{mark} {' '.join(notice.text.split())}")

    def _write(self, at: datetime, text: str) -> None:
        sys.stdout.write(f"{at.astimezone(self.zone):%Y-%m-%d %H:%M:%S %Z}  {text}\n")
        sys.stdout.flush()


class _JsonVoice:
    """One JSON object per line; an event's `kind` is its state."""

    def tell(self, events: Sequence[Event]) -> None:
        for event in events:
            print_json({"kind": event.state.value} | event_json(event))
        sys.stdout.flush()

    def say(self, notice: Notice) -> None:
        print_json({"kind": notice.kind, "at": notice.at.isoformat(), "text": notice.text} | dict(notice.details))
        sys.stdout.flush()
