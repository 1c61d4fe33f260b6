"""`leitstand run`: the daemon. One line per event, for people or as JSON lines."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, open_context, print_json
from toolkit.dispatch.daemon import Daemon, Line, ScheduledJobs, publish_tick
from toolkit.dispatch.supervisor import tell_supervisor
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.model import zone


def run(
    *,
    interval: Annotated[
        int, typer.Option("--interval", min=0, help="Seconds between two looks; default: [publish] interval.")
    ] = 0,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Publish what is due until stopped; SIGTERM and SIGINT let the part in flight finish first."""
    context = open_context(folder)
    run_on_utc()
    say = _say_json if as_json else _say_to(context)
    daemon = Daemon(
        publish_tick(context.root, context.clock, context.environ),
        context.clock,
        say,
        interval=interval or context.settings.interval,
        alive=lambda: tell_supervisor(context.environ, "WATCHDOG=1"),
    )
    jobs = ScheduledJobs(daemon.interval, daemon.beat)
    _stop_on_signals(daemon, context.environ)
    tell_supervisor(context.environ, "READY=1")
    daemon.run(jobs, time.sleep)
    return EXIT_CLEAN


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


def _say_to(context: Context) -> Callable[[Line], None]:
    local = zone(context.settings.timezone)

    def say(line: Line) -> None:
        text = " ".join(line.text.split())
        sys.stdout.write(f"{line.at.astimezone(local):%Y-%m-%d %H:%M:%S %Z}  {line.kind:<9}  {text}\n")
        sys.stdout.flush()

    return say


def _say_json(line: Line) -> None:
    print_json({"at": line.at.isoformat(), "kind": line.kind, "text": line.text} | dict(line.details))
    sys.stdout.flush()
