"""`leitstand publish`: one tick. Cron, systemd and CI call it; the daemon does the same again and again."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import event_json, event_lines, row_json
from toolkit.dispatch import TickResult, publish_due
from toolkit.dispatch.pausing import paused_names
from toolkit.dispatch.reviewing import Reviewing
from toolkit.dispatch.telling import Telling
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger.naming import row_name
from toolkit.messages import _


def run(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write and send nothing.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Publish what is due, once."""
    context = open_context(workspace, now)
    if context.settings.forge is not None and not dry_run:
        problem = Reviewing(context.root, context.clock, context.environ).ask()
        if problem:
            console(stderr=True).print(f"! {problem}", markup=False)
    telling = Telling(context.clock, context.environ, lambda text: console(stderr=True).print(text, markup=False))
    result = publish_due(context.root, clock=context.clock, environ=context.environ, rehearsal=dry_run, after=telling)
    if as_json:
        print_json(result_json(result, rehearsal=dry_run))
    else:
        for line in result_lines(result, rehearsal=dry_run):
            console().print(line, markup=False)
        if names := paused_names(context.root, context.ledger, context.clock.now()):
            console().print(_("paused: {names}; see leitstand status").format(names=", ".join(names)), markup=False)
    telling.wait()
    return EXIT_PROBLEMS if result.needs_person else EXIT_CLEAN


def result_lines(result: TickResult, *, rehearsal: bool = False) -> list[str]:
    """What happened, then what is due and had to wait."""
    lines = event_lines(result.events, rehearsal=rehearsal)
    told = {event.row_id for event in result.events if event.old == event.state}
    for row in result.waiting:
        if row.id not in told:
            reason = row.reason or _("another dispatcher has it, or the account had too many tries within the hour")
            lines.append(f"! {_('waits'):<10} {row_name(row)}  {reason}")
    return lines or [_("nothing to do")]


def result_json(result: TickResult, *, rehearsal: bool = False) -> dict[str, object]:
    """One object for programs: ``events`` in order, ``waiting`` rows with their reasons."""
    return {
        "now": result.now.isoformat(),
        "commit": result.commit,
        "rehearsal": rehearsal,
        "events": [event_json(event) for event in result.events],
        "waiting": [row_json(row) for row in result.waiting],
    }
