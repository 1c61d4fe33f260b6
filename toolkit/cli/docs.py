"""`leitstand docs`: write the generated reference pages into the handbook, or check that they are current."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, Folder, open_context
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext
from toolkit.source.writing import replace_file

FOLDER = "guidelines/referenz"


def run(
    workspace: Folder = HERE,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a page is not current.")] = False,
) -> int:
    """Write the generated reference pages."""
    from toolkit.cli.reference.pages import reference_pages

    context = open_context(workspace)
    folder, pages = context.root / FOLDER, reference_pages()
    stale = [path for path, text in pages.items() if _current(folder / path) != text]
    gone = sorted(_extra(folder, pages))
    if check:
        for path in [*stale, *gone]:
            typer.echo(_("{path} is not current; run: leitstand docs").format(path=f"{FOLDER}/{path}"))
        return EXIT_PROBLEMS if stale or gone else EXIT_CLEAN
    for path in stale:
        replace_file(folder / path, pages[path].encode())
    for path in gone:
        (folder / path).unlink()
    typer.echo(ngettext("{count} page written", "{count} pages written", len(stale)))
    return EXIT_CLEAN


def _current(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _extra(folder: Path, pages: dict[str, str]) -> list[str]:
    """Pages of rules and networks that no longer exist."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    return [path for path in found if path not in pages]
