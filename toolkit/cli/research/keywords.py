"""Keyword candidates: of what others publish, against what they published before, or of a text of ours."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _, ngettext
from toolkit.research.keywords import Keyword, find_keywords, keywords_of
from toolkit.research.published import read_published
from toolkit.workspace.feeds import read_feeds


def keywords(
    *,
    text: Annotated[str, typer.Option("--text", help="A file whose keywords are wanted; - is the input.")] = "",
    source: Annotated[str, typer.Option("--source", help="What sets this feed apart from all others.")] = "",
    days: Annotated[int, typer.Option("--days", min=1, help="What sets the last days apart from those before.")] = 28,
    language: Annotated[str, typer.Option("--language", help="de or en; default: the workspace's first one.")] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Words that feeds.yml already looks for are left out, so that what is left may be added there as a term."""
    context = open_context(folder, now)
    spoken = (language or context.settings.languages[0]).partition("-")[0]
    found = keywords_of(_read(text), spoken) if text else _of_others(context, source, days, spoken)
    if as_json:
        print_json({"language": spoken, "keywords": [{"phrase": one.phrase, "n": one.n} for one in found]})
        return EXIT_CLEAN
    for one in found:
        said = (
            ngettext("{count} place", "{count} places", one.n)
            if text
            else ngettext("{count} entry", "{count} entries", one.n)
        )
        console().print(f"{printable(one.phrase)}  ({said})", markup=False)
    if not found:
        console().print(_("no keywords: too little text, or nothing that is not usual"), markup=False)
    return EXIT_CLEAN


def _of_others(context: Context, source: str, days: int, language: str) -> list[Keyword]:
    reading, _problems = read_feeds(context.tree)
    published = [
        one for one in read_published(context.state) if (one.language or language).partition("-")[0] == language
    ]
    if source and source not in {name for one in published for name in one.sources}:
        raise UsageError(_("no entries of a feed called {name}; see leitstand research news").format(name=source))
    since = context.clock.now() - timedelta(days=days)
    chosen = [one for one in published if (source in one.sources if source else one.at > since)]
    others = [one for one in published if one not in chosen]
    sought = {term.term.casefold() for term in reading.terms} | {tag.tag.casefold() for tag in reading.hashtags}
    return [one for one in find_keywords(chosen, others, language) if one.phrase.casefold() not in sought]


def _read(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(_("{path}: not UTF-8; save the file as UTF-8").format(path=name)) from None
