"""`leitstand import`: take counts over from an export file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json_lines, progress, table_console
from toolkit.cli.imported import list_imports, passed_json, passed_line
from toolkit.cli.wishes import SHOWN, As, Asked, ForAccount, MappingFile, Observed, Times, make_wishes, need_files
from toolkit.collect.intake import Taken, Wishes, read_source, store_read
from toolkit.collect.sources import read_sources
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.importers import Extract
from toolkit.messages import _, ngettext
from toolkit.metrics import DuplicateImportError, Store, open_store
from toolkit.model import Severity

if TYPE_CHECKING:
    from rich.table import Table


def run(
    files: Annotated[list[Path] | None, typer.Argument(help="Export files, or folders of them.")] = None,
    *,
    workspace: Folder = HERE,
    account: ForAccount = "",
    importer: As = "",
    mapping: MappingFile = None,
    observed: Observed = "",
    times: Times = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be imported; store nothing.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Import the good rows of a file with bad ones.")] = False,
    undo: Annotated[str, typer.Option("--undo", metavar="ID", help="Take an import back.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="List what was imported.")] = False,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Import counts from a file."""
    context = open_context(workspace, now)
    store = open_store(context.state)
    if undo:
        record = store.undo(undo)
        typer.echo(ngettext("{count} observation taken back", "{count} observations taken back", record.rows))
        return EXIT_CLEAN
    if list_:
        return list_imports(store.imports(), context.zone, as_json=as_json)
    wishes = make_wishes(context, Asked(account, importer, mapping, observed, times))
    dropped = need_files(files or [])
    taken = _take(dropped.files, wishes, store, dry_run=dry_run, skip_bad=skip_bad)
    if as_json:
        print_json_lines([*map(_json, taken), *map(passed_json, dropped.passed)])
    else:
        _show(taken, dry_run=dry_run)
        if dropped.passed:
            typer.echo(passed_line(dropped.passed))
    return EXIT_CLEAN if all(one.good for one in taken) else EXIT_PROBLEMS


def _take(paths: Sequence[Path], wishes: Wishes, store: Store, *, dry_run: bool, skip_bad: bool) -> list[Taken]:
    taken: list[Taken] = []
    with progress() as bar:
        task = bar.add_task(_("reading exports"), total=len(paths))
        for path in paths:
            for source in read_sources(path, wishes.zone):
                read = read_source(source, wishes)
                taken.append(store_read(read, store, wishes.now, dry_run=dry_run, skip_bad=skip_bad))
            bar.advance(task)
    return taken


def _json(one: Taken) -> dict[str, object]:
    """Stable keys for programs."""
    extract = one.read.extract
    return {
        "file": one.read.source.path,
        "passed_over": "",
        "importer": one.read.importer,
        "nearest": one.read.nearest.name if one.read.nearest else "",
        "missing": list(one.read.nearest.match.missing) if one.read.nearest else [],
        "import_id": one.read.import_id,
        "rows": extract.rows,
        "observations": len(extract.observations),
        "posts": len(extract.subjects) + extract.matched,
        "matched": extract.matched,
        "unmatched": extract.unmatched,
        "channels": _channels(extract),
        "stored": one.stored,
        "same": one.same,
        "dropped": list(extract.columns.dropped),
        "duplicate": str(DuplicateImportError(one.known)) if one.known else "",
        "problems": [str(problem) for problem in extract.problems],
    }


def _channels(extract: Extract) -> list[str]:
    return sorted({one.channel for one in extract.sightings if one.channel})


def _show(taken: Sequence[Taken], *, dry_run: bool) -> None:
    table_console().print(_table(taken, dry_run=dry_run), soft_wrap=False)
    if len(taken) > 1:
        typer.echo(_summary(taken))
    for one in taken:
        _explain(one)
    if any(one.read.importer and not one.good for one in taken):
        typer.echo(_("Mend the file and import it again, or take its good rows with --skip-bad."), err=True)
    if any(one.stored or one.known for one in taken):
        typer.echo(_("Take one back with leitstand import --undo ID; the ids: leitstand import --list"))


def _summary(taken: Sequence[Taken]) -> str:
    """One line about all files: nobody counts the rows of a table."""
    counts = {
        _("new"): sum(one.good and not one.repeated for one in taken),
        _("known"): sum(one.repeated for one in taken),
        _("not imported"): sum(bool(one.read.importer) and not one.good for one in taken),
        _("not recognised"): sum(not one.read.importer for one in taken),
    }
    files = ngettext("{count} file", "{count} files", len(taken))
    return f"{files}: " + ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _explain(one: Taken) -> None:
    """What the table has no room for."""
    extract = one.read.extract
    # Nobody has to act on a hint, so the problems of a full screen are not among them.
    problems = sorted(extract.problems, key=lambda problem: list(Severity).index(problem.severity))
    for problem in problems[:SHOWN]:
        typer.echo(str(problem), err=True)
    hidden = len(problems) - SHOWN
    if hidden > 0:
        typer.echo(ngettext("and {count} further problem", "and {count} further problems", hidden), err=True)
    old = _too_old(extract)
    if old and not one.repeated:
        message = ngettext(
            "{count} post was more than 7 days old when it was counted, so figures at equal age leave it out; "
            "take them at a later age with leitstand kpi NAME --age HOURS",
            "{count} posts were more than 7 days old when they were counted, so figures at equal age leave "
            "them out; take them at a later age with leitstand kpi NAME --age HOURS",
            old,
        )
        typer.echo(f"{one.read.source.name}: {message}")
    if extract.columns.dropped:
        message = _("{file}: left out because they are about people: {columns}")
        typer.echo(message.format(file=one.read.source.name, columns=", ".join(extract.columns.dropped)))


def _too_old(extract: Extract) -> int:
    """How many posts the file counts only later than reports compare posts."""
    from toolkit.kpis import AGE_HOURS

    youngest: dict[str, timedelta] = {}
    for one in extract.sightings:
        if one.published_at is not None:
            age = one.observed_at - one.published_at
            youngest[one.subject] = min(age, youngest.get(one.subject, age))
    return sum(age > timedelta(hours=AGE_HOURS) for age in youngest.values())


def _table(taken: Sequence[Taken], *, dry_run: bool) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(_("File"), overflow="fold")
    table.add_column(_("Recognised as"))
    table.add_column(_("Account"), overflow="fold")
    table.add_column(_("Posts"), overflow="fold")
    table.add_column(_("Observations"), justify="right")
    table.add_column(_("Result"), overflow="fold")
    for one in taken:
        extract = one.read.extract
        cells = (
            one.read.source.name,
            one.read.importer or "-",
            ", ".join(_channels(extract)) or "-",
            _posts(extract),
            str(len(extract.observations)),
            _outcome(one, dry_run=dry_run),
        )
        table.add_row(*map(Text, cells))
    return table


def _posts(extract: Extract) -> str:
    if not extract.matched and not extract.unmatched:
        return str(len(extract.subjects)) if extract.subjects else "-"
    message = _("{matched} ours, {unmatched} others")
    return message.format(matched=extract.matched, unmatched=extract.unmatched)


def _outcome(one: Taken, *, dry_run: bool) -> str:
    if one.known:
        return _("known since {day}").format(day=f"{one.known.imported_at:%Y-%m-%d}")
    if one.repeated:
        return _("nothing new: every value is stored already")
    if not one.good:
        problems = sum(problem.severity is Severity.ERROR for problem in one.read.extract.problems)
        return ngettext("not imported: {count} problem", "not imported: {count} problems", problems)
    if not one.stored and not (dry_run and one.read.extract.observations):
        return _("no observations")
    words = _("new, not stored (--dry-run)") if dry_run else _("new")
    if one.same:
        again = ngettext("{count} value known before", "{count} values known before", one.same)
        return f"{words}, {again}"
    return words
