"""`leitstand resolve`: a person decides what no program may: it is out, send it again, or drop it."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.resolve.outage import Choice, resolve_all, what_next
from toolkit.cli.rows import change_line, event_json, find_uid
from toolkit.dispatch.deciding import Decision, decide
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import open_ledger
from toolkit.messages import _


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
