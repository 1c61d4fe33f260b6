"""`leitstand resolve`: a person decides what no program may: it is out, send it again, or drop it."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.resolving import OPEN, Choice, Decision, decide_row, resolve_all, what_next
from toolkit.cli.rows import change_line, event_json, find_uid, row_name, row_word
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.ledger import Event, Ledger, Row, State, open_ledger
from toolkit.messages import _
from toolkit.model import Clock

CLOSED = (State.SKIPPED, State.CANCELLED, State.IMPORTED)


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="[POST")] = "",
    channel: Annotated[str, typer.Argument(help="The account's name.", metavar="CHANNEL]")] = "",
    *,
    account: Annotated[
        str, typer.Option("--account", help="Instead of POST and CHANNEL: all that is open on this account.")
    ] = "",
    state: Annotated[
        str, typer.Option("--state", help="With --account: only what is held, missed, failed or unknown.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="With --account: do not ask before deciding.")] = False,
    out: Annotated[
        str,
        typer.Option(
            "--out", help="It is published, at this address; with --account: they are seen there.", metavar="URL"
        ),
    ] = "",
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
    """Decide about a held, missed, unknown or failed post, or about all of them on one account."""
    if [bool(out), again, drop].count(True) != 1:
        raise UsageError(_("say one of: --out URL (it is published), --send-again, --drop"))
    context = open_context(workspace, now)
    decision = Decision(out, remote_id, again, drop, by, day, action)
    if account or state or not post:
        choice = Choice(account, state, named=bool(post or channel))
        return resolve_all(context, choice, decision, asking=not yes, as_json=as_json)
    if not channel:
        raise UsageError(_("name the account as well: leitstand resolve POST CHANNEL; or all of one: --account NAME"))
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        uid = find_uid(context, ledger, post)
        events = decide(ledger, uid, channel, decision, context.clock)
    if as_json:
        print_json({"uid": uid, "channel": channel, "events": [event_json(event) for event in events]})
    else:
        for event in events:
            console().print(change_line(event), markup=False)
        console().print(what_next(decision), markup=False)
    return EXIT_CLEAN if events else EXIT_PROBLEMS


def decide(ledger: Ledger, uid: str, channel: str, decision: Decision, clock: Clock) -> list[Event]:
    """Carry the decision out; raises `LeitstandError` when there is nothing to decide or somebody was faster."""
    rows = ledger.rows(uid=uid, account=channel)
    row = _open_row([one for one in rows if _is_meant(one, decision)], channel)
    events = decide_row(ledger, row, decision, clock)
    if not events:
        raise LeitstandError(_("it changed this very moment; look again: leitstand status"))
    return events


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
