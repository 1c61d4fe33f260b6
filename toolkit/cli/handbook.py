"""`leitstand handbook FILE`: the whole handbook as one PDF, or as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _, ngettext, speaking
from toolkit.pages.clocks import choose_clock
from toolkit.pages.gather import Sources, gather
from toolkit.pages.handbook.book import chapters
from toolkit.pages.handbook.prose import handbook_assets, handbook_pages
from toolkit.pages.page import Content
from toolkit.pages.view import Site

Target = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .pdf, or .html for one page.")]
Partner = Annotated[bool, typer.Option("--partner", help="For people outside: without playbooks and internal pages.")]


def run(
    target: Target, *, workspace: Folder = HERE, now: Now = "", partner: Partner = False, as_json: AsJson = False
) -> int:
    """Write the whole handbook as one PDF, or as one page."""
    if target.suffix.lower() not in {".pdf", ".html"}:
        raise UsageError(_("{file}: the name must end in .pdf or .html").format(file=target))
    context = open_context(workspace, now)
    moment = context.clock.now() if now else choose_clock("", context.environ).now()
    with speaking(context.settings.interface):
        site = Site(gather(Sources(context.root, moment, context.environ, partner=partner)))
        pages: dict[str, Content] = {**handbook_pages(site), **handbook_assets(site)}
        count = len(chapters(pages))
        if not count:
            raise UsageError(_("there is no handbook here: write pages into guidelines/"))
        data = _make(site, pages, target)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise UsageError(_("{file}: {error}").format(file=target, error=error.strerror or error)) from None
    if as_json:
        print_json({"file": str(target), "chapters": count, "bytes": len(data)})
        return EXIT_CLEAN
    said = ngettext("{count} chapter", "{count} chapters", count)
    console().print(_("{file}: {chapters}").format(file=target, chapters=said))
    return EXIT_CLEAN


def _make(site: Site, pages: dict[str, Content], target: Path) -> bytes:
    from toolkit.pages.handbook.paper import book_html, book_pdf, book_style

    if target.suffix.lower() == ".pdf":
        return book_pdf(site, pages)
    style = f"<style>{book_style(site)}</style></head>"
    return book_html(site, pages).replace("</head>", style, 1).encode()
