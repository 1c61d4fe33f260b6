"""`leitstand hold`: stop one post at once, through the ledger and not through a file, or let it go on."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import find_uid, row_json
from toolkit.dispatch.holding import Held, Wish, hold_post, release_post, say_held, say_released
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import open_ledger
from toolkit.messages import _


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
        done = release_post(ledger, uid, moment) if release else hold_post(ledger, uid, Wish(reason, by), moment)
    late = () if release else done.late
    if as_json:
        answer = {"uid": uid, "on_hold": not release, "too_late": [row_json(row) for row in late]}
        print_json(answer | {"rows": [row_json(row) for row in done.rows]})
    else:
        for line in say_released(done) if release else _stopped(done):
            console().print(line, markup=False)
    return EXIT_PROBLEMS if late else EXIT_CLEAN


def _stopped(held: Held) -> list[str]:
    if not held.rows:
        return [_("stopped: it is not planned yet, and will not be sent before: leitstand hold POST --release")]
    return [say_held(row) for row in held.rows]
