"""`leitstand log`: every change that the ledger wrote down, and what people said at the desk, the oldest first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json, print_json_lines
from toolkit.cli.rows import approval_json, event_json, find_uid, local_time
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import (
    ApprovalRow,
    Broken,
    Event,
    Ledger,
    export_events,
    find_break,
    open_ledger,
    read_approvals,
    read_export,
    verify,
)
from toolkit.ledger.chain import Link
from toolkit.ledger.naming import old_word, row_name, row_word
from toolkit.messages import _, ngettext


def run(
    post: Annotated[str, typer.Argument(help="Only this post: uid, path or end of the path.", metavar="[POST]")] = "",
    *,
    limit: Annotated[int, typer.Option("--limit", help="Show at most the last so many.", min=1)] = 200,
    check: Annotated[
        bool, typer.Option("--verify", help="Say whether the log is as it was written; with --jsonl: whether FILE is.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option("--jsonl", help="Append what is new to FILE, an object a line.", metavar="FILE")
    ] = None,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show the ledger's events, verify their chain, or keep a copy of it elsewhere."""
    if check and export:
        return _say(find_break(_lines(export)), as_json=as_json)
    context = open_context(workspace, now)
    if check or export:
        with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
            return _export(ledger, export, as_json=as_json) if export else _say(verify(ledger), as_json=as_json)
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        uid = find_uid(context, ledger, post) if post else ""
        entries = _entries(ledger, uid, limit)
    if as_json:
        print_json_lines(event_json(one) if isinstance(one, Event) else approval_json(one) for one in entries)
        return EXIT_CLEAN
    for one in entries:
        line = _change(one) if isinstance(one, Event) else _word(one)
        console().print(f"{local_time(one.at, context)}  {line}".rstrip(), markup=False)
    if not entries:
        console().print(_("nothing was written down yet"))
    return EXIT_CLEAN


def _entries(ledger: Ledger, uid: str, limit: int) -> list[Event | ApprovalRow]:
    """The last `limit` of both kinds, the oldest first; the events among themselves as they were written."""
    both: tuple[list[Event | ApprovalRow], ...] = (
        [*ledger.events(uid=uid, limit=limit)],
        [*read_approvals(ledger, uid)],
    )
    return list(heapq.merge(*both, key=lambda one: one.at))[-limit:]


def _change(event: Event) -> str:
    change = f"{old_word(event)} → {row_word(event)}" if event.old != event.state else _("noted")
    return f"{row_name(event)}  {change}  {' '.join(filter(None, (event.url, event.detail)))}"


def _word(row: ApprovalRow) -> str:
    """What somebody said at the desk, about which content."""
    said = _("approved by {by}") if row.granted else _("sent back by {by}")
    return f"{row.uid}  {said.format(by=row.person)}  {' '.join(filter(None, (row.hash, row.note)))}"


def _lines(file: Path) -> Iterator[Link]:
    if not file.is_file():
        raise UsageError(_("there is no {path}").format(path=file))
    return read_export(file)


def _say(broken: Broken | None, *, as_json: bool) -> int:
    """Exit 1 when the log is not as it was written."""
    if as_json:
        print_json({"whole": broken is None, "number": broken.number if broken else None, "reason": str(broken or "")})
    else:
        console().print(str(broken) if broken else _("the log is as it was written"), markup=False)
    return EXIT_PROBLEMS if broken else EXIT_CLEAN


def _export(ledger: Ledger, file: Path, *, as_json: bool) -> int:
    count = export_events(ledger, file)
    if as_json:
        print_json({"file": str(file), "appended": count})
    else:
        console().print(
            f"{file}: " + ngettext("{count} event appended", "{count} events appended", count), markup=False
        )
    return EXIT_CLEAN
