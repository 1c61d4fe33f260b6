"""`leitstand report runs`: which reports came by themselves and when, what waits for what, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import typer

from toolkit.cli.context import Context, print_json
from toolkit.cli.rows import local_time
from toolkit.cli.runlines import pressing, run_json, run_line
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import Ledger, Run, Runs, open_ledger
from toolkit.messages import _
from toolkit.reports.handover.weekly import Due
from toolkit.reports.handover.weekly import next_due as next_week
from toolkit.reports.runs.due import FINAL, PROVISIONAL, Month, find_months, next_due

RUNS: Final = "runs"


def show_runs(context: Context, *, as_json: bool) -> int:
    """Say what was made when, what waits for what, and what comes next; exit 1 when a person has to look."""
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        found = known_runs(context, ledger)
    coming = next_due(context.settings.reports, context.zone, context.clock.now())
    weekly = next_week(context.settings.reports, context.zone, context.clock.now())
    if as_json:
        after = {"next": next_json(coming), "next_handover": week_json(weekly)}
        print_json({"runs": [run_json(run) for run in found], **after})
    else:
        for line in (*run_lines(found, context), *next_line(coming, context), *week_line(weekly, context)):
            typer.echo(line)
    return EXIT_PROBLEMS if pressing(found, context.clock.now()) else EXIT_CLEAN


def known_runs(context: Context, ledger: Ledger) -> list[Run]:
    """Every run that the ledger knows, and what the months looked after wait for; by month, report and stage."""
    runs = Runs(ledger, context.clock.now)
    known = {run.name: run for run in runs.all()}
    coming = {run.name: run for run in _to_come(runs, context)}
    return sorted((coming | known).values(), key=lambda run: (run.month, run.report, run.stage != PROVISIONAL))


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


def week_line(coming: Due | None, context: Context) -> Iterator[str]:
    """When the next hand-over comes by itself, if one does."""
    if coming is not None:
        words = _("next hand-over: {week}, {when}")
        yield words.format(week=coming.week.name, when=local_time(coming.at, context))


def week_json(coming: Due | None) -> Mapping[str, str] | None:
    """The same for programs."""
    return None if coming is None else {"week": coming.week.name, "at": coming.at.isoformat()}
