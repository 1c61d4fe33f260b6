"""`leitstand confirm`: a person has published a post by hand and says where it is; that is its receipt."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import find_uid, row_json
from toolkit.dispatch.receiving import Claim, confirm, read_address
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.ledger import open_ledger
from toolkit.ledger.naming import row_name, row_word
from toolkit.messages import _
from toolkit.settings import unknown_name


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="POST")],
    channel: Annotated[str, typer.Argument(help="The account's name.", metavar="CHANNEL")],
    url: Annotated[str, typer.Argument(help="Where it can be seen now.", metavar="URL")],
    *,
    by: Annotated[str, typer.Option("--by", help="Who published it; written into the log.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Also while the post is on hold or paused.")] = False,
    day: Annotated[str, typer.Option("--day", help="Which time of a post that comes again, e.g. 2026-12-08.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Say where a post is that was published by hand."""
    context = open_context(workspace, now)
    moment, address, who = context.clock.now(), read_address(url), _person(context, by)
    with open_ledger(context.ledger, now=moment) as ledger:
        claim = Claim(find_uid(context, ledger, post), channel, address, who, anyway, day)
        row = confirm(context.load(), ledger, claim, moment)
    if as_json:
        print_json(row_json(row))
    else:
        console().print(f"✓ {row_word(row):<10} {row_name(row)}  {row.url}", markup=False)
    return EXIT_CLEAN


def _person(context: Context, by: str) -> str:
    people = context.settings.people
    if not by or not people:
        return by
    if by not in people:
        raise UsageError(unknown_name(_("person"), by, people))
    return people[by].name
