"""What a move from another tool came to, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from toolkit.cli.context import table_console
from toolkit.cli.findings import printable
from toolkit.importers.evidence import Confidence
from toolkit.messages import _, ngettext
from toolkit.migration.archive import Tool
from toolkit.values import dataclass

if TYPE_CHECKING:
    from rich.table import Table

    from toolkit.migration import Fetched, Migration, Recorded, Written


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that the import says; `written` and `recorded` are None after a dry run."""

    migration: Migration
    written: Written | None
    recorded: Recorded | None
    fetched: Fetched | None


def result_json(result: Result) -> dict[str, object]:
    """One object with stable keys."""
    migration, recorded, fetched = result.migration, result.recorded, result.fetched
    new = result.written.new if result.written else ()
    return {
        "posts": [
            {
                "source": post.source,
                "path": post.path,
                "uid": post.uid,
                "new": post.path in new,
                "changes": [{"kind": change.kind.value, "said": change.said} for change in post.changes],
            }
            for post in migration.posts
        ],
        "new": list(new),
        "kept": list(result.written.kept if result.written else ()),
        "changes": [{"kind": change.kind.value, "said": change.said} for change in migration.changes],
        "history": {
            "confirmed": recorded.confirmed,
            "imported": recorded.imported,
            "failed": recorded.failed,
            "known": recorded.known,
        }
        if recorded
        else None,
        "pictures": {"fetched": fetched.files, "failed": fetched.failed} if fetched else None,
        "problems": [str(problem) for problem in migration.problems],
    }


def evidence_json(tool: Tool) -> list[dict[str, str]]:
    """How sure we are of each form of the tool's files."""
    return [
        {"form": form, "confidence": found.confidence.value, "source": found.source} for form, found in tool.evidence
    ]


def show_evidence(tool: Tool) -> None:
    """The same for people who are about to try it with their own file."""
    words = {
        Confidence.TESTED: _("tried with real files"),
        Confidence.SEEN: _("seen, not tried with real files"),
        Confidence.DOCUMENTED: _("as its maker describes it, not tried with real files"),
        Confidence.UNKNOWN: _("a guess"),
    }
    for form, found in tool.evidence:
        typer.echo(f"{tool.title}, {form}: {words[found.confidence]} ({found.source})")


def show_result(result: Result, into: Path) -> None:
    """The table, what is different on the whole, and the sums."""
    migration = result.migration
    terminal = table_console()
    terminal.print(_table(migration), soft_wrap=False)
    for change in migration.changes:
        typer.echo(printable(change.said))
    counted = Counter(kind for post in migration.posts for kind in {change.kind for change in post.changes})
    if counted:
        typer.echo(", ".join(f"{kind.value}: {count}" for kind, count in sorted(counted.items())))
    _show_sums(result, into)
    _complain(f"{url}: {why}" for url, why in (result.fetched.failed if result.fetched else {}).items())
    _complain(map(str, migration.problems))


def _show_sums(result: Result, into: Path) -> None:
    written, recorded = result.written, result.recorded
    if written is None or recorded is None:
        posts = ngettext("{count} post", "{count} posts", len(result.migration.posts))
        typer.echo(_("{posts} would come; nothing was written").format(posts=posts))
        return
    new = len(set(written.new) & {post.path for post in result.migration.posts})
    said = ngettext("{count} post is new in", "{count} posts are new in", new)
    typer.echo(f"{said} {into}; " + ngettext("{count} was there", "{count} were there", len(written.kept)))
    message = _("history: {confirmed} out with an address, {imported} out, {failed} failed, {known} known before")
    typer.echo(
        message.format(
            confirmed=recorded.confirmed, imported=recorded.imported, failed=recorded.failed, known=recorded.known
        )
    )


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(printable(line), err=True)


def _table(migration: Migration) -> Table:
    """What was changed and why, post by post; a post that is as it was has an empty cell."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(_("Post"), overflow="fold")
    table.add_column(_("Changed"), overflow="fold")
    for post in migration.posts:
        said = printable("\n".join(change.said for change in post.changes))
        table.add_row(Text(post.path.removeprefix("content/posts/")), Text(said))
    return table
