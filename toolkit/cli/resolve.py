"""`leitstand resolve`: a person decides what no program may: it is out, send it again, or drop it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import event_json, event_line, find_uid, row_name, row_word
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.ledger import Event, Ledger, Row, State, open_ledger
from toolkit.messages import _
from toolkit.model import Clock

OPEN = (State.HELD, State.UNKNOWN, State.MISSED, State.FAILED)
CLOSED = (State.SKIPPED, State.CANCELLED, State.IMPORTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """Exactly one of `out` (an address), `again` and `drop`; and which row, where several are open."""

    out: str
    remote_id: str
    again: bool
    drop: bool
    by: str
    day: str = ""
    action: str = ""


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="POST")],
    channel: Annotated[str, typer.Argument(help="The account's name.", metavar="CHANNEL")],
    *,
    out: Annotated[str, typer.Option("--out", help="It is published, at this address.", metavar="URL")] = "",
    remote_id: Annotated[
        str, typer.Option("--remote-id", help="With --out: its id there, so that a thread goes on and counts come in.")
    ] = "",
    again: Annotated[bool, typer.Option("--send-again", help="It is not out; send it.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="It shall not be sent any more.")] = False,
    by: Annotated[str, typer.Option("--by", help="Who decides; written into the log.")] = "",
    day: Annotated[str, typer.Option("--day", help="Which time of a post that comes again, e.g. 2026-12-08.")] = "",
    action: Annotated[
        str, typer.Option("--action", help="Which of the post and what follows it: post, comment, edit:1, retract …")
    ] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Decide about a held, missed, unknown or failed post."""
    if [bool(out), again, drop].count(True) != 1:
        raise UsageError(_("say one of: --out URL (it is published), --send-again, --drop"))
    context = open_context(workspace, now)
    decision = Decision(out, remote_id, again, drop, by, day, action)
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        uid = find_uid(context, ledger, post)
        events = decide(ledger, uid, channel, decision, context.clock)
    if as_json:
        print_json({"uid": uid, "channel": channel, "events": [event_json(event) for event in events]})
    for event in [] if as_json else events:
        console().print(event_line(event), markup=False)
    return EXIT_CLEAN if events else EXIT_PROBLEMS


def decide(ledger: Ledger, uid: str, channel: str, decision: Decision, clock: Clock) -> list[Event]:
    """Carry the decision out; raises `LeitstandError` when there is nothing to decide or somebody was faster."""
    rows = ledger.rows(uid=uid, account=channel)
    row = _open_row([one for one in rows if _is_meant(one, decision)], channel)
    events: list[Event | None] = [_apply(ledger, row, decision, clock)]
    rest = [other for other in rows if other.thread == row.thread and other.part > row.part]
    if decision.drop:
        # Without this part the rest of the thread makes no sense.
        events += [ledger.resolve_drop(other, clock.now(), decision.by) for other in rest]
    if decision.again:
        # What was dropped with this part comes back with it.
        dropped = [other for other in rest if other.state is State.SKIPPED]
        events += [ledger.resolve_again(other, clock.now(), decision.by) for other in dropped]
    return [event for event in events if event is not None]


def _is_meant(row: Row, decision: Decision) -> bool:
    return decision.day in ("", row.occurrence) and decision.action in ("", row.action)


def _open_row(rows: list[Row], channel: str) -> Row:
    for states in (OPEN, CLOSED):
        found = [row for row in rows if row.state in states]
        threads = {row.thread for row in found}
        if len(threads) > 1:
            # To decide about another one than the person means could send it twice.
            names = "; ".join(f"{row_name(row)}: {row_word(row)}" for row in found)
            message = _("several are open, say which by --day or --action: {names}")
            raise UsageError(message.format(names=names))
        if found:
            return min(found, key=lambda row: row.part)
    if not rows:
        raise LeitstandError(_("the ledger has no such post on {channel}").format(channel=channel))
    said = ", ".join(dict.fromkeys(row_word(row) for row in rows))
    message = _("there is nothing to decide on {channel}: {state}. To stop a planned post: leitstand hold POST")
    raise LeitstandError(message.format(channel=channel, state=said))


def _apply(ledger: Ledger, row: Row, decision: Decision, clock: Clock) -> Event:
    now = clock.now()
    if decision.out:
        event = ledger.resolve_out(row, now, decision.out, decision.remote_id, decision.by)
    elif decision.again:
        event = ledger.resolve_again(row, now, decision.by)
    else:
        event = ledger.resolve_drop(row, now, decision.by)
    if event is None:
        raise LeitstandError(_("it changed this very moment; look again: leitstand status"))
    return event
