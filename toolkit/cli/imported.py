"""What was imported, as `leitstand import --list` shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

import typer

from toolkit.cli.context import print_json_lines, table_console
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _
from toolkit.metrics import Import

if TYPE_CHECKING:
    from rich.table import Table


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
