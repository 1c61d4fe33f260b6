"""`leitstand plan export`: the plan as a table for a spreadsheet program, to be edited and given to `plan import`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, open_context, print_json
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _, ngettext
from toolkit.model import Post, Status
from toolkit.workspace import Workspace

ENDINGS: Final = (".csv", ".xlsx")


class Delimiter(StrEnum):
    """What stands between the cells of CSV."""

    SEMICOLON = "semicolon"
    COMMA = "comma"
    TAB = "tab"


_MARKS: Final = {Delimiter.SEMICOLON: ";", Delimiter.COMMA: ",", Delimiter.TAB: "\t"}


def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="plan.xlsx or plan.csv; the ending decides.")],
    *,
    first: Annotated[str, typer.Option("--from", help="Only posts from this day on, e.g. 2026-12-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Only posts up to this day.")] = "",
    delimiter: Annotated[
        Delimiter | None,
        typer.Option(
            help="Delimiter of CSV; default: as Excel in the workspace's language wants it.", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Write a row for each post; what nobody edits in it changes no byte when it comes back."""
    from toolkit.cli.plan.days import read_day
    from toolkit.planning.tables import make_plan, write_csv, write_workbook

    _check_target(target, force=force)
    context = open_context(folder)
    workspace = context.load()
    wanted = _between(workspace.posts, read_day("--from", first), read_day("--to", last))
    plan = make_plan(wanted, workspace.settings)
    if target.suffix.lower() == ".csv":
        usual = Delimiter.SEMICOLON if workspace.settings.interface == "de" else Delimiter.COMMA
        data = write_csv(plan, _MARKS[delimiter or usual])
    else:
        data = write_workbook(plan, _choices(workspace))
    _write(target, data)
    if as_json:
        print_json({"file": str(target), "posts": len(plan.rows), "left_out": list(plan.left_out)})
        return EXIT_CLEAN
    posts = ngettext("{count} post", "{count} posts", len(plan.rows))
    message = _("{posts} in {file}; edit it and give it to: leitstand plan import {file}")
    typer.echo(message.format(posts=posts, file=target))
    for path in plan.left_out:
        typer.echo(_("{path} has no row: its front matter cannot be read").format(path=path), err=True)
    return EXIT_CLEAN


def _check_target(target: Path, *, force: bool) -> None:
    if target.suffix.lower() not in ENDINGS:
        message = _("{file} must end in {endings}")
        raise UsageError(message.format(file=target, endings=_(" or ").join(ENDINGS)))
    if target.exists() and not force:
        message = _("{file} is there already, perhaps with somebody's edits; take another name, or --force")
        raise UsageError(message.format(file=target))


def _write(target: Path, data: bytes) -> None:
    from toolkit.source.writing import READABLE, replace_file

    replace_file(target, data, READABLE)


def _between(posts: Sequence[Post], first: date | None, last: date | None) -> list[Post]:
    """The posts of the days; those without a time only where no day was asked for."""
    if first is None and last is None:
        return list(posts)
    days = ((post, post.publish.wall.date()) for post in posts if post.publish is not None)
    return [post for post, day in days if (first or date.min) <= day <= (last or date.max)]


def _choices(workspace: Workspace) -> Mapping[str, Sequence[str]]:
    """What a workbook offers to choose from."""
    pillars = dict.fromkeys(post.pillar for post in workspace.posts if post.pillar)
    return {
        "status": list(Status),
        "campaign": list(workspace.campaigns),
        "pillar": list(pillars),
        "language": workspace.settings.languages,
        "author": list(workspace.settings.people),
        "owner": list(workspace.settings.people),
    }
