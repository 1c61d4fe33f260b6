"""`leitstand hold`: stop one post at once, through the ledger and not through a file, or let it go on."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import find_uid, row_json, row_name, row_word
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import PauseRow, Row, State, open_ledger
from toolkit.messages import _

TOO_LATE = (State.SENDING, State.UNKNOWN, State.CONFIRMED)


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="POST")],
    *,
    release: Annotated[bool, typer.Option("--release", help="Let the post go on.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why; shown in status and log.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who stops it.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Stop a post at once, also one that is not planned yet; exit 1 when some of it is out already."""
    context = open_context(workspace, now)
    moment = context.clock.now()
    with open_ledger(context.ledger, now=moment) as ledger:
        uid = find_uid(context, ledger, post)
        holds = [pause for pause in ledger.pauses(moment) if (pause.scope, pause.value) == ("post", uid)]
        if release:
            for pause in holds:
                ledger.end_pause(pause.id, moment)
        elif not holds:
            said = reason or _("on hold")
            ledger.add_pause(PauseRow(0, "post", uid, said, by, moment, None))
        # Read after the hold is committed: no intent can be written any more, so this is the truth.
        rows = ledger.rows(uid=uid)
    late = [] if release else [row for row in rows if row.state in TOO_LATE]
    if as_json:
        answer = {"uid": uid, "on_hold": not release, "too_late": [row_json(row) for row in late]}
        print_json(answer | {"rows": [row_json(row) for row in rows]})
    else:
        for line in _released(rows, was_held=bool(holds)) if release else _stopped(rows):
            console().print(line, markup=False)
    return EXIT_PROBLEMS if late else EXIT_CLEAN


def _stopped(rows: list[Row]) -> list[str]:
    if not rows:
        return [_("stopped: it is not planned yet, and will not be sent before: leitstand hold POST --release")]
    return [_answer(row) for row in rows]


def _answer(row: Row) -> str:
    name = row_name(row)
    if row.handed_over:
        return _("stopped: {name}; tell whoever was about to publish it").format(name=name)
    if row.state is State.PLANNED:
        return _("stopped: {name}").format(name=name)
    if row.state is State.CONFIRMED:
        return _("too late: {name} sent {url}").format(name=name, url=row.url).rstrip()
    if row.state in TOO_LATE:
        return _("too late: {name} is being sent; look there").format(name=name)
    return _("nothing to stop: {name} is {state}").format(name=name, state=row_word(row))


def _released(rows: list[Row], *, was_held: bool) -> list[str]:
    if not was_held:
        return [_("it was not on hold")]
    going = [row_name(row) for row in rows if row.state is State.PLANNED or row.handed_over]
    return [_("goes on: {name}").format(name=name) for name in going] or [_("released; nothing of it is planned")]
