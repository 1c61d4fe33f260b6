"""`leitstand import`: take counts over from an export file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json_lines, table_console
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.importers import Document, Extract, Importer, all_importers, find_importer
from toolkit.importers.base import RULE
from toolkit.messages import _, ngettext
from toolkit.metrics import DuplicateImportError, Import, Store, open_store
from toolkit.model import Problem, Severity, Span
from toolkit.settings import unknown_name

if TYPE_CHECKING:
    from rich.table import Table

SHOWN = 20  # problems per file on the screen; --json has all


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. `importer` is "" when none recognises it, `known` is the same import of earlier."""

    path: Path
    importer: str
    import_id: str
    extract: Extract
    stored: int
    known: Import | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is left to do: what is stored already need not be stored again."""
        return self.known is not None or self.stored > 0 or (bool(self.importer) and self.extract.clean)

    def as_json(self) -> dict[str, object]:
        """Stable keys for programs."""
        return {
            "file": str(self.path),
            "importer": self.importer,
            "import_id": self.import_id,
            "observations": len(self.extract.observations),
            "posts": len(self.extract.subjects),
            "stored": self.stored,
            "duplicate": str(DuplicateImportError(self.known)) if self.known else "",
            "problems": [str(problem) for problem in self.extract.problems],
        }


def run(
    files: Annotated[list[Path] | None, typer.Argument(help="Export files, or folders of them.")] = None,
    *,
    workspace: Folder = HERE,
    account: Annotated[str, typer.Option("--account", help="The account of rows that name no channel.")] = "",
    importer: Annotated[
        str, typer.Option("--as", help="Use this importer instead of the one that recognises it.")
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
        return _list(store, context.zone, as_json=as_json)
    taken = [
        _take(path, context, store, account=account, forced=importer, dry_run=dry_run, skip_bad=skip_bad)
        for path in _paths(files or [])
    ]
    if as_json:
        print_json_lines(one.as_json() for one in taken)
    else:
        _show(taken, dry_run=dry_run)
    return EXIT_CLEAN if all(one.good for one in taken) else EXIT_PROBLEMS


def _paths(files: list[Path]) -> list[Path]:
    paths: list[Path] = []
    for file in files:
        paths += sorted(file.glob("*.csv")) if file.is_dir() else [file]
    if not paths:
        raise UsageError(_("nothing to import; name an export file, or a folder that holds .csv files"))
    return paths


def _take(
    path: Path, context: Context, store: Store, *, account: str, forced: str, dry_run: bool, skip_bad: bool
) -> Taken:
    data = path.read_bytes()
    found = _choose(data, forced)
    if found is None:
        return Taken(path, "", "", Extract((), (_unrecognised(path),)), 0)
    name, chosen = found
    accounts = context.settings.accounts
    document = Document(str(path), data, context.settings.timezone, context.clock.now(), account, tuple(accounts))
    extract = chosen.extract(document)
    known = next((one for one in store.imports() if one.id == document.import_id), None)
    stored = 0
    if known is None and not dry_run and (extract.clean or skip_bad):
        stored = store.append(
            extract.observations, imported_at=context.clock.now(), name=path.name, subjects=extract.subjects
        )
    return Taken(path, name, document.import_id, extract, stored, known)


def _choose(data: bytes, forced: str) -> tuple[str, Importer] | None:
    known = all_importers()
    if not forced:
        return find_importer(data)
    if forced not in known:
        raise UsageError(unknown_name(_("importer"), forced, known))
    return forced, known[forced]


def _unrecognised(path: Path) -> Problem:
    message = _("no importer recognises this file; it needs columns such as subject, metric, value, observed_at")
    return Problem(str(path), Span(), RULE, Severity.ERROR, message)


def _show(taken: Sequence[Taken], *, dry_run: bool) -> None:
    terminal = table_console()
    terminal.print(_table(taken, dry_run=dry_run), soft_wrap=False)
    for one in taken:
        for problem in one.extract.problems[:SHOWN]:
            typer.echo(str(problem), err=True)
        hidden = len(one.extract.problems) - SHOWN
        if hidden > 0:
            typer.echo(ngettext("and {count} further problem", "and {count} further problems", hidden), err=True)
    held = [one for one in taken if one.importer and not one.good]
    if held:
        typer.echo(_("Mend the file and import it again, or take its good rows with --skip-bad."), err=True)
    if any(one.stored or one.known for one in taken):
        typer.echo(_("Take one back with leitstand import --undo ID; the ids: leitstand import --list"))


def _table(taken: Sequence[Taken], *, dry_run: bool) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(_("File"), overflow="fold")
    table.add_column(_("Recognised as"))
    table.add_column(_("Observations"), justify="right")
    table.add_column(_("Result"), overflow="fold")
    for one in taken:
        count = str(len(one.extract.observations))
        cells = (one.path.name, one.importer or "-", count, _outcome(one, dry_run=dry_run))
        table.add_row(*map(Text, cells))
    return table


def _outcome(one: Taken, *, dry_run: bool) -> str:
    if one.known:
        return _("known since {day}").format(day=f"{one.known.imported_at:%Y-%m-%d}")
    if one.stored:
        return _("new")
    if not one.good:
        problems = len(one.extract.problems)
        return ngettext("not imported: {count} problem", "not imported: {count} problems", problems)
    return _("new, not stored (--dry-run)") if dry_run else _("no observations")


def _list(store: Store, zone: tzinfo, *, as_json: bool) -> int:
    records = store.imports()
    if as_json:
        print_json_lines(
            {
                "import_id": one.id,
                "importer": one.source,
                "name": one.name,
                "imported_at": one.imported_at.isoformat(),
                "observations": one.rows,
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
            }
            for one in records
        )
        return EXIT_CLEAN
    if not records:
        typer.echo(_("nothing was imported yet"))
        return EXIT_CLEAN
    table_console().print(_listed(records, zone), soft_wrap=False)
    return EXIT_CLEAN


def _listed(records: Sequence[Import], zone: tzinfo) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("ID", no_wrap=True)
    table.add_column(_("File"), overflow="fold")
    table.add_column(_("Observations"), justify="right")
    table.add_column(_("Period"))
    table.add_column(_("Imported"))
    for one in records:
        period = _("{start} to {end}").format(start=f"{one.first:%Y-%m-%d}", end=f"{one.last:%Y-%m-%d}")
        when = f"{one.imported_at.astimezone(zone):%Y-%m-%d %H:%M}"
        table.add_row(*map(Text, (one.id, one.name, str(one.rows), period, when)))
    return table
