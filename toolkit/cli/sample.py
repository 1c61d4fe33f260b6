"""`leitstand sample`: what the sample workspace is made of: its pictures, a history of counts, what people write to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _, ngettext

app = make_app()


@app.callback()
def _root() -> None:
    """Write the sample workspace's pictures, a history of counts, an inbox, or what others publish."""


@app.command(help="Write a year of believable exports, with known effects hidden in them.")
def history(
    folder: Annotated[Path, typer.Argument(help="Where the exports go.")],
    *,
    workspace: Folder = HERE,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives another history.")] = 7,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Write the exports."""
    from toolkit.sample.history import write_history

    context = open_context(workspace, now)
    written, planted = write_history(context.load(), folder, context.clock.now(), seed)
    if as_json:
        print_json({"files": [str(path) for path in written], "planted": planted.as_json()})
    else:
        count = ngettext("{count} export", "{count} exports", len(written))
        typer.echo(
            _("{count} written to {folder}; import them with: leitstand import {folder}").format(
                count=count, folder=folder
            )
        )
    return EXIT_CLEAN


@app.command(help="Draw the media that the sample's posts name.")
def pictures(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go, such as content/media.")],
    *,
    as_json: AsJson = False,
) -> int:
    """Draw the pictures."""
    from toolkit.sample.pictures import draw_pictures

    written = draw_pictures(folder)
    if as_json:
        print_json({"files": [str(path) for path in written]})
    else:
        typer.echo(ngettext("{count} picture drawn", "{count} pictures drawn", len(written)))
    return EXIT_CLEAN


@app.command(help="Fill an empty inbox with what people write in a few days, and what a team did with it.")
def inbox(*, workspace: Folder = HERE, as_json: AsJson = False, now: Now = "") -> int:
    """Fill the inbox."""
    from toolkit.cli.listening.office import Sequel, maybe_ledger, opened
    from toolkit.sample.team import Team, fill_inbox, work_through

    context = open_context(workspace, now)
    workplace = context.load()
    sequel = Sequel(context, workplace)
    with opened(context) as opened_inbox, maybe_ledger(context) as ledger:
        found = fill_inbox(opened_inbox, workplace, context.clock.now())
        sequel.judge(opened_inbox, found.values())
        sequel.finish(opened_inbox, ledger)
        touched = work_through(Team(opened_inbox, found, workplace, context.clock.now()))
        sequel.finish(opened_inbox, ledger)
    if as_json:
        print_json({"conversations": len(found), "touched": touched})
    else:
        typer.echo(ngettext("{count} conversation in the inbox", "{count} conversations in the inbox", len(found)))
    return EXIT_CLEAN


@app.command(help="Fill the research with what others publish, and with single posts of competitors.")
def research(*, workspace: Folder = HERE, as_json: AsJson = False, now: Now = "") -> int:
    """Put the sample's press and its competitors' posts in the place of what was known."""
    from toolkit.research.published import FILE, file_published
    from toolkit.research.seen import write_seen
    from toolkit.sample.history import make_planted
    from toolkit.sample.press import press
    from toolkit.sample.rivals import rival_days
    from toolkit.sample.watched import watched
    from toolkit.workspace.feeds import read_feeds

    context = open_context(workspace, now)
    moment = context.clock.now()
    planted = make_planted(context.settings, moment, 7)
    context.state.mkdir(parents=True, exist_ok=True)
    (context.state / FILE).unlink(missing_ok=True)
    entries = file_published(context.state, press(read_feeds(context.tree)[0].feeds, moment), moment)
    posts = list(watched(rival_days(planted, moment, context.zone), moment))
    write_seen(context.state, posts)
    if as_json:
        print_json({"entries": entries, "posts": len(posts)})
        return EXIT_CLEAN
    said = ngettext("{count} entry of others", "{count} entries of others", entries)
    seen = ngettext("{count} post of competitors", "{count} posts of competitors", len(posts))
    typer.echo(f"{said}, {seen}")
    return EXIT_CLEAN
