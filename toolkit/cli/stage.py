"""`leitstand stage DIR`: the site's pages as plain Markdown, for any builder that reads a mkdocs.yml."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _
from toolkit.pages.build.staging import stage_site
from toolkit.pages.clocks import choose_clock
from toolkit.pages.gather import Sources, gather
from toolkit.pages.rendering import render_site

Target = Annotated[Path, typer.Argument(help="The folder to write; new, empty, or made by an earlier run.")]


Partner = Annotated[
    bool, typer.Option("--partner", help="For people outside: without reports, key figures and findings.")
]


def run(
    target: Target, *, workspace: Folder = HERE, now: Now = "", partner: Partner = False, as_json: AsJson = False
) -> int:
    """Write the site's pages as plain Markdown."""
    context = open_context(workspace, now)
    moment = context.clock.now() if now else choose_clock("", context.environ).now()
    sources = Sources(context.root, moment, context.environ, directory_urls=False, partner=partner)
    pages = render_site(gather(sources))
    staged = stage_site(target, pages, context.settings, moment)
    if as_json:
        print_json({"folder": str(target), "pages": len(pages), **asdict(staged)})
        return EXIT_CLEAN
    said = _("{folder}: {written} written, {unchanged} unchanged, {removed} removed")
    console().print(said.format(folder=target, **asdict(staged)))
    return EXIT_CLEAN
