"""`leitstand serve`: the site on this machine, as new as the files, until ^C."""

from __future__ import annotations

import os
import threading
import webbrowser
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.pages.clocks import NOW_VARIABLE

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="0 for a free one.")]
Open = Annotated[bool, typer.Option("--open", help="Open it in the browser.")]
CONFIG = "mkdocs.yml"
PORT = 8000


def run(
    *,
    port: Port = PORT,
    open_it: Open = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show the site on this machine; a saved file is on it at once."""
    from toolkit.findings.cache import CACHE
    from toolkit.garbage import settle
    from toolkit.pages.build.live import LOOPBACK, Site, make_server
    from toolkit.pages.build.rebuilding import Builder, keep_up

    context = open_context(workspace, now)
    config = context.root / CONFIG
    if not config.is_file():
        raise UsageError(_("{file} is missing; leitstand init writes one").format(file=config))
    if now:
        os.environ[NOW_VARIABLE] = now  # what builds reads the clock from there
    site = Site(context.root / CACHE / "serve")
    try:
        server = make_server(site, port)
    except OSError as error:
        message = _("cannot listen on {host}, port {port}: {error}; name another one with --port")
        raise UsageError(message.format(host=LOOPBACK, port=port, error=error.strerror or error)) from None
    url = f"http://{LOOPBACK}:{server.server_port}/"
    more = [context.state / "ledger.sqlite", context.state / "reports"]
    settle()
    builder = Builder(config, site.folder, more)
    site.settle(builder.build(), builder.look_number)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if as_json:
        print_json({"url": url, "problem": site.problem})
    else:
        if site.problem:
            typer.echo(site.problem, err=True)
        typer.echo(_("{url}  (end with ^C)").format(url=url))
    if open_it:
        webbrowser.open(url)
    try:
        keep_up(site, builder)
    except KeyboardInterrupt:
        return EXIT_CLEAN
    finally:
        site.end()
        server.shutdown()
        server.server_close()
    return EXIT_CLEAN
