"""`leitstand report runs`: which reports came by themselves and when, what waits for what, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import typer

from toolkit.cli.context import Context, print_json
from toolkit.cli.rows import local_time
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import Ledger, Run, Runs, RunState, open_ledger
from toolkit.messages import _
from toolkit.reports.runs.due import FINAL, PROVISIONAL, Month, find_months, next_due

RUNS: Final = "runs"


def show_runs(context: Context, *, as_json: bool) -> int:
    """Say what was made when, what waits for what, and what comes next; exit 1 when a person has to look."""
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        found = known_runs(context, ledger)
    coming = next_due(context.settings.reports, context.zone, context.clock.now())
    if as_json:
        print_json({"runs": [run_json(run) for run in found], "next": next_json(coming)})
    else:
        for line in (*run_lines(found, context), *next_line(coming, context)):
            typer.echo(line)
    return EXIT_PROBLEMS if troubled(found, context) else EXIT_CLEAN


def known_runs(context: Context, ledger: Ledger) -> list[Run]:
    """Every run that the ledger knows, and what the months looked after wait for; by month, report and stage."""
    runs = Runs(ledger, context.clock.now)
    known = {run.name: run for run in runs.all()}
    coming = {run.name: run for run in _to_come(runs, context)}
    return sorted((coming | known).values(), key=lambda run: (run.month, run.report, run.stage != PROVISIONAL))


def troubled(found: Iterable[Run], context: Context) -> bool:
    """Whether somebody has to look; a month that nobody looks after any more troubles nobody."""
    policy, now = context.settings.reports, context.clock.now()
    months = {one.month for one in find_months(policy, context.zone, now, now - timedelta(days=366))}
    return any(run.troubled and run.month in months for run in found)


def _to_come(runs: Runs, context: Context) -> Iterator[Run]:
    """The stages of the months looked after, as long as nobody has looked."""
    since = runs.since()
    if since is None:
        return
    for one in find_months(context.settings.reports, context.zone, context.clock.now(), since):
        for stage in (PROVISIONAL, FINAL):
            when = local_time(one.due_at(stage), context)
            yield Run(one.report, one.month, stage, reason=_("not before {when}").format(when=when))


def run_lines(found: Sequence[Run], context: Context) -> Iterator[str]:
    """A line for each run."""
    for run in found:
        yield f"{'!' if run.troubled else '·'} {run_line(run, context)}"


def next_line(coming: Month | None, context: Context) -> Iterator[str]:
    """When the next report comes by itself, if one does."""
    if coming is not None:
        words = _("next report: {report} {month}, provisional, {when}")
        when = local_time(coming.provisional_at, context)
        yield words.format(report=coming.report, month=coming.month, when=when)


def next_json(coming: Month | None) -> Mapping[str, str] | None:
    """The same for programs."""
    if coming is None:
        return None
    return {"report": coming.report, "month": coming.month, "at": coming.provisional_at.isoformat()}


def run_line(run: Run, context: Context) -> str:
    """One run in words."""
    stages = {"provisional": _("provisional"), "final": _("final")}
    words = [f"{run.report} {run.month}, {stages.get(run.stage, run.stage)}:", _state(run, context)]
    if run.reason:
        words.append(f"({run.reason})")
    mail = [f"{person}: {said}" for person, said in run.mail.items()]
    return " ".join((*words, *([_("mail: {people}").format(people=", ".join(mail))] if mail else [])))


def _state(run: Run, context: Context) -> str:
    def at(moment: datetime | None) -> str:
        return local_time(moment, context) if moment else "?"

    said = {
        RunState.WAITING: _("waits"),
        RunState.MAKING: _("is being made"),
        RunState.MADE: _("made {when}"),
        RunState.PASSED: _("passed over, the final one came first"),
        RunState.LATER: _("failed, tried again {again}"),
        RunState.FAILED: _("failed {tries} times; when it is mended: leitstand report due --force"),
    }
    return said[run.state].format(when=at(run.made_at), again=at(run.again_at), tries=run.tries)


def run_json(run: Run) -> dict[str, object]:
    """One run for programs."""
    moments = {"made_at": run.made_at, "again_at": run.again_at, "changed_at": run.changed_at}
    return {
        "report": run.report,
        "month": run.month,
        "stage": run.stage,
        "state": run.state.value,
        "tries": run.tries,
        "key": run.key,
        "reason": run.reason,
        "mail": dict(run.mail),
        "mailed": run.mailed,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }
