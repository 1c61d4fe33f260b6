"""`leitstand editor`: a page to write in the browser; install it once, build it with the site or open it here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Folder, open_context, print_json
from toolkit.editor import build_editor, install_packages, installed_folder, trial_note
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _

app = make_app()

Trial = Annotated[
    bool,
    typer.Option("--trial", help="To try it: what is written stays in the browser, nothing reaches the folder."),
]


@app.command(help="Fetch the editor's packages once, with npm, into .leitstand/editor.")
def install(workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Fetch what is not there yet."""
    fetched = install_packages(installed_folder(open_context(workspace).root))
    if as_json:
        print_json({"fetched": list(fetched)})
    else:
        typer.echo(_("fetched: {names}").format(names=", ".join(fetched)) if fetched else _("everything is there"))
    return EXIT_CLEAN


@app.command(
    help="Write the page into a folder, for a web server. mkdocs build does it where leitstand.toml has [editor]."
)
def build(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write, such as site/editor.")],
    *,
    trial: Trial = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Write the page."""
    files = build_editor(open_context(workspace).load(), target, trial=trial)
    if as_json:
        print_json({"folder": str(target), "files": list(files)})
    else:
        typer.echo(_("{folder}: the editor, {count} files").format(folder=target, count=len(files)))
    return EXIT_CLEAN


@app.command(help="Open the page on this machine, until ^C; in Chrome and Edge it writes into this folder.")
def serve(
    *,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 for a free one.")] = 8010,
    trial: Trial = False,
    workspace: Folder = HERE,
) -> int:
    """Serve the page to this machine alone."""
    from toolkit.editor.serving import serve_folder

    context = open_context(workspace)
    page = _page(context)
    build_editor(context.load(), page, trial=trial)
    with serve_folder(page, port) as server:
        typer.echo(_("http://127.0.0.1:{port}/  (end with ^C)").format(port=server.server_port))
        if trial:
            typer.echo(trial_note())
        server.serve_forever()
    return EXIT_CLEAN


def _page(context: Context) -> Path:
    return installed_folder(context.root) / "page"
