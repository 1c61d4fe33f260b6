"""`leitstand import-posts TOOL`: posts of schedulers and blogs into a workspace, with what they published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Now, make_clock, open_context, print_json, progress
from toolkit.cli.moved import Result, evidence_json, result_json, show_evidence, show_result
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.migration.archive import Archive, Days, Reading, Tool
from toolkit.model import Clock, zone
from toolkit.settings import unknown_zone

if TYPE_CHECKING:
    from toolkit.migration import Fetched, Migration, Recorded
    from toolkit.migration.bringing import Wishes


def make_verb(tool: Tool) -> Callable[..., int]:
    """The command that takes posts over from `tool`."""

    def take_over(
        sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help="What the tool left behind.")],
        *,
        into: Annotated[
            Path,
            typer.Option("--into", metavar="FOLDER", help="The workspace; made if there is none.", show_default="here"),
        ] = HERE,
        accounts: Annotated[
            list[str] | None,
            typer.Option("--account", metavar="[THEIRS=]OURS", help="Which account a channel is; repeatable."),
        ] = None,
        timezone: Annotated[
            str,
            typer.Option("--timezone", help="Time zone of times that name none; default: the workspace's, else UTC."),
        ] = "",
        days: Annotated[Days | None, typer.Option("--days", help="How 3/4/2026 is meant.", show_default=False)] = None,
        language: Annotated[str, typer.Option("--language", help="Language of a new workspace.")] = "en",
        ready: Annotated[
            bool, typer.Option("--ready", help="What is planned there is ready here; delete it there.")
        ] = False,
        fetch: Annotated[bool, typer.Option("--fetch", help="Fetch the pictures from their addresses.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")] = False,
        now: Now = "",
        as_json: AsJson = False,
    ) -> int:
        """Write the posts and what the ledger is to know; what is there stays as it is."""
        from toolkit.migration.bringing import Wishes, read_home
        from toolkit.migration.sources import read_sources

        folder, clock = into.resolve(), make_clock(now)
        home = read_home(folder)
        named = timezone or (home.timezone if home else "UTC")
        if zone(named) is None:
            raise UsageError(unknown_zone(named))
        archive = read_sources(tool, sources, Reading(named, clock.now(), days))
        wishes = Wishes(
            zone=named,
            language=language,
            accounts=dict(map(_pair, accounts or ())),
            ready=ready,
            fetch=(lambda urls: _fetch(urls, folder, tool.name)) if fetch else None,
            dry=dry_run,
        )
        result = _bring(tool, archive, folder, wishes, clock)
        if as_json:
            print_json({**result_json(result), "evidence": evidence_json(tool)})
        else:
            show_result(result, into)
            if dry_run:
                show_evidence(tool)
        return EXIT_PROBLEMS if result.migration.problems else EXIT_CLEAN

    return take_over


def _pair(text: str) -> tuple[str, str]:
    """``@brand=mastodon`` is one channel's account, ``mastodon`` every channel's."""
    theirs, equals, ours = text.rpartition("=")
    return (theirs, ours) if equals else ("", text)


def _bring(tool: Tool, archive: Archive, folder: Path, wishes: Wishes, clock: Clock) -> Result:
    from toolkit.migration import write_migration
    from toolkit.migration.bringing import bring

    if not wishes.dry:
        folder.mkdir(parents=True, exist_ok=True)
    brought = bring(tool, archive, folder, wishes, clock.now())
    if wishes.dry:
        return Result(brought.migration, None, None, None)
    written = write_migration(folder, brought.migration)
    recorded = record(folder, brought.migration, tool.title, clock)
    return Result(brought.migration, written, recorded, brought.fetched)


def record(folder: Path, migration: Migration, tool: str, clock: Clock) -> Recorded:
    """Tell the ledger what is out."""
    from toolkit.ledger import note_progress, open_ledger
    from toolkit.migration import record_history

    context = open_context(folder)
    with open_ledger(context.ledger, now=clock.now()) as ledger:
        recorded = record_history(ledger, context.load(), migration.deliveries, tool, clock.now())
        note_progress(ledger)
    return recorded


def _fetch(urls: list[str], folder: Path, tool: str) -> Fetched:
    from toolkit.migration import fetch_pictures
    from toolkit.web import Web

    with progress() as bar:
        task = bar.add_task(_("Pictures"), total=len(set(urls)))
        return fetch_pictures(urls, folder, f"media/{tool}", Web(), lambda: bar.advance(task))
