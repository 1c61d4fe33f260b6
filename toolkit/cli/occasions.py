"""`leitstand occasions`: the days that are near, from when on somebody prepares them, and what comes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json, table_console
from toolkit.cli.findings import printable
from toolkit.cli.idea.naming import require
from toolkit.cli.places import path_from_here
from toolkit.editorial import Idea, read_ideas, read_occasions
from toolkit.editorial.dating import write_occasion
from toolkit.editorial.days import Coming, coming, serves
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.workspace import OCCASIONS

app = make_app()
app.info.no_args_is_help = False  # without a verb of its own it lists


@app.callback(invoke_without_command=True)
def _root(
    called: typer.Context,
    *,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="So many days ahead.")] = 120,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """List occasions, the nearest first, with their ideas; days without one whose preparation has begun are marked."""
    if called.invoked_subcommand is not None:
        return EXIT_CLEAN
    context = open_context(folder, now)
    workspace = context.load()
    ideas, today = read_ideas(workspace)[0], context.local_now.date()
    near = coming(read_occasions(workspace)[0], today, timedelta(days=days))
    found = [(one, [idea for idea in ideas if serves(idea, one)]) for one in near]
    if as_json:
        print_json({"occasions": [_record(one, served) for one, served in found]})
    elif found:
        _print(found, late=[one for one, served in found if not served and one.occasion.lead and one.start <= today])
    else:
        console().print(_("No occasion is near; they stand in {folder}").format(folder=OCCASIONS), markup=False)
    return EXIT_CLEAN


@app.command("new", help="Write a new occasion into content/occasions and print the file's path.")
def new(
    name: Annotated[str, typer.Argument(help="Name of the day or days.", metavar="NAME")],
    *,
    first: Annotated[str, typer.Option("--from", help="First day, such as 2027-05-09.")],
    until: Annotated[str, typer.Option("--until", help="Last day; default: the first.")] = "",
    yearly: Annotated[bool, typer.Option("--yearly", help="It comes every year on the same date.")] = False,
    repeat: Annotated[
        str, typer.Option("--repeat", help="Rule of a day that moves, such as FREQ=YEARLY;BYMONTH=5;BYDAY=2SU.")
    ] = "",
    owner: Annotated[str, typer.Option("--owner", help="Who prepares what we make of it.")] = "",
    lead: Annotated[int, typer.Option("--lead", min=0, help="So many days before it the work begins.")] = 0,
    pillar: Annotated[str, typer.Option("--pillar", help="Content pillar it belongs to.")] = "",
    channel: Annotated[
        list[str] | None, typer.Option("--channel", "-c", help="Name of an account that it suits; repeatable.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="What the editors should know.")] = "",
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Write it last into the file of the others; they keep every byte."""
    context = open_context(folder)
    workspace = context.load()
    if not name.strip():
        raise UsageError(_("an occasion needs a name"))
    if owner:
        require(_("person"), owner, workspace.settings.people)
    for one in channel or ():
        require(_("account"), one, workspace.settings.accounts)
    entry: dict[str, str | tuple[str, ...]] = {
        "name": name.strip(),
        "from": first,
        "until": until,
        "yearly": "true" if yearly else "",
        "repeat": repeat,
        "owner": owner,
        "lead": str(lead or ""),
        "pillar": pillar,
        "channels": tuple(dict.fromkeys(channel or ())),
        "note": note,
    }
    path = write_occasion(workspace, {key: value for key, value in entry.items() if value})
    if as_json:
        print_json({"path": path, "name": name.strip()})
    else:
        typer.echo(path_from_here(context.root / path))
    return EXIT_CLEAN


def _record(one: Coming, ideas: list[Idea]) -> dict[str, object]:
    return {
        "name": one.occasion.name,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "start": one.start.isoformat(),
        "kind": one.occasion.kind.value,
        "owner": one.occasion.owner,
        "pillar": one.occasion.pillar,
        "channels": list(one.occasion.channels),
        "ideas": [idea.name for idea in ideas],
    }


def _print(found: list[tuple[Coming, list[Idea]]], late: list[Coming]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (_("Day"), _("Occasion"), _("Work begins"), _("Owner"), _("Ideas")):
        table.add_column(title, overflow="fold")
    for one, ideas in found:
        said = ", ".join(idea.name for idea in ideas) or (_("none, and it is time") if one in late else "\N{EN DASH}")
        day = one.first.isoformat() if one.first == one.last else f"{one.first} \N{EN DASH} {one.last}"
        start = one.start.isoformat() if one.occasion.lead else ""
        table.add_row(*map(Text, (day, printable(one.occasion.name), start, one.occasion.owner, said)))
    table_console().print(table)
