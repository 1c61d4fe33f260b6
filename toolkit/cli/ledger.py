"""`leitstand ledger`: back up, restore, adopt and bind the ledger, and say where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, Folder, Now, console, open_context
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import (
    adopt_accounts,
    adopt_ledger,
    adopt_workspace,
    backup_ledger,
    kept_path,
    open_ledger,
    restore_ledger,
)
from toolkit.messages import _, ngettext
from toolkit.settings import FILE_NAME, bind_ledger
from toolkit.source.writing import replace_file

app = make_app()

File = Annotated[Path, typer.Argument(help="The backup's file.", metavar="FILE")]

Force = Annotated[bool, typer.Option("--force", help="Replace the older backup that is there.")]


@app.callback()
def _root() -> None:
    """Back up, restore, adopt or bind the ledger."""


@app.command()
def path(workspace: Folder = HERE) -> int:
    """Say where the ledger lies."""
    typer.echo(open_context(workspace).ledger)
    return EXIT_CLEAN


@app.command()
def backup(file: File, workspace: Folder = HERE, *, force: Force = False) -> int:
    """Copy the ledger to FILE, also while a dispatcher works."""
    context = open_context(workspace)
    if file.exists() and not force:
        message = _("{file} is there already; name another file, or add --force to replace an older backup")
        raise UsageError(message.format(file=file))
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
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        adopt_accounts(ledger, context.settings.accounts.values())
        adopt_workspace(ledger, context.settings.id)
    console().print(_("this ledger sends from now on: {id}").format(id=identity))
    return EXIT_CLEAN


@app.command()
def bind(workspace: Folder = HERE, now: Now = "") -> int:
    """Write the ledger's id into leitstand.toml, so that no other ledger sends for this workspace, on any machine."""
    context = open_context(workspace, now)
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        identity = ledger.meta()["ledger_id"]
    file = context.root / FILE_NAME
    text = file.read_bytes().decode()
    bound = bind_ledger(text, identity)
    if bound is None:
        message = _("{file} cannot be changed safely; write this line into its table [state]: {line}")
        raise UsageError(message.format(file=FILE_NAME, line=f'ledger_id = "{identity}"'))
    if bound != text:
        replace_file(file, bound.encode())
    console().print(_("only this ledger sends from now on: {id}; commit {file}").format(id=identity, file=FILE_NAME))
    return EXIT_CLEAN
