"""`leitstand completion SHELL`: the Tab key knows commands, options, posts, channels and people.

The script that it prints asks `leitstand` itself at every Tab, so it never grows old. ``--install`` puts it where the
shell looks for it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.completion.proposing import propose
from toolkit.cli.completion.scripts import SHELLS, place_of, script
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _


def run(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SHELL]", help="bash, zsh, fish or powershell; default: the one of $SHELL."),
    ] = None,
    *,
    install: Annotated[
        bool, typer.Option("--install", help="Write the script to where the shell looks for it.")
    ] = False,
    for_line: Annotated[bool, typer.Option("--propose", hidden=True, help="Propose how the line may go on.")] = False,
) -> int:
    """Print or install the script that completes commands at the Tab key."""
    if for_line:
        for value, meaning in propose(words or [""], Path.cwd()):
            typer.echo(f"{value}\t{meaning}" if meaning else value)
        return EXIT_CLEAN
    shell = _shell(words or [])
    if not install:
        typer.echo(script(shell), nl=False)
        return EXIT_CLEAN
    from toolkit.source.writing import READABLE, replace_file

    place = place_of(shell, Path.home(), os.environ)
    replace_file(place.file, script(shell).encode(), READABLE)
    typer.echo(_("written: {file}").format(file=place.file))
    if place.remark:
        typer.echo(place.remark)
    return EXIT_CLEAN


def _shell(words: list[str]) -> str:
    name = words[0] if words else Path(os.environ.get("SHELL", "")).name
    if len(words) > 1 or name not in SHELLS:
        from toolkit.settings import unknown_name

        raise UsageError(unknown_name(_("shell"), " ".join(words) or name, dict.fromkeys(SHELLS)))
    return name
