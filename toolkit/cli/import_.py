"""`leitstand import`: take counts over from an export file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json_lines
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.importers import Document, Extract, Importer, all_importers, find_importer
from toolkit.messages import _, ngettext
from toolkit.metrics import DuplicateImportError, Store, open_store

SHOWN = 20  # problems per file on the screen; --json has all


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    path: Path
    importer: str
    import_id: str
    extract: Extract
    stored: int
    duplicate: str = ""

    @property
    def good(self) -> bool:
        return not self.duplicate and (self.stored > 0 or self.extract.clean)

    def as_json(self) -> dict[str, object]:
        """Stable keys for programs."""
        return {
            "file": str(self.path),
            "importer": self.importer,
            "import_id": self.import_id,
            "observations": len(self.extract.observations),
            "posts": len(self.extract.subjects),
            "stored": self.stored,
            "duplicate": self.duplicate,
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
        return _list(store, as_json=as_json)
    taken = [
        _take(path, context, store, account=account, forced=importer, dry_run=dry_run, skip_bad=skip_bad)
        for path in _paths(files or [])
    ]
    if as_json:
        print_json_lines(one.as_json() for one in taken)
    else:
        for one in taken:
            _show(one, dry_run=dry_run)
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
    name, chosen = _choose(path, data, forced)
    accounts = context.settings.accounts
    document = Document(str(path), data, context.settings.timezone, context.clock.now(), account, tuple(accounts))
    extract = chosen.extract(document)
    duplicate = next((str(DuplicateImportError(one)) for one in store.imports() if one.id == document.import_id), "")
    stored = 0
    if not duplicate and not dry_run and (extract.clean or skip_bad):
        stored = store.append(
            extract.observations, imported_at=context.clock.now(), name=path.name, subjects=extract.subjects
        )
    return Taken(path, name, document.import_id, extract, stored, duplicate)


def _choose(path: Path, data: bytes, forced: str) -> tuple[str, Importer]:
    known = all_importers()
    if forced:
        if forced not in known:
            raise UsageError(_("unknown importer {name!r}; known: {known}").format(name=forced, known=", ".join(known)))
        return forced, known[forced]
    found = find_importer(data)
    if found is None:
        message = _(
            "{path}: no importer recognises this file; it needs columns such as subject, metric, value, observed_at"
        )
        raise UsageError(message.format(path=path))
    return found


def _show(one: Taken, *, dry_run: bool) -> None:
    count = len(one.extract.observations)
    found = ngettext("{count} observation", "{count} observations", count)
    typer.echo(_("{path}: recognised as {importer}, {found}").format(path=one.path, importer=one.importer, found=found))
    for problem in one.extract.problems[:SHOWN]:
        typer.echo(f"  {problem}", err=True)
    hidden = len(one.extract.problems) - SHOWN
    if hidden > 0:
        typer.echo("  " + ngettext("and {count} further problem", "and {count} further problems", hidden), err=True)
    typer.echo("  " + _outcome(one, dry_run=dry_run))


def _outcome(one: Taken, *, dry_run: bool) -> str:
    if one.duplicate:
        return _("not imported again: {why}").format(why=one.duplicate)
    if one.stored:
        return _("imported as {id}").format(id=one.import_id)
    if dry_run:
        return _("nothing stored (--dry-run)")
    if one.extract.clean:
        return _("nothing to store: the file has no observations")
    return _("nothing imported; mend the file, or take the good rows with --skip-bad")


def _list(store: Store, *, as_json: bool) -> int:
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
    for one in records:
        days = f"{one.first:%Y-%m-%d} - {one.last:%Y-%m-%d}"
        typer.echo(f"{one.id}  {one.imported_at:%Y-%m-%d %H:%M}  {one.rows:>8}  {days}  {one.name}")
    return EXIT_CLEAN
