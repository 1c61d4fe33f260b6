"""`leitstand inbox import`: messages out of a file that another program or a network exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.listening.office import Sequel, maybe_ledger, opened
from toolkit.community.exports import FIELDS, Source, read_export
from toolkit.community.inbox.gathering import GATHER, Gathered, Listener, gather
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import Ledger, account_key
from toolkit.ledger.out import parts_out
from toolkit.messages import _, ngettext
from toolkit.model import Message, Problem
from toolkit.settings import unknown_name

SHOWN = 20  # problems on the screen; --json has all


def run_import(
    files: Annotated[list[Path], typer.Argument(help="CSV, workbook, JSON lines or mbox.", metavar="FILE…")],
    *,
    account: Annotated[str, typer.Option("--account", help="The account of messages that name none.")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN", help="What a column is, such as text=Inhalt; as often as needed."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check; store nothing.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Take messages over from files; one problem, and nothing of any file is stored."""
    context = open_context(workspace, now)
    source = _source(context, account, columns or [])
    taken = [read_export(str(path), _read(path), source) for path in files]
    messages = [message for one in taken for message in one.messages]
    problems = [problem for one in taken for problem in one.problems]
    good = all(one.good for one in taken)
    gathered = _store(context, messages) if good and not dry_run else Gathered()
    if as_json:
        print_json(_json(messages, problems, gathered))
    else:
        _tell(messages, problems, gathered if good and not dry_run else None)
    return EXIT_CLEAN if good else EXIT_PROBLEMS


def _source(context: Context, account: str, columns: Sequence[str]) -> Source:
    accounts = context.settings.accounts
    if account and account not in accounts:
        raise UsageError(unknown_name(_("account"), account, accounts))
    return Source(accounts, context.settings.timezone, context.clock.now(), account, _columns(columns))


def _columns(written: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in written:
        name, _sign, column = one.partition("=")
        if name not in FIELDS or not column.strip():
            message = _("--map needs FIELD=COLUMN with one of {fields}, not {written!r}")
            raise UsageError(message.format(fields=", ".join(FIELDS), written=one))
        found[name] = " ".join(column.split())
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = _("{path} cannot be read: {reason}")
        raise UsageError(message.format(path=path, reason=error.strerror or error)) from error


def _store(context: Context, messages: Sequence[Message]) -> Gathered:
    """All of them in one transaction, and what follows from every message that comes in."""
    channels: dict[str, list[Message]] = {}
    for message in messages:
        channels.setdefault(message.channel, []).append(message)
    total, now = Gathered(), context.clock.now()
    sequel = Sequel(context, context.load())
    with opened(context) as inbox, maybe_ledger(context) as ledger:
        listeners = {channel: _listener(context, channel, ledger) for channel in channels}
        with inbox.store.transaction(GATHER) as transaction:
            for channel, some in channels.items():
                total.add(gather(transaction, listeners[channel], some, now))
        if total.conversations:
            sequel.judge(inbox, total.conversations)
            sequel.finish(inbox, ledger)
    return total


def _listener(context: Context, channel: str, ledger: Ledger | None) -> Listener:
    key = account_key(context.settings.accounts[channel])
    since = context.clock.now() - context.settings.inbox.window
    out = parts_out(ledger, since) if ledger else ()
    return Listener(key, channel, {part.remote_id: part.uid for part in out if part.account_id == key})


def _json(messages: Sequence[Message], problems: Sequence[Problem], gathered: Gathered) -> dict[str, object]:
    return {
        "messages": len(messages),
        "new": gathered.new,
        "changed": gathered.changed,
        "conversations": sorted(gathered.conversations),
        "problems": [str(problem) for problem in problems],
    }


def _tell(messages: Sequence[Message], problems: Sequence[Problem], gathered: Gathered | None) -> None:
    for problem in problems[:SHOWN]:
        typer.echo(str(problem), err=True)
    hidden = len(problems) - SHOWN
    if hidden > 0:
        typer.echo(ngettext("and {count} further problem", "and {count} further problems", hidden), err=True)
    read = ngettext("{count} message read", "{count} messages read", len(messages))
    if gathered is None:
        typer.echo(_("{messages}; nothing is stored").format(messages=read))
        return
    said = _("{messages}: {new} new, {changed} changed, {known} known")
    known = len(messages) - gathered.new - gathered.changed
    typer.echo(said.format(messages=read, new=gathered.new, changed=gathered.changed, known=known))
