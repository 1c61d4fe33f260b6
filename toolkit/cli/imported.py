"""What was imported, as `leitstand import --list` shows it, and the files that were passed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

import typer

from toolkit.cli.context import print_json_lines, table_console
from toolkit.collect.folder import Passed
from toolkit.errors import EXIT_CLEAN
from toolkit.importers.leftovers import Leftover
from toolkit.messages import _, ngettext
from toolkit.metrics import Import

if TYPE_CHECKING:
    from rich.table import Table

NAMED = 6  # files that are passed over and named


def list_imports(records: Sequence[Import], zone: tzinfo, *, as_json: bool) -> int:
    """Show every import; the ids are what --undo takes."""
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


def passed_json(one: Passed) -> dict[str, object]:
    """A file that was not read, for programs."""
    return {"file": str(one.path), "passed_over": one.why.value}


def passed_line(passed: Sequence[Passed]) -> str:
    """How many files were not read, and which; those that somebody may have meant come first."""
    meant = (Leftover.UNFINISHED, Leftover.LINK)
    ordered = sorted(passed, key=lambda one: one.why not in meant)
    words = {
        Leftover.UNFINISHED: _("still being downloaded"),
        Leftover.LINK: _("a symbolic link; drop the file itself"),
    }
    names = [f"{one.path.name} ({words[one.why]})" if one.why in words else one.path.name for one in ordered]
    more = ", …" if len(names) > NAMED else ""
    count = ngettext("{count} file was passed over", "{count} files were passed over", len(names))
    return f"{count}: {', '.join(names[:NAMED])}{more}"
