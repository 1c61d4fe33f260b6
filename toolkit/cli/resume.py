"""`leitstand resume`: end a pause, in the file and in the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.community import PAUSE_FILE, parse_scope
from toolkit.dispatch.pausing import end_pause, paused_names
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _


def run(
    *,
    scope: Annotated[
        str, typer.Option("--scope", help="The pause to end; not needed when there is only one.", show_default=False)
    ] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """End a pause. What fell due meanwhile is missed: `leitstand resolve` decides about each post."""
    context = open_context(folder, now)
    name = _named(scope) if scope else _only(context)
    ended = end_pause(context.root, context.ledger, name, context.clock.now())
    left = list(ended.left)
    if as_json:
        print_json({"scope": name, "file": ended.in_file, "ledger": ended.in_ledger, "still_paused": left})
        return EXIT_CLEAN
    terminal = console()
    terminal.print(_("ended: {name}").format(name=name), markup=False)
    if left:
        terminal.print(_("still paused: {names}").format(names=", ".join(left)), markup=False)
    terminal.print(_("what fell due meanwhile waits for a decision: leitstand status, leitstand resolve"))
    if context.settings.ref and ended.in_file:
        terminal.print(_("commit {file}: until then the published commit still pauses").format(file=PAUSE_FILE))
    return EXIT_CLEAN


def _named(scope: str) -> str:
    try:
        kind, value = parse_scope(scope)
    except ValueError as error:
        raise UsageError(f"--scope: {error}") from None
    return f"{kind}:{value}" if value else kind


def _only(context: Context) -> str:
    names = paused_names(context.root, context.ledger, context.clock.now())
    if len(names) == 1:
        return names[0]
    if not names:
        raise UsageError(_("nothing is paused"))
    raise UsageError(_("more than one pause; name one with --scope: {names}").format(names=", ".join(names)))
