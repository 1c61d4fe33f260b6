"""`leitstand log`: every change that the ledger wrote down, the oldest first."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json_lines
from toolkit.cli.rows import event_json, find_uid, local_time, old_word, row_name, row_word
from toolkit.errors import EXIT_CLEAN
from toolkit.ledger import open_ledger
from toolkit.messages import _


def run(
    post: Annotated[str, typer.Argument(help="Only this post: uid, path or end of the path.", metavar="[POST]")] = "",
    *,
    limit: Annotated[int, typer.Option("--limit", help="Show at most the last so many.", min=1)] = 200,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show the ledger's events."""
    context = open_context(workspace, now)
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        uid = find_uid(context, ledger, post) if post else ""
        events = ledger.events(uid=uid, limit=limit)
    if as_json:
        print_json_lines(event_json(event) for event in events)
        return EXIT_CLEAN
    for event in events:
        change = f"{old_word(event)} → {row_word(event)}" if event.old != event.state else _("noted")
        said = " ".join(filter(None, (event.url, event.detail)))
        line = f"{local_time(event.at, context)}  {row_name(event)}  {change}  {said}".rstrip()
        console().print(line, markup=False)
    if not events:
        console().print(_("nothing was written down yet"))
    return EXIT_CLEAN
