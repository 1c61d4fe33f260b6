"""`leitstand pause`: stop publishing, for all or for a scope. In force at once, and written down for everybody."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.community import PAUSE_FILE, Pause
from toolkit.dispatch.pausing import Asked, Begun, begin_pause, read_pause, stopped_slots
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext


def run(
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; shown wherever something is stopped.")],
    by: Annotated[str, typer.Option("--by", help="Who answers for the pause: a person from leitstand.toml.")],
    scope: Annotated[
        str, typer.Option("--scope", help="all, channel:NAME, campaign:NAME, label:NAME or post:UID.")
    ] = "all",
    until: Annotated[str, typer.Option("--until", help='When it ends by itself, e.g. "2026-12-02 08:00".')] = "",
    allow: Annotated[
        list[str] | None, typer.Option("--allow", help="A label or uid that may go out all the same; repeatable.")
    ] = None,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Stop publishing. What falls due during a pause is missed and waits for a decision; nothing is sent in a burst."""
    context = open_context(folder, now)
    workspace = context.load()
    moment = context.clock.now()
    pause = read_pause(workspace, Asked(scope, reason, by, until, tuple(allow or ())), moment)
    begun = begin_pause(workspace, context.ledger, pause, moment)
    stopped = len(stopped_slots(workspace, pause, moment))
    if as_json:
        said = {"written": not begun.failed, "ledger": begun.recorded, "stopped_next_7_days": stopped}
        told = {"scope": pause.name, "reason": reason, "owner": by, "until": pause.until, "allow": pause.allow}
        print_json(told | said | {"problem": begun.failed})
    else:
        _tell(context, pause, stopped, begun)
    return EXIT_PROBLEMS if begun.failed else EXIT_CLEAN


def _tell(context: Context, pause: Pause, stopped: int, begun: Begun) -> None:
    terminal = console()
    end = _("until somebody ends it: leitstand resume --scope {scope}").format(scope=pause.name)
    if pause.until is not None:
        local = pause.until.astimezone(context.zone)
        end = _("until {moment}").format(moment=f"{local:%Y-%m-%d %H:%M %Z}")
    terminal.print(_("paused: {scope}, {end}").format(scope=pause.name, end=end), markup=False)
    terminal.print(
        ngettext("stops {count} send of the coming 7 days", "stops {count} sends of the coming 7 days", stopped)
    )
    if begun.recorded:
        terminal.print(_("in force at once, through the ledger"))
    elif context.settings.ref == "":
        terminal.print(_("in force at once, through {file}").format(file=PAUSE_FILE))
    if begun.failed:
        console(stderr=True).print(_("not written down: {problem}").format(problem=begun.failed), markup=False)
    elif context.settings.ref:
        terminal.print(_("commit {file}, so that the others see it too").format(file=PAUSE_FILE), markup=False)
