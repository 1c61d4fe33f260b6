"""`leitstand import-posts`: a workspace out of what another publishing tool left behind, its history included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Now, make_clock, print_json, progress
from toolkit.cli.moved import Result, result_json, show_result
from toolkit.cli.takeover import make_verb, record
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.messages import _
from toolkit.migration.tools import TOOLS
from toolkit.model import zone
from toolkit.settings import unknown_zone

if TYPE_CHECKING:
    from toolkit.migration import Fetched
    from toolkit.migration.galaxy import Export
    from toolkit.model import Clock

TOOL = "galaxy-social"
MEDIA = "media/galaxy-social"

app = make_app()


@app.callback()
def _root() -> None:
    """Take posts and their history over from another tool."""


@app.command(TOOL, help="Take over a checkout of galaxy-social: accounts, posts, and what was published.")
def galaxy_social(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="The checkout, with posts/ and plugins.yml.")],
    *,
    into: Annotated[
        Path,
        typer.Option("--into", metavar="FOLDER", help="The workspace; made if there is none.", show_default="here"),
    ] = HERE,
    timezone: Annotated[str, typer.Option("--timezone", help="IANA zone of publish times.")] = "UTC",
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch the pictures from their addresses.")] = False,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write the workspace and its ledger; what is there stays as it is."""
    from toolkit.migration.galaxy import read_export

    if zone(timezone) is None:
        raise UsageError(unknown_zone(timezone))
    export = read_export(source)
    if not export.usable:
        said = "\n".join(map(str, export.problems))
        raise LeitstandError(_("{problems}\nnothing was written").format(problems=said))
    result = _move(export, into, timezone, make_clock(now), fetch=fetch)
    if as_json:
        print_json(result_json(result))
    else:
        show_result(result, into)
    return EXIT_PROBLEMS if result.migration.problems else EXIT_CLEAN


def _move(export: Export, into: Path, timezone: str, clock: Clock, *, fetch: bool) -> Result:
    from toolkit.migration import forgive, write_migration
    from toolkit.migration.galaxy import Wishes, migrate
    from toolkit.workspace.naming import slug

    folder = into.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    fetched = _fetch(export, folder) if fetch else None
    wishes = Wishes(slug(folder.name), timezone, fetched.files if fetched else {})
    migration = forgive(migrate(export, wishes), folder, TOOL, clock.now())
    written = write_migration(folder, migration)
    return Result(migration, written, record(folder, migration, TOOL, clock), fetched)


def _fetch(export: Export, folder: Path) -> Fetched:
    from toolkit.migration import fetch_pictures
    from toolkit.web import Web

    urls = [picture.url for entry in export.entries for picture in entry.pictures]
    with progress() as bar:
        task = bar.add_task(_("Pictures"), total=len(set(urls)))
        return fetch_pictures(urls, folder, MEDIA, Web(), lambda: bar.advance(task))


for _tool in TOOLS.values():
    app.command(_tool.name, help=f"Take posts over from {_tool.title}: {_tool.wants}.")(make_verb(_tool))
