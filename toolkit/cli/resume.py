"""`leitstand resume`: end a pause, in the file and in the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.community import PAUSE_FILE, parse_scope, pauses_of_rows, read_pauses, remove_pauses
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.ledger import open_ledger
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
    # The file first: while it stands there, ending the ledger's row would change nothing.
    from_file = remove_pauses(context.root, name)
    from_ledger = _end_rows(context, name)
    if not from_file and not from_ledger:
        raise UsageError(_("no pause has the scope {name}; paused: {known}").format(name=name, known=_known(context)))
    left = paused_names(context)
    if as_json:
        print_json({"scope": name, "file": len(from_file), "ledger": from_ledger, "still_paused": left})
        return EXIT_CLEAN
    terminal = console()
    terminal.print(_("ended: {name}").format(name=name), markup=False)
    if left:
        terminal.print(_("still paused: {names}").format(names=", ".join(left)), markup=False)
    terminal.print(_("what fell due meanwhile waits for a decision: leitstand status, leitstand resolve"))
    if context.settings.ref and from_file:
        terminal.print(_("commit {file}: until then the published commit still pauses").format(file=PAUSE_FILE))
    return EXIT_CLEAN


def _named(scope: str) -> str:
    try:
        kind, value = parse_scope(scope)
    except ValueError as error:
        raise UsageError(f"--scope: {error}") from None
    return f"{kind}:{value}" if value else kind


def _only(context: Context) -> str:
    names = paused_names(context)
    if len(names) == 1:
        return names[0]
    if not names:
        raise UsageError(_("nothing is paused"))
    raise UsageError(_("more than one pause; name one with --scope: {names}").format(names=", ".join(names)))


def paused_names(context: Context) -> list[str]:
    """The scopes that are paused now, by file or ledger; holds of single posts are not among them."""
    now, path = context.clock.now(), context.ledger
    pauses = read_pauses(context.tree)
    if path.exists():
        with open_ledger(path, now=now, read_only=True) as ledger:
            # A hold of a single post is `leitstand hold`'s; a pause of it has a file entry too.
            rows = [row for row in ledger.pauses(now) if row.scope != "post"]
        pauses = pauses.plus(pauses_of_rows(rows))
    return sorted({pause.name for pause in pauses.entries if pause.until is None or now < pause.until})


def _known(context: Context) -> str:
    return ", ".join(paused_names(context)) or _("nothing")


def _end_rows(context: Context, name: str) -> int:
    path, now = context.ledger, context.clock.now()
    if not path.exists():
        return 0
    with open_ledger(path, now=now) as ledger:
        rows = [row for row in ledger.pauses(now) if pauses_of_rows([row])[0].name == name]
        return sum(ledger.end_pause(row.id, now) for row in rows)
