"""`leitstand ledger`: back up, restore, adopt and bind the ledger, and say where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, Context, Folder, Now, console, open_context
from toolkit.cli.rows import local_time
from toolkit.database import to_moment
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import (
    adopt_accounts,
    adopt_ledger,
    adopt_workspace,
    open_ledger,
)
from toolkit.messages import _, ngettext
from toolkit.settings import FILE_NAME, bind_ledger
from toolkit.source.writing import replace_file

if TYPE_CHECKING:
    from toolkit.backup import Restored, State

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
    """Copy the ledger to FILE, and beside it inbox, numbers and reports; also while a dispatcher works."""
    from toolkit.backup import back_up, parts_of

    context = open_context(workspace)
    there = [part for part in parts_of(file) if part.exists()]
    if there and not force:
        message = _("{file} is there already; name another file, or add --force to replace an older backup")
        raise UsageError(message.format(file=there[0]))
    written = back_up(_state(context), file, context.clock.now())
    for part in written:
        console().print(_("backup written: {file}").format(file=part), markup=False)
    console().print(_("· not in it, to be kept elsewhere: vault.key and the files of the credentials"), markup=False)
    return EXIT_CLEAN


@app.command()
def restore(file: File, workspace: Folder = HERE, now: Now = "") -> int:
    """Put FILE and what lies beside it in their places; what may have been sent since is held for a person."""
    from toolkit.backup import restore as put_back

    context = open_context(workspace, now)
    state, moment = _state(context), context.clock.now()
    found = put_back(state, file, moment)
    for line in (*_restored_lines(file, found, context), *_kept_lines(state, moment)):
        console().print(line, markup=False)
    return EXIT_PROBLEMS if found.held else EXIT_CLEAN


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


def _state(context: Context) -> State:
    from toolkit.backup import State
    from toolkit.community.inbox.place import find_inbox

    return State(context.ledger, find_inbox(context.state, context.settings, context.environ), context.state)


def _restored_lines(file: Path, found: Restored, context: Context) -> Iterator[str]:
    yield _("restored from {file}").format(file=file)
    if found.inbox is None:
        yield _("· no inbox lies beside this backup; the one that is here stays")
    else:
        made = to_moment(found.inbox)
        when = local_time(made, context) if made else file.name
        yield _(
            "! who was forgotten since {when} stands in the inbox again: repeat leitstand inbox forget for each of them"
        ).format(when=when)
    if found.held:
        yield ngettext(
            "{count} post fell due before now and may be out: leitstand status",
            "{count} posts fell due before now and may be out: leitstand status",
            found.held,
        )


def _kept_lines(state: State, moment: datetime) -> Iterator[str]:
    """What was there is kept, and people have to know where: it holds what somebody may want forgotten."""
    from toolkit.backup import kept_paths

    for path in kept_paths(state, moment):
        yield _("· what was there is kept: {path}; delete it when nobody needs it").format(path=path)
