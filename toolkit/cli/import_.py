"""`leitstand import`: take counts over from an export file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.context import (
    HERE,
    AsJson,
    Context,
    Folder,
    Now,
    open_context,
    print_json_lines,
    progress,
    table_console,
)
from toolkit.cli.imported import list_imports
from toolkit.collect.intake import (
    SUFFIXES,
    Taken,
    Wishes,
    find_files,
    read_mapping_file,
    read_source,
    read_sources,
    store_read,
)
from toolkit.collect.known import known_posts
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.importers import Extract, all_importers
from toolkit.importers.origins import Tracking
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _, ngettext
from toolkit.metrics import DuplicateImportError, Store, open_store
from toolkit.model import Severity
from toolkit.networks import NETWORKS
from toolkit.settings import unknown_name
from toolkit.workspace.folder import CAMPAIGNS

if TYPE_CHECKING:
    from rich.table import Table

SHOWN = 20  # problems per file on the screen; --json has all


def run(
    files: Annotated[list[Path] | None, typer.Argument(help="Export files, or folders of them.")] = None,
    *,
    workspace: Folder = HERE,
    account: Annotated[str, typer.Option("--account", help="The account of rows that name no channel.")] = "",
    importer: Annotated[
        str, typer.Option("--as", help="Use this importer instead of the one that recognises it.")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="A TOML file that says what the columns of a file are.")
    ] = None,
    observed: Annotated[
        str, typer.Option("--observed", metavar="TIME", help="When the files were exported, if they do not say so.")
    ] = "",
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
    wishes = make_wishes(context, account, importer, observed, mapping)
    taken = _take(_paths(files or []), wishes, store, dry_run=dry_run, skip_bad=skip_bad)
    if as_json:
        print_json_lines(_json(one) for one in taken)
    else:
        _show(taken, dry_run=dry_run)
    return EXIT_CLEAN if all(one.good for one in taken) else EXIT_PROBLEMS


def make_wishes(context: Context, account: str, importer: str, observed: str, mapping: Path | None = None) -> Wishes:
    """What the options say, and what the ledger knows; raises `UsageError`."""
    from toolkit.ledger import State, open_ledger

    accounts = context.settings.accounts
    known = all_importers()
    if importer and importer not in known:
        raise UsageError(unknown_name(_("importer"), importer, known))
    _check_account(account, accounts)
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        published = known_posts(ledger.rows(states=(State.CONFIRMED,)), accounts)
    return Wishes(
        context.settings.timezone,
        context.clock.now(),
        accounts,
        published,
        account,
        known.get(importer),
        importer,
        read_mapping_file(mapping) if mapping else None,
        _observed(observed, context.settings.timezone, context.clock.now()),
        Tracking(context.settings.links, context.settings.conversions, _campaigns(context)),
    )


def _campaigns(context: Context) -> frozenset[str]:
    """The names of the workspace's campaigns, which are those of their files."""
    return frozenset(path.stem for path in (context.root / CAMPAIGNS).glob("*.md"))


def _check_account(account: str, accounts: Mapping[str, object]) -> None:
    """A network's own name is good for numbers of before: an account that is not connected any more, or not yet."""
    if account and account not in accounts and account not in NETWORKS:
        raise UsageError(unknown_name(_("account"), account, accounts))


def _observed(text: str, zone: str, now: datetime) -> datetime | None:
    if not text:
        return None
    try:
        moment = read_moment(text, zone, day_is_enough=True)
    except UnreadableError as error:
        raise UsageError(f"--observed: {error}") from None
    if moment > now:
        raise UsageError(_("--observed: {when} is in the future").format(when=text))
    return moment


def _paths(files: list[Path]) -> list[Path]:
    paths = find_files(files)
    if not paths:
        kinds = ", ".join(sorted(SUFFIXES))
        message = _("nothing to import; name an export file, or a folder that holds some ({kinds})")
        raise UsageError(message.format(kinds=kinds))
    return paths


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
        "importer": one.read.importer,
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
    return sorted({one.channel for one in extract.observations if one.channel})


def _show(taken: Sequence[Taken], *, dry_run: bool) -> None:
    table_console().print(_table(taken, dry_run=dry_run), soft_wrap=False)
    for one in taken:
        _explain(one)
    if any(one.read.importer and not one.good for one in taken):
        typer.echo(_("Mend the file and import it again, or take its good rows with --skip-bad."), err=True)
    if any(one.stored or one.known for one in taken):
        typer.echo(_("Take one back with leitstand import --undo ID; the ids: leitstand import --list"))


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

    youngest: dict[str, float] = {}
    for one in extract.observations:
        if one.age_hours is not None:
            youngest[one.subject] = min(one.age_hours, youngest.get(one.subject, one.age_hours))
    return sum(age > AGE_HOURS for age in youngest.values())


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
