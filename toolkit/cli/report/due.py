"""`leitstand report due`: make the reports that are due by themselves, once; and what the daemon needs to do it beside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import typer

from toolkit.cli.context import Context, print_json
from toolkit.cli.runlines import run_json, run_line
from toolkit.community.inbox.place import find_inbox
from toolkit.database import to_moment
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, missing_extra
from toolkit.ledger import Ledger, Run, Runs, check_accounts, check_workspace, notes_of, open_ledger
from toolkit.metrics import open_store
from toolkit.reports.files.mailing import NOTES
from toolkit.reports.handover.weekly import find_due, find_run, run_weekly
from toolkit.reports.kernels import open_runner
from toolkit.reports.making import Place, need_packages
from toolkit.reports.runs.due import find_lapsed, find_months, find_open
from toolkit.reports.runs.round import Press, run_round, try_again
from toolkit.reports.runs.sending import Postbox

DUE: Final = "due"
LAST_WORD: Final = 20.0  # seconds for ending in order after whoever started us is gone


def look_for_due(context: Context) -> tuple[object, ...]:
    """What may be due, and what it may wait for: changes when a round is worth making. Raises without the packages."""
    policy, now = context.settings.reports, context.clock.now()
    with open_ledger(context.ledger, now=now, read_only=True) as ledger:
        runs = Runs(ledger, context.clock.now)
        known = {run.name: run for run in runs.all()}
        months = find_months(policy, context.zone, now, runs.since())
        lapsed = find_lapsed(policy, context.zone, now, runs.since(), known)
        open_now = (*find_open(months, known, now), *lapsed)
        waiting = frozenset((run.name, run.state, run.tries, run.mailed) for run in open_now)
        weekly = _look_for_week(context, runs)
    imports = frozenset(one.id for one in open_store(context.state).imports()) if waiting else frozenset()
    if not imports and not weekly:
        return ()
    try:
        need_packages()
    except ModuleNotFoundError as error:
        raise missing_extra("reports", error) from error
    return waiting, imports, weekly


def _look_for_week(context: Context, runs: Runs) -> tuple[object, ...]:
    """The hand-over of the week that is over, as far as something is left to do of it."""
    now = context.clock.now()
    run = find_run(find_due(context.settings.reports, context.zone, now), runs, now)
    inbox = find_inbox(context.state, context.settings, context.environ)
    return (run.name, run.state, run.tries, run.mailed) if run is not None and inbox.exists() else ()


def start_due(root: Path) -> subprocess.Popen[str]:
    """`report due` in a process of its own that ends with this one."""
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit", "report", DUE, "--json", "--beside", "-w", str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        # ^C is for the daemon, which ends it in order.
        start_new_session=True,
    )


def make_due(context: Context, *, beside: bool, force: bool, as_json: bool) -> int:
    """Make what is due, once; exit 1 when a report failed. `beside` the daemon it gives way and ends with it."""
    signal.signal(signal.SIGTERM, _interrupt)
    if beside:
        _give_way()
        _end_with_stdin()
    runner = open_runner(context.environ, context.state / "cache")
    bad = False
    try:
        need_packages()
        with open_ledger(context.ledger, now=context.clock.now()) as ledger:
            check_workspace(ledger, context.settings.id)
            check_accounts(ledger, ())  # a forgotten copy, with a ledger of its own, writes to nobody either
            box = _postbox(context, ledger)
            press = Press(Place(context.load(), context.state, context.clock), box, runner)
            for run in _run_all(press, context, force=force):
                bad |= run.troubled
                _tell(run, context, as_json=as_json)
    except ModuleNotFoundError as error:
        raise missing_extra("reports", error) from error
    finally:
        runner.close()
    return EXIT_PROBLEMS if bad else EXIT_CLEAN


def _run_all(press: Press, context: Context, *, force: bool) -> Iterator[Run]:
    """The months, then the week that is over; gives each run that something was done about."""
    if force:
        try_again(press)
    yield from run_round(press)
    inbox = find_inbox(context.state, context.settings, context.environ)
    weekly = run_weekly(press.place, press.box, inbox, force=force)
    if weekly is not None:
        yield weekly


def _postbox(context: Context, ledger: Ledger) -> Postbox:
    now = context.clock.now
    restored = to_moment(ledger.meta().get("restored_at", ""))
    return Postbox(Runs(ledger, now), notes_of(ledger, NOTES, now), context.settings, context.environ, restored)


def _tell(run: Run, context: Context, *, as_json: bool) -> None:
    text = run_line(run, context)
    if as_json:
        kind = "unreported" if run.troubled else "reported"
        print_json({"kind": kind, "text": text} | run_json(run))
        sys.stdout.flush()
    else:
        typer.echo(text, err=run.troubled)


def _give_way() -> None:
    """Publishing comes first: for the processor, and when memory runs out."""
    if hasattr(os, "nice"):
        os.nice(10)
    with suppress(OSError):  # no such file here
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _interrupt(_number: int, _frame: object) -> None:
    """Being ended is an interrupt: what is held is let go of, and nothing half-made stays."""
    raise KeyboardInterrupt


def _end_with_stdin() -> None:
    """Interrupt this process when its standard input ends, as it does when whoever holds the other end is gone."""

    def watch() -> None:
        with suppress(OSError, ValueError):
            while os.read(0, 4096):
                pass
        with suppress(OSError):
            os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(LAST_WORD)
        os._exit(EXIT_PROBLEMS)

    threading.Thread(target=watch, name="stdin", daemon=True).start()
