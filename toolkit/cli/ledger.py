"""`leitstand ledger`: back up, restore and adopt the ledger, and say where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, Folder, Now, console, open_context
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import adopt_ledger, backup_ledger, kept_path, restore_ledger
from toolkit.messages import _, ngettext

app = make_app()

File = Annotated[Path, typer.Argument(help="The backup's file.", metavar="FILE")]


@app.callback()
def _root() -> None:
    """Back up, restore or adopt the ledger."""


@app.command()
def path(workspace: Folder = HERE) -> int:
    """Say where the ledger lies."""
    typer.echo(open_context(workspace).ledger)
    return EXIT_CLEAN


@app.command()
def backup(file: File, workspace: Folder = HERE) -> int:
    """Copy the ledger to FILE, also while a dispatcher works."""
    context = open_context(workspace)
    backup_ledger(context.ledger, file, now=context.clock.now())
    console().print(_("backup written: {file}").format(file=file), markup=False)
    return EXIT_CLEAN


@app.command()
def restore(file: File, workspace: Folder = HERE, now: Now = "") -> int:
    """Put FILE in the ledger's place; what may have been sent since the backup is held for a person."""
    context = open_context(workspace, now)
    place, moment = context.ledger, context.clock.now()
    held = restore_ledger(place, file, now=moment)
    console().print(_("restored from {file}").format(file=file), markup=False)
    kept = kept_path(place, moment)
    if kept.exists():
        console().print(_("the ledger that was there is kept as {file}").format(file=kept), markup=False)
    if held:
        message = ngettext(
            "{count} post fell due before now and may be out: leitstand status",
            "{count} posts fell due before now and may be out: leitstand status",
            held,
        )
        console().print(message)
    return EXIT_PROBLEMS if held else EXIT_CLEAN


@app.command()
def adopt(workspace: Folder = HERE, now: Now = "") -> int:
    """Declare the ledger in the state directory the right one, or start a new one where it is lost."""
    context = open_context(workspace, now)
    identity = adopt_ledger(context.ledger, now=context.clock.now())
    console().print(_("this ledger sends from now on: {id}").format(id=identity))
    return EXIT_CLEAN
