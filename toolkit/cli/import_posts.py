"""`leitstand import-posts`: a workspace out of what another publishing tool left behind, its history included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Now, make_clock, open_context, print_json, progress, table_console
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.messages import _, ngettext
from toolkit.model import zone
from toolkit.settings import unknown_zone

if TYPE_CHECKING:
    from rich.table import Table

    from toolkit.migration import Fetched, Migration, Recorded, Written
    from toolkit.migration.galaxy import Export
    from toolkit.model import Clock

TOOL = "galaxy-social"
MEDIA = "media/galaxy-social"

app = make_app()


@app.callback()
def _root() -> None:
    """Take posts and their history over from another tool."""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that the import says."""

    migration: Migration
    written: Written
    recorded: Recorded
    fetched: Fetched | None


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
        print_json(_json(result))
    else:
        _show(result, into)
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
    return Result(migration, written, _record(folder, migration, clock), fetched)


def _fetch(export: Export, folder: Path) -> Fetched:
    from toolkit.migration import fetch_pictures
    from toolkit.web import Web

    urls = [picture.url for entry in export.entries for picture in entry.pictures]
    with progress() as bar:
        task = bar.add_task(_("Pictures"), total=len(set(urls)))
        return fetch_pictures(urls, folder, MEDIA, Web(), lambda: bar.advance(task))


def _record(folder: Path, migration: Migration, clock: Clock) -> Recorded:
    from toolkit.ledger import note_progress, open_ledger
    from toolkit.migration import record_history

    context = open_context(folder)
    with open_ledger(context.ledger, now=clock.now()) as ledger:
        recorded = record_history(ledger, context.load(), migration.deliveries, TOOL, clock.now())
        note_progress(ledger)
    return recorded


def _json(result: Result) -> dict[str, object]:
    migration, recorded, fetched = result.migration, result.recorded, result.fetched
    return {
        "posts": [
            {
                "source": post.source,
                "path": post.path,
                "uid": post.uid,
                "new": post.path in result.written.new,
                "changes": [{"kind": change.kind.value, "said": change.said} for change in post.changes],
            }
            for post in migration.posts
        ],
        "new": list(result.written.new),
        "kept": list(result.written.kept),
        "changes": [{"kind": change.kind.value, "said": change.said} for change in migration.changes],
        "history": {
            "confirmed": recorded.confirmed,
            "imported": recorded.imported,
            "failed": recorded.failed,
            "known": recorded.known,
        },
        "pictures": {"fetched": fetched.files, "failed": fetched.failed} if fetched else None,
        "problems": [str(problem) for problem in migration.problems],
    }


def _show(result: Result, into: Path) -> None:
    migration, recorded = result.migration, result.recorded
    terminal = table_console()
    terminal.print(_table(migration), soft_wrap=False)
    for change in migration.changes:
        typer.echo(change.said)
    counted = Counter(kind for post in migration.posts for kind in {change.kind for change in post.changes})
    typer.echo(", ".join(f"{kind.value}: {count}" for kind, count in sorted(counted.items())))
    new = len(set(result.written.new) & {post.path for post in migration.posts})
    said = ngettext("{count} post is new in", "{count} posts are new in", new)
    typer.echo(f"{said} {into}; " + ngettext("{count} was there", "{count} were there", len(result.written.kept)))
    message = _("history: {confirmed} out with an address, {imported} out, {failed} failed, {known} known before")
    typer.echo(
        message.format(
            confirmed=recorded.confirmed, imported=recorded.imported, failed=recorded.failed, known=recorded.known
        )
    )
    _complain(f"{url}: {why}" for url, why in (result.fetched.failed if result.fetched else {}).items())
    _complain(map(str, migration.problems))


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line, err=True)


def _table(migration: Migration) -> Table:
    """What was changed and why, post by post; a post that is as it was has an empty cell."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(_("Post"), overflow="fold")
    table.add_column(_("Changed"), overflow="fold")
    for post in migration.posts:
        table.add_row(Text(post.path.removeprefix("content/posts/")), Text("\n".join(c.said for c in post.changes)))
    return table
